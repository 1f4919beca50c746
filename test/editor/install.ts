import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { HarnessFailure } from './failure';
import { say } from './output';
import { run } from './processes';
import { ensure } from './system';

/** code-server is VS Code with a browser as its window: 4.139.1 is VS Code 1.139.1. It runs on Node 24 only. */
const editorVersion = '4.139.1';
const nodeVersion = '24.21.0';
const nodePackage = `node-${process.platform}-${process.arch}`;

/** A whole code-server: the Node that runs it and its entry file. */
export type CodeServer = { readonly node: string; readonly entry: string };

/** Where the editor is kept between runs. It is no part of the repository: 620 MB, shared by all clones. */
export function editorCache(env: NodeJS.ProcessEnv): string {
  const own = env['SERVICEWRIGHT_EDITOR_CACHE'];
  return own ?? join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'servicewright');
}

/** Gives code-server from the cache, after installing it from npm when it is not there. */
export async function installCodeServer(): Promise<CodeServer> {
  const cache = editorCache(process.env);
  const folder = join(cache, `code-server-${editorVersion}`);
  if (!isWhole(folder)) {
    await mkdir(cache, { recursive: true });
    await withLock(`${folder}.lock`, async () => {
      if (!isWhole(folder)) await install(folder);
    });
  }
  return {
    node: join(folder, 'node_modules', nodePackage, 'bin', 'node'),
    entry: join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js'),
  };
}

function isWhole(folder: string): boolean {
  return existsSync(join(folder, 'installed'));
}

/** Installs beside, stamps, then renames: a broken installation is never taken for a whole one. */
async function install(folder: string): Promise<void> {
  await ensure('build-editor');
  say(`Installing code-server ${editorVersion} into ${folder} (once, some minutes, 620 MB) …`);
  const started = Date.now();
  const fresh = `${folder}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  await writeFile(join(fresh, 'package.json'), '{ "private": true }\n');
  const nodeFolder = join(fresh, 'node_modules', nodePackage);
  await npmInstall(fresh, `${nodePackage}@${nodeVersion}`, process.env);
  await npmInstall(fresh, `code-server@${editorVersion}`, {
    ...process.env,
    PATH: [join(nodeFolder, 'bin'), process.env['PATH']].join(delimiter),
    npm_config_nodedir: nodeFolder,
  });
  await writeFile(join(fresh, 'installed'), `${new Date().toISOString()}\n`);
  await rm(folder, { recursive: true, force: true });
  await rename(fresh, folder);
  say(`Installed code-server in ${Math.round((Date.now() - started) / 1000)} s.`);
}

async function npmInstall(folder: string, what: string, env: NodeJS.ProcessEnv): Promise<void> {
  const flags = ['--prefix', folder, '--no-audit', '--no-fund', '--no-update-notifier', '--save-exact'];
  const { code, output } = await run('npm', ['install', ...flags, what], { cwd: folder, env, quiet: true });
  if (code === 0) return;
  const log = `${folder}.log`;
  await writeFile(log, output);
  const tail = output.trim().split('\n').slice(-30).join('\n');
  throw new HarnessFailure(`npm could not install ${what}. The whole output is in ${log}; it ends:\n${tail}`);
}

const lockDeadlineMs = 15 * 60_000;

/** One installation at a time, across processes. The lock of a process that is gone is taken over. */
async function withLock(lock: string, work: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + lockDeadlineMs;
  let told = false;
  while (!(await tryLock(lock))) {
    if (!told) say('Another run is installing the editor; waiting for it …');
    told = true;
    if (Date.now() > deadline)
      throw new HarnessFailure(`The lock ${lock} is still held. Remove it if it is stale.`);
    await delay(500);
  }
  try {
    await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function tryLock(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, `${process.pid}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  }
  const owner = Number(await readFile(lock, 'utf8').catch(() => ''));
  if (owner > 0 && !isAlive(owner)) await rm(lock, { force: true });
  return false;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
