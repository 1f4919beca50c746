import { UserError } from '../../base/errors';

export const noSuchEnvironment = (service: string, name: string, known: readonly string[]): UserError =>
  new UserError(
    'deploy/no-such-environment',
    `${service} has no environment ${JSON.stringify(name)}; its servicewright.yaml names ${known.join(', ')}.`,
  );

export const platformNotYet = (platform: string, known: readonly string[]): UserError =>
  new UserError(
    'deploy/platform-not-supported',
    `This version deploys to ${known.join(' and ')}, and the environment names ${platform}; add an environment with one of those.`,
  );

export const noSuchApp = (app: string): UserError =>
  new UserError('deploy/no-such-app', `${app} was never deployed here; deploy it first.`, {
    fix: { kind: 'command', label: 'Deploy', command: 'servicewright.deploy.start' },
  });

export const needsYes = (environment: string): UserError =>
  new UserError('deploy/protected', `${environment} is protected, so deploying to it has to be confirmed.`, {
    fix: { kind: 'hint', label: 'Add --yes' },
  });

export const notTrusted = (): UserError =>
  new UserError(
    'deploy/not-trusted',
    'Nothing is deployed from a folder in Restricted Mode; trust the workspace first.',
    {
      fix: { kind: 'command', label: 'Manage Workspace Trust', command: 'workbench.trust.manage' },
    },
  );

export const nothingToDeploy = (): UserError =>
  new UserError(
    'deploy/no-service',
    'No service is open; open a folder with a servicewright.yaml or make a new service.',
    {
      fix: { kind: 'command', label: 'New Microservice', command: 'servicewright.newMicroservice' },
    },
  );

export const nothingToRollBackTo = (app: string): UserError =>
  new UserError(
    'deploy/no-earlier-release',
    `${app} has no earlier release that ever served, so there is nothing to go back to.`,
  );

export const noSuchRelease = (app: string, version: string): UserError =>
  new UserError(
    'deploy/no-such-release',
    `${app} has no release ${version} to go back to; servicewright releases lists them.`,
  );

export const cantDo = (platform: string, what: string): UserError =>
  new UserError('deploy/cant', `${platform} can't ${what}; deploy to an environment whose platform can.`);

export const notAssigned = (text: string): UserError =>
  new UserError('deploy/wrong-use', `${JSON.stringify(text)} sets nothing; write it as KEY=value.`);

export const noEarlierRelease = (app: string): UserError =>
  new UserError(
    'deploy/no-earlier-release',
    `${app} has fewer than two releases, so there is nothing to compare.`,
  );

export const noLocalEnv = (dir: string): UserError =>
  new UserError('deploy/no-local-env', `${dir} has no .env to compare with; make one first.`);

export const maintenanceNotKept = (platform: string, app: string): UserError =>
  new UserError(
    'deploy/cant',
    `${platform} did not keep the maintenance of ${app}; an app without a release has none, so deploy it first.`,
  );

export const notRunning = (): UserError =>
  new UserError(
    'deploy/not-running',
    'The embedded platform does not run, so there is no log; deploy, or start it.',
    {
      fix: { kind: 'command', label: 'Start Platform', command: 'servicewright.platform.start' },
    },
  );

export const cantResize = (): UserError =>
  new UserError(
    'deploy/cant',
    'A process of this machine has no size; say only how many shall run, as in web=2.',
  );

export const runUnknown = (command: string): UserError =>
  new UserError(
    'deploy/run-unknown',
    `It is not known how ${JSON.stringify(command)} ended, because the platform stopped telling; it may run on.`,
  );

export const cantGiveInput = (platform: string): UserError =>
  new UserError('deploy/cant', `${platform} can't give a command anything to read; leave --input out.`);

export const noCommand = (): UserError =>
  new UserError('deploy/no-command', 'There is no command to run; on the command line it stands after --.');
