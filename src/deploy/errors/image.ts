import { UserError } from '../../base/errors';

export const noImage = (environment: string): UserError =>
  new UserError(
    'deploy/no-image',
    `It is not known which image to deploy to ${environment}; give its registry in servicewright.yaml, or the image itself with --image.`,
  );

export const badImage = (image: string): UserError =>
  new UserError(
    'deploy/bad-image',
    `${JSON.stringify(image)} is no image; write it as registry/name:tag, in lower case.`,
  );

export const misreadImage = (image: string, registry: string): UserError =>
  new UserError(
    'deploy/bad-image',
    `Empire would look for ${image} at Docker Hub, because it sees a registry only before two more parts; write ${registry}/<folder>/<name>.`,
  );

export const noDocker = (): UserError =>
  new UserError(
    'deploy/no-docker',
    'Building the image needs docker, which is not on the PATH; install it, or let CI build and deploy without --build.',
  );

export const noDockerfile = (dir: string): UserError =>
  new UserError(
    'deploy/no-dockerfile',
    `${dir} has no Dockerfile to build the image from; add one or let CI build.`,
  );

export const dockerFailed = (doing: string, image: string, lines: readonly string[]): UserError =>
  new UserError('deploy/docker-failed', `docker could not ${doing} ${image}; its last lines say why.`, {
    lines,
  });
