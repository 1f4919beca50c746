import { UserError } from '../../base/errors';

export const badSource = (text: string, why: string): UserError =>
  new UserError('scaffold/bad-source', `The template source ${JSON.stringify(text)} can't be used: ${why}.`, {
    fix: { kind: 'hint', label: 'A template is an id, a folder or git+https://host/repo.git#ref:folder.' },
  });

/** git could not bring a template; `why` is in git's own words. */
export const fetchFailed = (source: string, why: string): UserError =>
  new UserError(
    'scaffold/fetch-failed',
    `The template ${source} can't be fetched; check the address, the network and what git may sign in with.`,
    { lines: [`git: ${why}`] },
  );

export const fetchTooSlow = (source: string, seconds: number): UserError =>
  new UserError(
    'scaffold/fetch-failed',
    `The template ${source} was not there after ${seconds} seconds; check the network and try again.`,
  );

export const noGit = (source: string): UserError =>
  new UserError(
    'scaffold/no-git',
    `The template ${source} can't be fetched because git is not on the PATH; install git, or use a folder.`,
  );

export const noSuchRef = (source: string, ref: string): UserError =>
  new UserError(
    'scaffold/no-such-ref',
    `The repository of ${source} has no branch and no tag ${JSON.stringify(ref)}; a commit is written with all its 40 digits.`,
  );

export const noSuchFolder = (source: string, dir: string): UserError =>
  new UserError(
    'scaffold/no-such-folder',
    `The template ${source} is not there because ${dir === '' ? 'the repository is empty' : `the repository has no folder ${JSON.stringify(dir)}`}; name its folder after the ref, as in #v1:templates/api.`,
  );

export const unsafeRepository = (source: string, why: string): UserError =>
  new UserError(
    'scaffold/unsafe-repository',
    `The template ${source} can't be used because ${why}; a template holds plain files and folders.`,
  );

/** A repository on this machine that a setting or a record names: only a person may point at it. */
export const notTyped = (source: string): UserError =>
  new UserError(
    'scaffold/not-typed',
    `The template ${source} is a repository on this machine, which is read only where you type it; use a folder or git+https.`,
  );

export const relativeFolder = (path: string): UserError =>
  new UserError(
    'scaffold/relative-folder',
    `The template folder ${JSON.stringify(path)} is not absolute; write its whole path.`,
  );

export const noTemplateIn = (source: string): UserError =>
  new UserError(
    'scaffold/no-template-in',
    `There is no template.yaml in ${source} nor in a folder of it; name the template's own folder.`,
  );

export const unreadable = (source: string, why: string): UserError =>
  new UserError('scaffold/unreadable', `The template ${source} can't be read: ${why.replace(/\.$/, '')}.`);

export const noTemplateHere = (): UserError =>
  new UserError(
    'scaffold/no-template-here',
    'There is no template.yaml in this workspace; open a file of the template that is to be checked.',
  );
