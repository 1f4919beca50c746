import { appendFile, mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../../base/errors';
import type { Journals } from '../../base/ports';

const ending = '.jsonl';

/** Journals in `dir`, which is made, for its owner alone, when something is first written. */
export function createJournals(dir: string): Journals {
  const place = (name: string): string => {
    if (!/^[A-Za-z0-9][\w.-]*$/.test(name))
      throw new Error(`${JSON.stringify(name)} is no name of a journal`);
    return join(dir, name + ending);
  };
  return {
    async list() {
      const names = (await orUndefined(readdir(dir))) ?? [];
      return names.filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length));
    },
    read: (name) => orUndefined(readFile(place(name), 'utf8')),
    async append(name, line) {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      await appendFile(place(name), `${line}\n`, { mode: 0o600 });
    },
    remove: (name) => rm(place(name), { force: true }),
  };
}

async function orUndefined<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
