import { chmod, lstat, mkdir, open, rmdir, writeFile } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemCode } from '../../base/errors';
import type { NewFile } from '../../base/ports';

/** Files that are written at once, or whose syncs are waited for at once. */
const atOnce = 16;
/** Files that are held open until they are synced. */
const mostOpen = 128;

/**
 * Writes new files below `root`, which no one else knows yet, and leaves it to the system when they reach the disk: a killed process
 * loses nothing that it wrote, and what is new can be made again after a power cut. Throws the first failure when all have ended.
 */
export async function writeNew(root: string, files: readonly NewFile[], signal: AbortSignal): Promise<void> {
  await makeFolders(root, files);
  await each(files, async ({ path, bytes, executable }) => {
    signal.throwIfAborted();
    await writeFile(join(root, path), bytes, { flag: 'wx', mode: modeOf(executable) });
    if (executable) await chmod(join(root, path), modeOf(true));
  });
}

async function makeFolders(root: string, files: readonly NewFile[]): Promise<void> {
  const folders = new Set(files.map((file) => dirname(join(root, file.path))));
  for (const folder of folders) await mkdir(folder, { recursive: true });
}

const modeOf = (executable: boolean): number => (executable ? 0o755 : 0o644);

/**
 * Writes new files below `root` and waits until they are on the disk. All are written before the first is synced, so
 * that one sync can bring others along.
 * Throws the first failure when all have ended.
 */
export async function writeAll(root: string, files: readonly NewFile[], signal: AbortSignal): Promise<void> {
  await makeFolders(root, files);
  for (let start = 0; start < files.length; start += mostOpen)
    await writeBatch(root, files.slice(start, start + mostOpen), signal);
}

async function writeBatch(root: string, files: readonly NewFile[], signal: AbortSignal): Promise<void> {
  const handles: FileHandle[] = [];
  try {
    await each(files, async (file) => {
      signal.throwIfAborted();
      const handle = await openNew(join(root, file.path), file);
      handles.push(handle);
      await handle.writeFile(file.bytes);
      if (file.executable) await handle.chmod(modeOf(true));
    });
    await each(handles, (handle) => handle.sync());
  } finally {
    await each(handles, (handle) => handle.close());
  }
}

const openNew = (path: string, file: NewFile): Promise<FileHandle> =>
  open(path, 'wx', modeOf(file.executable));

/** Some at a time. All have ended before the first failure is told, so that nothing is written any more when a tree is taken away. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Makes what was renamed in a folder last through a power cut; Windows can't open folders and orders its own journal. */
export async function syncFolder(dir: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(dir);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Takes away the folders from `dir` up to `top` that hold nothing. What somebody else put there meanwhile stays. */
export async function removeEmpty(dir: string, top: string): Promise<void> {
  for (let at = dir; at.length >= top.length; at = dirname(at)) {
    try {
      await rmdir(at);
    } catch (error) {
      if (systemCode(error) === 'ENOTEMPTY' || systemCode(error) === 'EEXIST') return;
      if (systemCode(error) !== 'ENOENT') throw error;
    }
  }
}

/** Whether a process of that number runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== 'ESRCH';
  }
}

/** What stands at `path`, not following a symbolic link; undefined where nothing does. */
export async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}
