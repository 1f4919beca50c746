import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dockerMissing, imageFailed } from '../errors';
import { explain } from '../release/explain';
import type { BuildOptions, Built } from './builder';
import { findProgram, runStep } from './builder';

/** Whether the tree is a container image and says in no other way how it runs. */
export const isImage = (dir: string): boolean =>
  existsSync(join(dir, 'Dockerfile')) && !existsSync(join(dir, 'Procfile'));

/** Builds the image of a tree's Dockerfile, once for each state of the tree. Throws UserError `embedded/no-docker` or `embedded/image-failed`. */
export async function buildImage(options: BuildOptions): Promise<Built> {
  const docker = findProgram('docker', options.env);
  if (docker === undefined) throw dockerMissing('it is not on the PATH', []);
  const image = `servicewright/${options.app}:${options.slugId}`;
  const quiet = (): void => undefined;
  const there = await runStep(
    options,
    { file: docker, args: ['image', 'inspect', '--format', '{{.Id}}', image] },
    quiet,
  );
  if (there.code === 0) {
    options.say(`The image ${image} was built already`);
    return { image, uses: [] };
  }
  const up = await runStep(
    options,
    { file: docker, args: ['version', '--format', '{{.Server.Version}}'] },
    quiet,
  );
  if (up.code !== 0) throw dockerMissing('its engine does not answer', up.lines.slice(-3));
  options.say(`Building ${image}`);
  const args = ['build', ...(process.platform === 'linux' ? ['--network', 'host'] : []), '--tag', image, '.'];
  const env = { BUILDKIT_PROGRESS: 'plain', DOCKER_CLI_HINTS: 'false' };
  const { code, lines } = await runStep(options, { file: docker, args, env });
  if (code !== 0) throw imageFailed(explain(lines));
  return { image, uses: [] };
}
