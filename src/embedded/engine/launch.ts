import { join } from 'node:path';
import { containerLine, endWithContainer, noteContainers } from '../run/container';
import { shellFor } from '../run/instance';
import type { Child } from '../run/spawn';
import type { AppParts } from './boot';
import type { ReleaseRecord } from './records';

/** How a process of a release is started, on the machine itself or in a container of the release's image. */
export interface Launch {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** What ends the process ends its container too. */
  wrap(child: Child): Child;
}

interface Launching {
  readonly dyno: string;
  /** Empty means what the image starts by itself. */
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
  readonly port?: number;
}

export async function launchOf(
  { context, store }: AppParts,
  release: ReleaseRecord,
  { dyno, command, env, port }: Launching,
): Promise<Launch> {
  const cwd = join(store.paths.slugs, release.slug);
  const own = { ...env, DYNO: dyno, ...(port === undefined ? {} : { PORT: String(port) }) };
  if (release.image === undefined) return { ...shellFor(command), cwd, env: own, wrap: (child) => child };
  await noteContainers(context.home);
  // What belongs to this machine stays outside: its PATH and HOME mean nothing in an image.
  const variables = Object.keys(own).filter((name) => name !== 'PATH' && context.runEnv[name] === undefined);
  const line = containerLine({
    image: release.image,
    dyno,
    app: store.app.name,
    variables,
    label: context.label,
    ...(port === undefined ? {} : { port }),
    ...(command === '' ? {} : { command }),
  });
  const docker = { ...context.runEnv, ...context.dockerEnv };
  return {
    file: line.file,
    args: line.args,
    cwd,
    env: { ...inContainer(own), ...context.dockerEnv },
    wrap: (child) => endWithContainer(child, line.name, docker),
  };
}

/** Elsewhere than on Linux the machine has another name inside a container than its own. */
function inContainer(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { DATABASE_URL: url } = env;
  if (process.platform === 'linux' || url === undefined) return env;
  return { ...env, DATABASE_URL: url.replace(/@(127\.0\.0\.1|localhost):/, '@host.docker.internal:') };
}
