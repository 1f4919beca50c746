import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Child } from './spawn';

/** How a process of an image is started: the docker program in front of it, which passes signals on and ends with it. */
export interface ContainerLine {
  readonly file: string;
  readonly args: readonly string[];
  readonly name: string;
}

interface ContainerPlan {
  readonly image: string;
  readonly dyno: string;
  readonly app: string;
  /** Names of the variables that go in; their values stand in the environment of docker, and in no argument. */
  readonly variables: readonly string[];
  readonly port?: number;
  /** Instead of what the image starts. */
  readonly command?: string;
  /** By which the containers of an engine that was killed are found. */
  readonly label: string;
}

/** On Linux a container has the machine's own network: the port and the database are where they are for every process. */
export function containerLine(plan: ContainerPlan): ContainerLine {
  const name = `servicewright-${plan.app}-${plan.dyno}-${randomBytes(4).toString('hex')}`;
  const network =
    process.platform === 'linux'
      ? ['--network', 'host']
      : ['--add-host', 'host.docker.internal:host-gateway', ...publish(plan.port)];
  const variables = plan.variables.flatMap((one) => ['--env', one]);
  const command = plan.command === undefined ? [] : ['sh', '-c', plan.command];
  const fixed = ['run', '--rm', '--interactive', '--name', name, '--label', plan.label];
  return { file: 'docker', args: [...fixed, ...network, ...variables, plan.image, ...command], name };
}

const publish = (port: number | undefined): readonly string[] =>
  port === undefined ? [] : ['--publish', `127.0.0.1:${port}:${port}`];

/** Ending by force ends the docker program; the container is then taken away by its name. */
export function endWithContainer(child: Child, name: string, env: Readonly<Record<string, string>>): Child {
  return {
    ...child,
    async end(graceMs, signal) {
      await child.end(graceMs, signal);
      await docker(['rm', '--force', name], env);
    },
  };
}

const noteName = 'containers';

/** Notes that containers were started in this home: only then docker is asked for orphans. */
export const noteContainers = (home: string): Promise<void> =>
  writeFile(join(home, noteName), '', { mode: 0o600 });

/** Takes away the containers that an engine of this home left. Gives how many there were. */
export async function endContainers(
  home: string,
  label: string,
  env: Readonly<Record<string, string>>,
): Promise<number> {
  if (!existsSync(join(home, noteName))) return 0;
  const found = (await docker(['ps', '--all', '--quiet', '--filter', `label=${label}`], env)).split(/\s+/);
  const ids = found.filter((id) => id !== '');
  if (ids.length > 0) await docker(['rm', '--force', ...ids], env);
  return ids.length;
}

/** What docker prints; nothing where it can't be reached, since then nothing of it runs either. */
function docker(args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  return new Promise((resolve) => {
    execFile('docker', [...args], { env: { ...env }, timeout: 30_000 }, (error, stdout) =>
      resolve(error ? '' : stdout),
    );
  });
}
