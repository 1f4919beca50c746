import { UserError } from '../../base/errors';

export const badAppName = (app: string): UserError =>
  new UserError(
    'deploy/bad-app-name',
    `${JSON.stringify(app)} can't be an app on Heroku; its name takes 3 to 30 lower-case letters, digits and hyphens, begins with a letter and ends with none of the hyphens, so say app: in servicewright.yaml.`,
  );

export const notYourApp = (app: string, why: string): UserError =>
  new UserError(
    'deploy/not-your-app',
    `Heroku does not let you use the app ${app} (${why.replace(/\.$/, '')}); ask its owner, or say another app: in servicewright.yaml.`,
  );

export const serverFailed = (where: string, what: string, why: string): UserError =>
  new UserError(
    'deploy/server-failed',
    `${where} failed when asked to ${what} (${why.replace(/\.$/, '')}); look at how things are before you try again.`,
  );

export const tooManyCalls = (where: string, what: string): UserError =>
  new UserError(
    'deploy/rate-limited',
    `${where} refused to ${what}, because this account has asked too much within the hour; nothing was changed, so try again in a few minutes.`,
  );

export const needsCode = (where: string, what: string): UserError =>
  new UserError(
    'deploy/two-factor',
    `${where} wants a two-factor code to ${what}; nothing was changed, so try again and give the code.`,
  );

export const passwordsShut = (where: string): UserError =>
  new UserError(
    'deploy/sign-in-refused',
    `${where} does not take the password of this account here; sign in with an API key instead.`,
  );

export const nothingToSend = (dir: string): UserError =>
  new UserError(
    'deploy/empty-source',
    `${dir} holds no file that .gitignore and .slugignore leave in, so there is nothing to build.`,
  );

export const sourceTooLarge = (dir: string): UserError =>
  new UserError(
    'deploy/source-too-large',
    `${dir} holds more files than a source can have; name what the build does not need in .slugignore.`,
  );

export const cantPack = (path: string, why: string): UserError =>
  new UserError(
    'deploy/cant-pack',
    `The source could not be packed, because ${path} ${why}; nothing was deployed.`,
  );

export const uploadFailed = (why: string): UserError =>
  new UserError(
    'deploy/upload-failed',
    `The source could not be uploaded, because ${why.replace(/\.$/, '')}; nothing was deployed, so it can be tried again.`,
  );

export const notEligible = (app: string, version: number): UserError =>
  new UserError(
    'deploy/not-eligible',
    `Heroku no longer has what v${version} of ${app} ran, or it never ran; go back to another release or deploy its commit again.`,
  );

export const noSuchProcess = (app: string, type: string, known: readonly string[]): UserError =>
  new UserError(
    'deploy/no-such-process',
    known.length === 0
      ? `${app} has no process yet; deploy it first.`
      : `${app} has no process ${JSON.stringify(type)}; it has ${known.join(', ')}.`,
  );
