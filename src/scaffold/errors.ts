import { UserError, systemCode } from '../base/errors';
import type { Obstacle } from '../base/ports';
import { count, nearest, visible } from '../base/text';
import { secretVariable } from './answer';

/** `line` is zero-based. */
export const brokenTemplate = (path: string, why: string, line?: number): UserError =>
  new UserError(
    'scaffold/broken-template',
    visible(
      `The template file ${path}${line === undefined ? '' : `, line ${line + 1},`} can't be used: ${why.replace(/\.$/, '')}.`,
    ),
    {
      fix: { kind: 'file', label: 'Open Template', path, ...(line === undefined ? {} : { line }) },
    },
  );

export const noTemplate = (id: string, known: readonly string[]): UserError =>
  new UserError(
    'scaffold/no-template',
    visible(
      `There is no template ${JSON.stringify(id)}${meant(id, known)}; choose one of ${known.join(', ')}.`,
    ),
    {
      fix: { kind: 'hint', label: 'servicewright templates' },
    },
  );

function meant(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near === undefined ? '' : `, perhaps you mean ${near}`;
}

export const wrongAnswer = (key: string, answer: string, why: string): UserError =>
  new UserError(
    'scaffold/wrong-answer',
    visible(`${key} can't be ${JSON.stringify(shortened(answer))}. ${why}`),
  );

const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

export const missingAnswer = (input: {
  readonly key: string;
  readonly prompt: string;
  readonly type: string;
}): UserError =>
  new UserError('scaffold/missing-answer', `The template needs an answer for ${input.key}. ${input.prompt}`, {
    fix: {
      kind: 'hint',
      label:
        input.type === 'secret'
          ? `Set ${secretVariable(input.key)} in the environment`
          : `Add --set ${input.key}=…`,
    },
  });

export const unknownAnswer = (key: string, known: readonly string[]): UserError =>
  new UserError(
    'scaffold/unknown-answer',
    `The template asks nothing called ${JSON.stringify(key)}${meant(key, known)}; it asks ${known.join(', ')}.`,
  );

/** An answer on the command line that has no `=` in it. */
export const notAnAnswer = (pair: string, known: readonly string[]): UserError =>
  new UserError(
    'scaffold/not-an-answer',
    `--set takes key=value, not ${JSON.stringify(pair)}; keys are ${known.join(', ')}.`,
  );

/** A secret in a command line or a file. */
export const exposedSecret = (key: string): UserError =>
  new UserError(
    'scaffold/exposed-secret',
    `${key} is a secret, which others would see there; give it with --answers - on stdin, or as ${secretVariable(key)} in the environment.`,
  );

export const unknownPreset = (id: string, known: readonly string[]): UserError =>
  new UserError(
    'scaffold/unknown-preset',
    known.length === 0
      ? `The template has no presets, so ${JSON.stringify(id)} is none of them; leave it out.`
      : `The template has no preset ${JSON.stringify(id)}${meant(id, known)}; choose one of ${known.join(', ')}.`,
  );

export const unknownOption = (option: string, value: string, known: readonly string[]): UserError =>
  new UserError(
    'scaffold/unknown-option',
    `${option} can't be ${JSON.stringify(value)}${meant(value, known)}; choose one of ${known.join(', ')}.`,
  );

/** `line` is zero-based. */
export const brokenAnswers = (path: string, why: string, line?: number): UserError =>
  new UserError(
    'scaffold/broken-answers',
    `The answers in ${path}${line === undefined ? '' : `, line ${line + 1},`} can't be used: ${why.replace(/\.$/, '')}.`,
  );

/** `path` is the service's `servicewright.yaml`. */
export const brokenRecord = (path: string, why: string): UserError =>
  new UserError(
    'scaffold/broken-record',
    `The template can't be recorded in ${path}: ${why.replace(/\.$/, '')}; correct the file first.`,
    { fix: { kind: 'file', label: `Open ${path}`, path } },
  );

export const unsafePath = (path: string, why: string): UserError =>
  new UserError(
    'scaffold/unsafe-path',
    visible(`The template would write ${JSON.stringify(path)}, which ${why}; nothing was written.`),
  );

export const notAbsolute = (dir: string): UserError =>
  new UserError(
    'scaffold/not-absolute',
    `The folder ${JSON.stringify(dir)} is not absolute; give its whole path.`,
  );

export const folderExists = (dir: string): UserError =>
  new UserError('scaffold/folder-exists', `${dir} exists and is not empty; choose another name or folder.`);

/** Files that stand in a folder otherwise than a template would write them. */
export const conflictingFiles = (dir: string, paths: readonly string[]): UserError =>
  new UserError(
    'scaffold/conflicting-files',
    `${dir} holds ${count(paths.length, 'file')} that the template would write otherwise; nothing was written, decide for each whether to keep or to overwrite it.`,
    { lines: paths, fix: { kind: 'hint', label: 'Add --on-conflict keep or --on-conflict overwrite' } },
  );

/** Paths where something else than a file stands, or a link on the way. */
export const blockedFiles = (dir: string, paths: readonly string[]): UserError =>
  new UserError(
    'scaffold/blocked-files',
    `In ${dir} something else than a file stands where ${paths[0] ?? ''} would be written; move it away or choose another folder.`,
    { lines: paths },
  );

export const notAFolder = (path: string): UserError =>
  new UserError(
    'scaffold/not-a-folder',
    `${path} can't hold a service because a file stands there; choose another folder.`,
  );

/** What `Trees.obstacle` found in the way of a service in `dir`. */
export function inTheWay(dir: string, { code, path }: Obstacle): UserError {
  if (code === 'EEXIST' || code === 'ENOTDIR') return notAFolder(path);
  const refused = Object.assign(new Error(`${code}: ${path}`), { code });
  const error = cannotWrite(dir, refused);
  return error instanceof UserError ? error : refusedBySystem(dir, code, { verb: 'created', cause: refused });
}

/** The system's refusal to write, in words; anything else is passed on as it is. */
export function cannotWrite(dir: string, error: unknown, verb: 'created' | 'changed' = 'created'): unknown {
  const code = systemCode(error);
  switch (code) {
    case undefined:
      return error;
    case 'EEXIST':
    case 'ENOTEMPTY':
      return folderExists(dir);
    case 'ENOTDIR':
      return notAFolder(dir);
    default:
      return refusedBySystem(dir, code, { verb, cause: error });
  }
}

function refusedBySystem(
  dir: string,
  code: string,
  { verb, cause }: { readonly verb: 'created' | 'changed'; readonly cause: unknown },
): UserError {
  const [what, next] = refusals[code] ?? [`the system refused it (${code})`, 'choose another folder'];
  return new UserError(
    'scaffold/cannot-write',
    `${dir} was not ${verb} because ${what}; ${next}. Nothing was left behind.`,
    { cause },
  );
}

const forbidden = [
  'its folder may not be written to',
  'choose another folder or change its permissions',
] as const;
const full = ['the disk is full', 'make room and try again'] as const;
const refusals: Readonly<Record<string, readonly [what: string, next: string]>> = {
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: ['its folder is on a read-only disk', 'choose another folder'],
  ENOSPC: full,
  EDQUOT: full,
  ECHANGED: ['a file in it was changed meanwhile', 'try again'],
  EBUSY: ['another process changes it at this moment', 'try again'],
  ELOOP: ['a symbolic link leads out of it', 'replace the link by a folder'],
  EISDIR: ['a folder stands where a file would be written', 'move it away'],
  EXDEV: ['a part of it is on another disk', 'choose another folder'],
  ENAMETOOLONG: ['its path is too long', 'choose a shorter name or folder'],
};
