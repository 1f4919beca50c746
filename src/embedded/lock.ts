import { randomBytes } from 'node:crypto';
import { link, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject, stringAt } from '../base/json';
import { systemCode } from '../base/errors';
import { engineAlreadyRuns } from './errors';
import { readJson } from './home';
import type { ProcessIdentity } from './identity';
import { identify, isAlive } from './identity';

/**
 * The lock of a home is the highest numbered `engine.lock.<n>`: whoever finds its owner gone makes the next number, which link(2) lets only
 * one do. Numbers never go back, so nobody can take away a lock that was taken meanwhile, as happens when a stale lock is removed first.
 */
const name = /^engine\.lock\.(\d+)$/;

const pathOf = (home: string, n: number): string => join(home, `engine.lock.${n}`);

/** Takes the lock of `home`, which exists. Gives the function that lets go of it. Throws UserError `embedded/already-runs`. */
export async function takeLock(home: string): Promise<() => Promise<void>> {
  const written = join(home, `.lock.${randomBytes(6).toString('hex')}`);
  const write = (text: string): Promise<void> => writeFile(written, text, { mode: 0o600 });
  await write(JSON.stringify(await identify(process.pid)));
  try {
    for (;;) {
      // One look decides both: the number that is free must follow the one whose owner is gone.
      const [highest = 0] = await numbers(home);
      if (await ownerOf(home, highest)) throw engineAlreadyRuns(home);
      const mine = highest + 1;
      if (await isTaken(home, { n: mine, written })) continue;
      return async () => {
        // Left behind without an owner: the next number must be higher.
        await write('{}');
        await rename(written, pathOf(home, mine));
      };
    }
  } finally {
    await rm(written, { force: true });
  }
}

/** The process that holds the lock, if it lives. */
export async function lockOwner(home: string): Promise<ProcessIdentity | undefined> {
  const [highest = 0] = await numbers(home);
  return ownerOf(home, highest);
}

async function ownerOf(home: string, n: number): Promise<ProcessIdentity | undefined> {
  const value = await readJson(pathOf(home, n));
  const pid = isObject(value) ? value['pid'] : undefined;
  if (typeof pid !== 'number') return undefined;
  const owner = { pid, started: stringAt(value, 'started') ?? '' };
  return (await isAlive(owner)) ? owner : undefined;
}

/** Highest first. */
async function numbers(home: string): Promise<readonly number[]> {
  const found = (await readdir(home)).flatMap((one) => name.exec(one)?.[1] ?? []);
  return found.map(Number).toSorted((a, b) => b - a);
}

/** Makes number `n`; `true` when somebody else had it, or has a higher one by now. */
async function isTaken(
  home: string,
  { n, written }: { readonly n: number; readonly written: string },
): Promise<boolean> {
  try {
    await link(written, pathOf(home, n));
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return true;
    throw error;
  }
  const [highest = n, ...lower] = await numbers(home);
  if (highest !== n) {
    await rm(pathOf(home, n), { force: true });
    return true;
  }
  for (const old of lower) await rm(pathOf(home, old), { force: true });
  return false;
}
