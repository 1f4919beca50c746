import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import type { CliRun } from './cli';
import { cli } from './cli';
import { temporaryFolder, writeFiles } from './platform';

type Texts = Readonly<Record<string, string>>;

/** What one run of the command line is given; the token unless `signedIn` is false. */
export interface CliGiven {
  readonly stdin?: string;
  readonly signedIn?: boolean;
  readonly env?: Texts;
}

/** A machine with the service `orders` in git, a credential helper, and a git that writes down its arguments. */
export interface CliMachine {
  readonly root: string;
  readonly service: string;
  git(...args: readonly string[]): string;
  run(args: readonly string[], given?: CliGiven): Promise<CliRun>;
  /** All that came to where it could be read: what was printed, each deploy's record, and the arguments of git. */
  traces(): Promise<string>;
  end(): Promise<void>;
}

/** `token` is the environment of somebody who signed in. */
export async function createCliMachine(files: Texts, token: Texts): Promise<CliMachine> {
  const root = await temporaryFolder();
  const service = join(root, 'orders');
  const bin = join(root, 'bin');
  for (const dir of [service, bin]) await mkdir(dir);
  await writeFiles(service, files);
  const realGit = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
  const argvLog = join(root, 'argv.log');
  await writeFile(join(bin, 'git'), `#!/bin/sh\necho "$@" >> '${argvLog}'\nexec ${realGit} "$@"\n`);
  await chmod(join(bin, 'git'), 0o755);
  const gitConfig = join(root, 'gitconfig');
  await writeFile(
    gitConfig,
    `[user]\n\tname = Jane\n\temail = jane@example.com\n[credential]\n\thelper = store --file ${join(root, 'git-credentials')}\n`,
  );
  const env = {
    PATH: `${bin}:${process.env['PATH'] ?? ''}`,
    HOME: root,
    GIT_CONFIG_GLOBAL: gitConfig,
    GIT_CONFIG_NOSYSTEM: '1',
    SERVICEWRIGHT_HOME: join(root, 'state'),
    TMPDIR: root,
  };
  const git = (...args: readonly string[]): string =>
    execFileSync(realGit, ['-C', service, ...args], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    }).trim();
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'Takes orders — größer');
  const outputs: string[] = [];
  return {
    root,
    service,
    git,
    async run(args, { stdin = '', signedIn = true, env: more = {} } = {}) {
      const result = await cli(args, {
        cwd: service,
        env: { ...env, ...(signedIn ? token : {}), ...more },
        stdin,
      });
      outputs.push(result.stdout, result.stderr);
      return result;
    },
    async traces() {
      const state = join(root, 'state', 'records');
      const records = await Promise.all(
        (await readdir(state)).map((name) => readFile(join(state, name), 'utf8')),
      );
      const argv = await readFile(argvLog, 'utf8');
      assert.ok(
        records.length >= 5 && argv.length > 100 && outputs.length > 30,
        'there is something to search',
      );
      return [...outputs, ...records, argv].join('\n');
    },
    end: () => rm(root, { recursive: true, force: true }),
  };
}
