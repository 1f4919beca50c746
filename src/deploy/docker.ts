import { UserError } from '../base/errors';
import { join } from '../base/paths';
import type { World } from '../base/ports';
import { dockerFailed, noDocker, noDockerfile } from './errors/image';
import type { DeployEvent } from './event';
import { StageClock } from './stage-clock';

const linesKept = 40;

/** Builds the image of a folder's Dockerfile and pushes it, with the docker program; a failure is told as the outcome. */
export async function* buildAndPush(
  dir: string,
  image: string,
  world: Pick<World, 'processes' | 'files' | 'now'>,
  signal: AbortSignal,
): AsyncIterable<DeployEvent> {
  const clock = new StageClock(world.now);
  try {
    yield* clock.enter('build');
    const docker = await world.processes.find('docker');
    if (docker === undefined) throw noDocker();
    if ((await world.files.kind(join(dir, 'Dockerfile'))) === undefined) throw noDockerfile(dir);
    const run = async (doing: string, args: readonly string[]): Promise<readonly string[]> => {
      const line = {
        file: docker,
        args,
        cwd: dir,
        env: { DOCKER_CLI_HINTS: 'false', BUILDKIT_PROGRESS: 'plain' },
      };
      const { exitCode, stdout, stderr } = await world.processes.run(line, signal);
      const lines = `${stdout}\n${stderr}`.split(/\r?\n/).filter((one) => one.trim() !== '');
      if (exitCode !== 0) throw dockerFailed(doing, image, lines.slice(-linesKept));
      return lines;
    };
    for (const text of await run('build', ['build', '--tag', image, '.'])) yield { type: 'log', text };
    yield* clock.enter('push');
    for (const text of await run('push', ['push', image])) yield { type: 'log', text };
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
