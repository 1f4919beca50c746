import { UserError } from '../../base/errors';

export const configIsBroken = (line: number, why: string): UserError =>
  new UserError('deploy/broken-config', `Nothing was changed: line ${line + 1} can't be read. ${why}`);

export const configLeft = (): UserError =>
  new UserError('deploy/config-left', 'Nothing was changed; the document stays as you wrote it.');

export const configOvertaken = (names: readonly string[]): UserError =>
  new UserError(
    'deploy/config-overtaken',
    `Nothing was changed: ${names.join(', ')} got another value since the document was opened. Revert the file to see what is there now.`,
  );

export const noSuchDocument = (name: string): UserError =>
  new UserError(
    'deploy/no-such-document',
    `${name} is of a service that this window does not have open; open its folder.`,
  );

export const noLogInFront = (): UserError =>
  new UserError('deploy/no-log', 'No log is in front; open one with Show Logs and try again.');
