import { UserError, messageOf, systemCode } from '../base/errors';

export const brokenTemplate = (path: string, why: string, line?: number): UserError =>
  new UserError(
    'scaffold/broken-template',
    `The template file ${path} can't be used: ${why.replace(/\.$/, '')}.`,
    {
      fix: { kind: 'file', label: 'Open Template', path, ...(line === undefined ? {} : { line }) },
    },
  );

export const noTemplate = (id: string, known: readonly string[]): UserError =>
  new UserError(
    'scaffold/no-template',
    `There is no template ${JSON.stringify(id)}; choose one of ${known.join(', ')}.`,
    {
      fix: { kind: 'hint', label: 'servicewright templates' },
    },
  );

export const wrongAnswer = (key: string, answer: string, why: string): UserError =>
  new UserError('scaffold/wrong-answer', `${key} can't be ${JSON.stringify(answer)}. ${why}`);

export const missingAnswer = (key: string, prompt: string): UserError =>
  new UserError('scaffold/missing-answer', `The template needs an answer for ${key}. ${prompt}`, {
    fix: { kind: 'hint', label: `Add --set ${key}=…` },
  });

export const unknownAnswer = (key: string, known: readonly string[]): UserError =>
  new UserError(
    'scaffold/unknown-answer',
    `The template asks nothing called ${JSON.stringify(key)}; it asks ${known.join(', ')}.`,
  );

export const brokenAnswers = (path: string, why: string): UserError =>
  new UserError(
    'scaffold/broken-answers',
    `The answers in ${path} can't be used: ${why.replace(/\.$/, '')}.`,
  );

export const unsafePath = (path: string, why: string): UserError =>
  new UserError(
    'scaffold/unsafe-path',
    `The template would write ${JSON.stringify(path)}, which ${why}; nothing was written.`,
  );

export const folderExists = (dir: string): UserError =>
  new UserError('scaffold/folder-exists', `${dir} exists and is not empty; choose another name or folder.`);

export const notAFolder = (dir: string): UserError =>
  new UserError(
    'scaffold/not-a-folder',
    `${dir} can't hold a service because a file stands there; choose another folder.`,
  );

/** The system's refusal to write, in words; anything else is passed on as it is. */
export function cannotWrite(dir: string, error: unknown): unknown {
  const because = (what: string, next: string): UserError =>
    new UserError(
      'scaffold/cannot-write',
      `${dir} was not created because ${what}; ${next}. Nothing was left behind.`,
      {
        cause: error,
      },
    );
  switch (systemCode(error)) {
    case 'EACCES':
    case 'EPERM':
      return because('its folder may not be written to', 'choose another folder or change its permissions');
    case 'EROFS':
      return because('its folder is on a read-only disk', 'choose another folder');
    case 'ENOSPC':
    case 'EDQUOT':
      return because('the disk is full', 'make room and try again');
    case 'ENOTDIR':
      return notAFolder(dir);
    case 'ENOTEMPTY':
    case 'EEXIST':
      return folderExists(dir);
    case 'ENAMETOOLONG':
      return because('its path is too long', 'choose a shorter name or folder');
    default:
      return error instanceof Error ? error : new Error(messageOf(error));
  }
}
