import { UserError } from '../base/errors';
import { join } from '../base/paths';
import type { World } from '../base/ports';
import { dockerFailed, noDocker, noDockerfile } from './errors/image';
import type { DeployEvent } from './event';
import { StageClock } from './stage-clock';

const linesKept = 40;

type DockerWorld = Pick<World, 'processes' | 'files'>;

/** The docker program of this machine, in a service's folder. */
export interface Docker {
  /**
   * Gives the lines that it printed. `doing` completes "docker could not …", `env` is added to its environment. Throws UserError
   * `deploy/docker-failed` with its last lines.
   */
  run(
    doing: string,
    image: string,
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
  ): Promise<readonly string[]>;
}

/** Throws UserError `deploy/no-docker`. */
export async function findDocker(
  dir: string,
  { processes }: Pick<DockerWorld, 'processes'>,
  signal: AbortSignal,
): Promise<Docker> {
  const file = await processes.find('docker');
  if (file === undefined) throw noDocker();
  const always = { DOCKER_CLI_HINTS: 'false', BUILDKIT_PROGRESS: 'plain' };
  return {
    async run(doing, image, args, env = {}) {
      const line = { file, args, cwd: dir, env: { ...always, ...env } };
      const { exitCode, stdout, stderr } = await processes.run(line, signal);
      const lines = `${stdout}\n${stderr}`.split(/\r?\n/).filter((one) => one.trim() !== '');
      if (exitCode !== 0) throw dockerFailed(doing, image, lines.slice(-linesKept));
      return lines;
    },
  };
}

/** Builds the image of a folder's Dockerfile and pushes it, with the docker program; a failure is told as the outcome. */
export async function* buildAndPush(
  dir: string,
  image: string,
  world: DockerWorld & Pick<World, 'now'>,
  signal: AbortSignal,
): AsyncIterable<DeployEvent> {
  const clock = new StageClock(world.now);
  try {
    yield* clock.enter('build');
    const docker = await findDocker(dir, world, signal);
    if ((await world.files.kind(join(dir, 'Dockerfile'))) === undefined) throw noDockerfile(dir);
    const built = await docker.run('build', image, ['build', '--tag', image, '.']);
    for (const text of built) yield { type: 'log', text };
    yield* clock.enter('push');
    for (const text of await docker.run('push', image, ['push', image])) yield { type: 'log', text };
    yield* clock.end('done');
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    yield* clock.end('failed');
    const { code, message, lines } = error;
    yield { type: 'finished', outcome: 'failed', error: { code, message, lines } };
  }
}

/** One after the other; the second does not begin when the first said how the deploy ended. */
export async function* inTurn(
  first: AsyncIterable<DeployEvent>,
  second: () => AsyncIterable<DeployEvent>,
): AsyncIterable<DeployEvent> {
  for await (const event of first) {
    yield event;
    if (event.type === 'finished') return;
  }
  yield* second();
}
