import { UserError } from '../../base/errors';
import type { DeployError } from '../event';
import type { Target } from '../provider';

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

/** A release of other variables that did not come to serve. `back` is the release to go back to where it is not known what runs. */
export function configNotLive(
  { app, environment }: Pick<Target, 'app' | 'environment'>,
  error: DeployError | undefined,
  { isSure, back }: { readonly isSure: boolean; readonly back?: number },
): UserError {
  const said = error ?? {
    code: 'deploy/failed',
    message: `The new release of ${app} does not serve.`,
    lines: [],
  };
  const kept = isSure ? ' The variables are again what they were.' : '';
  const way = back === undefined ? undefined : `servicewright rollback v${back} --to ${environment.name}`;
  return new UserError(`deploy/${said.code.replace(/^\w+\//, '')}`, `${said.message}${kept}`, {
    lines: said.lines,
    ...(way === undefined
      ? {}
      : { fix: { kind: 'hint', label: `To have the variables of before: ${way}.` } }),
  });
}
