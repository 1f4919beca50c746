import { UserError } from '../../base/errors';

export const noSuchTaskTarget = (service: string, environment: string): UserError =>
  new UserError(
    'deploy/no-such-task-target',
    `${service} is no service with an environment ${JSON.stringify(environment)} that can be deployed to; look into its servicewright.yaml.`,
  );
