import { createHash } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject, stringAt } from '../../base/json';
import { systemCode } from '../../base/errors';
import { ensureOwnerOnly, readJson, writeOwnerOnly } from '../home';
import { identify, isAlive } from '../identity';
import { endGroup } from './group';
import { processesWith } from './proc';

/** One small file per process that the engine started: what a later engine needs to end the orphans of one that was killed. */
export interface RunFiles {
  add(pid: number): Promise<void>;
  remove(pid: number): Promise<void>;
}

/** The variable that every process of this home carries, so that one that left its group is found too (Linux). */
export function markerOf(home: string): { readonly name: string; readonly value: string } {
  return {
    name: 'SERVICEWRIGHT_ENGINE',
    value: createHash('sha256').update(home).digest('hex').slice(0, 16),
  };
}

const dirOf = (home: string): string => join(home, 'run');

export async function createRunFiles(home: string): Promise<RunFiles> {
  const dir = dirOf(home);
  await ensureOwnerOnly(dir);
  return {
    async add(pid) {
      await writeOwnerOnly(join(dir, `${pid}.json`), JSON.stringify(await identify(pid)));
    },
    remove: (pid) => rm(join(dir, `${pid}.json`), { force: true }),
  };
}

/** Ends every process that an engine of this home left behind. Gives how many there were. */
export async function endOrphans(home: string, graceMs: number): Promise<number> {
  const left = await recorded(home);
  await Promise.all(left.map((pid) => endGroup(pid, graceMs, 'SIGTERM')));
  const { name, value } = markerOf(home);
  const strays = await processesWith(`${name}=${value}`);
  for (const pid of strays) endOne(pid);
  await rm(dirOf(home), { recursive: true, force: true });
  return left.length + strays.length;
}

function endOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (systemCode(error) !== 'ESRCH') throw error;
  }
}

async function recorded(home: string): Promise<readonly number[]> {
  const names = await readdir(dirOf(home)).catch(() => []);
  const found = await Promise.all(
    names.map(async (name) => {
      const value = await readJson(join(dirOf(home), name));
      const pid = isObject(value) ? value['pid'] : undefined;
      if (typeof pid !== 'number') return undefined;
      return (await isAlive({ pid, started: stringAt(value, 'started') ?? '' })) ? pid : undefined;
    }),
  );
  return found.filter((pid) => pid !== undefined);
}
