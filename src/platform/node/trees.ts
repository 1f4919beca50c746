import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, lstat, mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { systemCode } from '../../base/errors';
import type { NewFile, Obstacle, Trees } from '../../base/ports';
import { isAlive } from './pids';

/** Files that are written at once: enough that their syncs to the disk fall together. */
const atOnce = 16;

async function writeFileDurably(path: string, file: NewFile): Promise<void> {
  const handle = await open(path, 'wx', file.executable ? 0o755 : 0o644);
  try {
    await handle.writeFile(file.bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (file.executable) await chmod(path, 0o755);
}

async function writeAll(root: string, files: readonly NewFile[], signal: AbortSignal): Promise<void> {
  const folders = new Set(files.map((file) => dirname(join(root, file.path))));
  for (const folder of folders) await mkdir(folder, { recursive: true });
  const queue = files.values();
  const worker = async (): Promise<void> => {
    for (const file of queue) {
      signal.throwIfAborted();
      await writeFileDurably(join(root, file.path), file);
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  // All have ended before the first failure is told, so that nothing is written any more when the tree is taken away.
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Where a tree is written before it stands in its place: `.orders.4242-9f86d081.partial` by the process 4242. */
function stagingFor(dir: string): string {
  return join(dirname(dir), `.${basename(dir)}.${process.pid}-${randomBytes(4).toString('hex')}.partial`);
}

/** Takes away what earlier attempts at the same tree left when they were killed; one that is still at work keeps its own. */
async function sweep(dir: string): Promise<void> {
  const parent = dirname(dir);
  const start = `.${basename(dir)}.`;
  for (const name of await readdir(parent)) {
    const owner = name.startsWith(start) && /^(\d+)-[0-9a-f]{8}\.partial$/.exec(name.slice(start.length));
    if (owner && !isAlive(Number(owner[1]))) await rm(join(parent, name), { recursive: true, force: true });
  }
}

/** Takes away the folders from `dir` up to `made` that hold nothing. What somebody else put there meanwhile stays. */
async function removeEmpty(dir: string, made: string | undefined): Promise<void> {
  if (made === undefined) return;
  for (let at = dir; at.length >= made.length; at = dirname(at)) {
    try {
      await rmdir(at);
    } catch (error) {
      if (systemCode(error) === 'ENOTEMPTY' || systemCode(error) === 'EEXIST') return;
      if (systemCode(error) !== 'ENOENT') throw error;
    }
  }
}

async function obstacle(dir: string): Promise<Obstacle | undefined> {
  const found = await statOf(dir);
  if (found && !found.isDirectory()) return { code: 'EEXIST', path: dir };
  if (found && (await readdir(dir)).length > 0) return { code: 'ENOTEMPTY', path: dir };
  let parent = dirname(dir);
  while ((await statOf(parent)) === undefined && parent !== dirname(parent)) parent = dirname(parent);
  try {
    // A trailing slash follows symbolic links and refuses files.
    await access(`${parent}/`, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return { code: systemCode(error) ?? 'EACCES', path: parent };
  }
}

async function statOf(path: string): Promise<Awaited<ReturnType<typeof lstat>> | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Whole trees on this machine: written beside the target, renamed into place. */
export const nodeTrees: Trees = {
  obstacle,
  async create(dir, files, { signal, finish }) {
    const parent = dirname(dir);
    signal.throwIfAborted();
    const made = await mkdir(parent, { recursive: true });
    const staging = stagingFor(dir);
    try {
      await sweep(dir);
      await mkdir(staging);
      await writeAll(staging, files, signal);
      await finish?.(staging);
      signal.throwIfAborted();
      // rename(2) replaces an empty directory and refuses a full one (ENOTEMPTY): nothing is ever overwritten.
      await rename(staging, dir);
    } catch (error) {
      await rm(staging, { recursive: true, force: true });
      await removeEmpty(parent, made);
      throw error;
    }
  },
};
