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

export const commandFailed = (command: string, status: number): UserError =>
  new UserError(
    'deploy/command-failed',
    `${command} ended with ${Number.isInteger(status) ? `exit code ${status}` : 'no exit code'}; what it printed says why.`,
  );

export const wrongStack = (app: string, stack: string): UserError =>
  new UserError(
    'deploy/wrong-stack',
    `${app} is built by ${stack}, so it takes no image; leave registry: out of the environment, or make it a container app.`,
    { fix: { kind: 'hint', label: `heroku stack:set container --app ${app}` } },
  );

export const strangeRegistry = (registry: string, where: string): UserError =>
  new UserError(
    'deploy/strange-registry',
    `${registry} is not the registry of ${where}, and your key is for nobody else; say registry: registry.heroku.com.`,
  );

export const cantPush = (registry: string, lines: readonly string[]): UserError =>
  new UserError(
    'deploy/image-denied',
    `${registry} did not take the image, because this docker did not hand your key on; it does from version 28.3 on, or after signing in by hand.`,
    {
      lines,
      fix: {
        kind: 'hint',
        label: `servicewright login --print | docker login --username=_ --password-stdin ${registry}`,
      },
    },
  );

export const nothingReleased = (app: string): UserError =>
  new UserError(
    'deploy/nothing-happened',
    `Heroku took the image of ${app} and made no release, which it does when the image runs already.`,
  );

export const cantCopy = (app: string, version: number): UserError =>
  new UserError(
    'deploy/cant-promote',
    `v${version} of ${app} is an image of the container registry, which Heroku can't hand to another app; deploy its commit there.`,
  );

export const noImageThere = (image: string, why: string): UserError =>
  new UserError(
    'deploy/image-missing',
    `${image} was pushed and its registry does not show it as an image that Heroku runs (${why}); build it with docker's own output (docker build --provenance=false).`,
  );

export const noSuchProcess = (app: string, type: string, known: readonly string[]): UserError =>
  new UserError(
    'deploy/no-such-process',
    known.length === 0
      ? `${app} has no process yet; deploy it first.`
      : `${app} has no process ${JSON.stringify(type)}; it has ${known.join(', ')}.`,
  );
