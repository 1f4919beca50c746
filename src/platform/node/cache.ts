import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../../base/errors';
import type { Cache } from '../../base/ports';
import { isAlive } from './durable';
import { ownName } from './own-name';

/** A cache in `dir`, which is made when something is first kept. Several processes may use it at once. */
export function createCache(dir: string): Cache {
  const place = (name: string): string => join(dir, checked(name));
  const slashed = (path: string): string => path.replaceAll('\\', '/');
  const find = async (name: string): Promise<string | undefined> =>
    (await isFolder(place(name))) ? slashed(place(name)) : undefined;
  return {
    find,
    async make(name, fill) {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      await sweep(dir);
      const work = join(dir, `.${ownName()}.partial`);
      try {
        await mkdir(work, { mode: 0o700 });
        await moveTo(place(name), await fill(slashed(work)));
      } finally {
        // A program that was just ended may still be writing its last file.
        await rm(work, { recursive: true, force: true, maxRetries: 5 });
      }
      return slashed(place(name));
    },
    async note(name) {
      try {
        return await readFile(`${place(name)}.note`, 'utf8');
      } catch (error) {
        if (systemCode(error) === 'ENOENT') return undefined;
        throw error;
      }
    },
    async setNote(name, text) {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      const temporary = join(dir, `.${ownName()}.partial`);
      try {
        await writeFile(temporary, text, { flag: 'wx', flush: true });
        await rename(temporary, `${place(name)}.note`);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },
  };
}

/** rename(2) refuses to replace a folder that holds something: then another process was first, and its entry is as good. */
async function moveTo(place: string, from: string): Promise<void> {
  try {
    await rename(from, place);
  } catch (error) {
    const taken =
      ['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(systemCode(error) ?? '') && (await isFolder(place));
    if (!taken) throw error;
  }
}

/** Takes away what processes left that were killed. */
async function sweep(dir: string): Promise<void> {
  for (const name of await readdir(dir)) {
    const owner = /^\.(\d+)-[0-9a-f]{8}\.partial$/.exec(name);
    if (owner && !isAlive(Number(owner[1]))) await rm(join(dir, name), { recursive: true, force: true });
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

function checked(name: string): string {
  if (!/^[A-Za-z0-9][\w.-]*$/.test(name))
    throw new Error(`${JSON.stringify(name)} is no name of a cache entry`);
  return name;
}
