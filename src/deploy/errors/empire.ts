import { UserError } from '../../base/errors';
import { signInFix } from '../account';

export const badAppName = (app: string): UserError =>
  new UserError(
    'deploy/bad-app-name',
    `${JSON.stringify(app)} can't be an app on Empire; its name takes 3 to 31 lower-case letters, digits and hyphens and begins with a letter, so say app: in servicewright.yaml.`,
  );

export const noRelease = (app: string): UserError =>
  new UserError('deploy/no-release', `${app} has no release yet; deploy it first.`, {
    fix: { kind: 'command', label: 'Deploy', command: 'servicewright.deploy.start' },
  });

export const noSuchProcess = (app: string, type: string, known: readonly string[]): UserError =>
  new UserError(
    'deploy/no-such-process',
    `${app} has no process ${JSON.stringify(type)}; it has ${known.join(', ') || 'none'}.`,
  );

export const badQuantity = (type: string): UserError =>
  new UserError('deploy/bad-quantity', `How many of ${type} shall run has to be a whole number from 0 on.`);

export const badSize = (type: string, size: string): UserError =>
  new UserError(
    'deploy/bad-size',
    `${JSON.stringify(size)} is no size for ${type}; say 1X, 2X or PX, or CPU shares from 2 to 1024 and memory with its unit, as in 512:1GB.`,
  );

export const notLetIn = (environment: string, where: string, why: string): UserError =>
  new UserError(
    'deploy/not-signed-in',
    `${where}, where ${environment} is, does not let you in (${why.replace(/\.$/, '')}); ask to be made a member, or sign in as somebody else.`,
    { fix: signInFix(environment) },
  );

export const badConfigKey = (key: string): UserError =>
  new UserError(
    'deploy/bad-config-key',
    `${JSON.stringify(key)} can't be a variable; use letters, digits and underscores, and no digit first.`,
  );

export const noLogs = (where: string): UserError =>
  new UserError('deploy/no-logs', `${where} keeps no logs; its operator has to give it a log backend.`);
