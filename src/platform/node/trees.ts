import { constants } from 'node:fs';
import { access, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { systemCode } from '../../base/errors';
import type { Obstacle, Trees } from '../../base/ports';
import { isAlive, removeEmpty, statOf, writeNew } from './durable';
import { ownName } from './own-name';
import { change, recover } from './tree-change';

/** Where a tree is written before it stands in its place: `.orders.4242-9f86d081.partial` by the process 4242. */
function stagingFor(dir: string): string {
  return join(dirname(dir), `.${basename(dir)}.${ownName()}.partial`);
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
      await writeNew(staging, files, signal);
      await finish?.(staging);
      signal.throwIfAborted();
      // rename(2) replaces an empty directory and refuses a full one (ENOTEMPTY): nothing is ever overwritten.
      await rename(staging, dir);
    } catch (error) {
      await rm(staging, { recursive: true, force: true });
      if (made !== undefined) await removeEmpty(parent, made);
      throw error;
    }
  },
  change,
  recover,
};
