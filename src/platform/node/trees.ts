import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { NewFile, Trees } from '../../base/ports';

async function writeFileDurably(path: string, file: NewFile): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const handle = await open(path, 'wx', file.executable ? 0o755 : 0o644);
  try {
    await handle.writeFile(file.bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (file.executable) await chmod(path, 0o755);
}

/** The first directory that `mkdir -p` had to make, so that a failed run can take away exactly what it made. */
async function makeParents(dir: string): Promise<string | undefined> {
  return mkdir(dir, { recursive: true });
}

/** Whole trees on this machine: written beside the target, renamed into place. */
export const nodeTrees: Trees = {
  async create(dir, files, { signal, finish }) {
    const parent = dirname(dir);
    const made = await makeParents(parent);
    const staging = join(parent, `.${basename(dir)}.${randomBytes(4).toString('hex')}.partial`);
    try {
      await mkdir(staging);
      for (const file of files) {
        signal.throwIfAborted();
        await writeFileDurably(join(staging, file.path), file);
      }
      await finish?.(staging);
      signal.throwIfAborted();
      // rename(2) replaces an empty directory and refuses a full one (ENOTEMPTY): nothing is ever overwritten.
      await rename(staging, dir);
    } catch (error) {
      await rm(staging, { recursive: true, force: true });
      if (made !== undefined) await rm(made, { recursive: true, force: true });
      throw error;
    }
  },
};
