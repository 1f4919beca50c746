import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Env } from '../home';
import type { RunFiles } from '../run/run-files';
import { startChild } from '../run/spawn';

/** What a build gives to the processes of a release. */
export interface Built {
  /** Put before the PATH. */
  readonly bin?: string;
  /** Directories that the release needs, relative to the home; kept as long as the release is. */
  readonly uses: readonly string[];
  /** The container image that the processes run in, instead of on the machine itself. */
  readonly image?: string;
}

export interface BuildOptions {
  /** The service's name. */
  readonly app: string;
  readonly slugDir: string;
  readonly slugId: string;
  /** Where environments are kept, shared by all services of the home. */
  readonly venvs: string;
  readonly env: Env;
  readonly buildEnv: Readonly<Record<string, string>>;
  readonly runFiles: RunFiles;
  readonly signal: AbortSignal;
  say(text: string): void;
}

/** Environments under way, so that two services with the same packages do not make one environment twice at once. */
export type Building = Map<string, Promise<void>>;

/** An environment that was made to the end. */
export const stamp = '.complete';

export interface Step {
  readonly file: string;
  readonly args: readonly string[];
  /** The tree of the release unless said. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program of a build to its end, told line by line. Gives its exit code and all lines. Throws AbortError. */
export async function runStep(
  options: BuildOptions,
  { file, args, cwd, env }: Step,
  say: (line: string) => void = options.say,
): Promise<{ readonly code: number | null; readonly lines: readonly string[] }> {
  options.signal.throwIfAborted();
  const lines: string[] = [];
  const child = await startChild(
    {
      file,
      args,
      cwd: cwd ?? options.slugDir,
      env: { ...options.buildEnv, ...env },
      onLine: (line) => {
        lines.push(line);
        say(line);
      },
    },
    options.runFiles,
  );
  const stop = (): void => void child.end(2000);
  options.signal.addEventListener('abort', stop, { once: true });
  try {
    const { code } = await child.exited;
    options.signal.throwIfAborted();
    return { code, lines };
  } finally {
    options.signal.removeEventListener('abort', stop);
  }
}

/** The path of a program on the PATH. */
export function findProgram(name: string, env: Env): string | undefined {
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  const dirs = (env['PATH'] ?? '').split(delimiter).filter((dir) => dir !== '');
  return dirs
    .flatMap((dir) => suffixes.map((suffix) => join(dir, name + suffix)))
    .find((path) => existsSync(path));
}

/** Makes what `key` names, once: whoever asks for it meanwhile waits for that. */
export async function makeOnce(
  building: Building,
  key: string,
  { isThere, make, waiting }: { isThere(): boolean; make(): Promise<void>; waiting(): void },
): Promise<'there' | 'made'> {
  const running = building.get(key);
  if (running) {
    waiting();
    await running.catch(() => undefined);
  }
  if (isThere()) return 'there';
  const work = make();
  building.set(key, work);
  try {
    await work;
  } finally {
    building.delete(key);
  }
  return 'made';
}
