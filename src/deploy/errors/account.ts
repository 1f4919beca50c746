import { UserError } from '../../base/errors';

export const needsNoAccount = (platform: string): UserError =>
  new UserError('deploy/no-account', `${platform} needs no account, so there is nothing to sign in to.`);

export const noWay = (said: string, known: readonly string[]): UserError =>
  new UserError(
    'deploy/no-such-way',
    `There is no way ${JSON.stringify(said)} to sign in; say one of ${known.join(', ')}.`,
  );

export const nothingKeepsIt = (where: string): UserError =>
  new UserError(
    'deploy/token-not-kept',
    `The sign-in to ${where} went well, but git has no credential helper that would keep the token; set credential.helper, or give it in SERVICEWRIGHT_TOKEN.`,
    { fix: { kind: 'hint', label: 'export SERVICEWRIGHT_TOKEN="$(servicewright login --print …)"' } },
  );
