import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { installCodeServer } from './install';
import { runOrFail } from './processes';

/** Where a code-server keeps its things, in words of its command line: beside the user's own, if there is one. */
export function placesOf(home: string): readonly string[] {
  const data = ['--user-data-dir', join(home, 'data')];
  return [...data, '--extensions-dir', join(home, 'extensions'), '--config', join(home, 'config.yaml')];
}

/** The environment without what would bind the editor to an editor or a test runner that we were started from. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const own = /^(?:VSCODE_|ELECTRON_|NODE_TEST_CONTEXT$|NODE_OPTIONS$|CODE_SERVER_|PORT$|npm_)/u;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

/** Installs packaged extensions as a user would, over what is there. */
export async function installExtensions(home: string, vsix: readonly string[]): Promise<void> {
  const { node, entry } = await installCodeServer();
  const which = vsix.flatMap((file) => ['--install-extension', file]);
  await runOrFail(node, [entry, ...placesOf(home), ...which, '--force'], {
    env: cleanEnvironment(),
    quiet: true,
  });
}

/**
 * Gives a new editor the packaged extensions. They are installed once for each content and kept in `out`; a journey gets a copy,
 * so that nothing it does to them is met by another.
 */
export async function copyExtensions(home: string, vsix: readonly string[]): Promise<void> {
  await cp(join(await installedOnce(vsix), 'extensions'), join(home, 'extensions'), { recursive: true });
}

async function installedOnce(vsix: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of vsix) hash.update(await readFile(file));
  const kept = resolve('out', 'test', 'extensions');
  const folder = join(kept, hash.digest('hex').slice(0, 16));
  if (existsSync(folder)) return folder;
  await mkdir(kept, { recursive: true });
  await removeOld(kept);
  const fresh = await mkdtemp(`${folder}.`);
  await installExtensions(fresh, vsix);
  // Two at once install the same: the one that is later takes what is there.
  await rename(fresh, folder).catch(async (error: unknown) => {
    if (!existsSync(folder)) throw error;
    await rm(fresh, { recursive: true, force: true });
  });
  return folder;
}

const hourMs = 3_600_000;

/** Each build has its own: those of earlier runs go. */
async function removeOld(kept: string): Promise<void> {
  for (const name of await readdir(kept)) {
    const path = join(kept, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }));
    if (mtimeMs < Date.now() - hourMs) await rm(path, { recursive: true, force: true });
  }
}
