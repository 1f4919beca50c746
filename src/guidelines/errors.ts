import type { Fix } from '../base/errors';
import { UserError } from '../base/errors';
import { nearest } from '../base/text';

const hint = (label: string): { readonly fix: Fix } => ({ fix: { kind: 'hint', label } });

export const noSuchFile = (path: string): UserError =>
  new UserError(
    'guidelines/no-such-file',
    `${path} does not exist.`,
    hint('name a file, or a glob in quotes'),
  );

export const unreadable = (path: string, why: string, cause: unknown): UserError =>
  new UserError('guidelines/unreadable', `${path} can't be read: ${why.replace(/\.$/, '')}.`, {
    ...hint('check that it is a file and that you may read it'),
    cause,
  });

export const nothingMatches = (glob: string): UserError =>
  new UserError(
    'guidelines/nothing-matches',
    `No file matches ${glob}.`,
    hint('`**` stands for any folders; node_modules and .git are left out'),
  );

export const notASpec = (path: string): UserError =>
  new UserError(
    'guidelines/not-a-spec',
    `${path} is no OpenAPI 3.0, 3.1 or 3.2 and no Swagger 2.0 document.`,
    hint('such a document has `openapi: 3.1.0`, or the like, at its root'),
  );

export const noSpecMatches = (glob: string): UserError =>
  new UserError(
    'guidelines/no-spec-matches',
    `No file that matches ${glob} is an OpenAPI or Swagger document.`,
    hint('such a document has `openapi: 3.1.0`, or the like, at its root'),
  );

export const unknownFormat = (format: string, known: readonly string[]): UserError =>
  new UserError(
    'guidelines/unknown-format',
    `lint has no format ${JSON.stringify(format)}; it knows ${known.join(' and ')}.`,
    hint('servicewright lint --help'),
  );

export const unknownFailOn = (level: string): UserError =>
  new UserError(
    'guidelines/unknown-level',
    `--fail-on takes error or warning, not ${JSON.stringify(level)}.`,
    hint('servicewright lint --help'),
  );

export const noSuchRule = (id: string, known: readonly string[]): UserError => {
  const near = nearest(id, known);
  return new UserError(
    'guidelines/no-such-rule',
    `There is no rule ${JSON.stringify(id)}.`,
    hint(near === undefined ? 'servicewright rules lists them' : `servicewright explain ${near}`),
  );
};

export const noSuchPage = (id: string): UserError =>
  new UserError('guidelines/no-such-rule', `There is no guideline rule ${JSON.stringify(id)}.`, {
    fix: { kind: 'command', label: 'Pick a Rule', command: 'servicewright.guidelines.explainRule' },
  });

export const noGit = (cause: unknown): UserError =>
  new UserError(
    'guidelines/no-git',
    'git is not on the PATH, so there is no older version to compare with.',
    {
      ...hint('install git, or leave out --base'),
      cause,
    },
  );

export const notInRepository = (dir: string): UserError =>
  new UserError(
    'guidelines/not-in-repository',
    `${dir} is in no git repository, so there is no older version to compare with.`,
    hint('leave out --base, or make the folder part of a repository'),
  );

export const noSuchRef = (ref: string): UserError =>
  new UserError(
    'guidelines/no-such-ref',
    `git knows no commit ${JSON.stringify(ref)} to compare with.`,
    hint('name a branch, a tag or a commit that is in this clone; a shallow clone may lack it'),
  );
