import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isObject, stringAt } from '../../base/json';
import { systemCode } from '../../base/errors';
import { engineAlreadyRuns } from '../errors';
import { identify, isAlive } from '../identity';

/**
 * Takes the one lock of `home`; a lock whose process is gone is taken over. Gives the function that lets go of it.
 * Throws UserError `embedded/already-runs`.
 */
export async function takeLock(home: string): Promise<() => Promise<void>> {
  const lock = join(home, 'engine.lock');
  const mine = `${lock}.${randomBytes(6).toString('hex')}`;
  await writeFile(mine, JSON.stringify(await identify(process.pid)), { mode: 0o600, flag: 'wx' });
  try {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      if (await linked(mine, lock)) return () => rm(lock, { force: true });
      await clearStale(lock);
    }
    throw engineAlreadyRuns(home);
  } finally {
    await rm(mine, { force: true });
  }
}

/** link(2) makes a name only if nobody has it, and never one that is half written. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function clearStale(lock: string): Promise<void> {
  const text = await readFile(lock, 'utf8').catch(() => '');
  const owner = parse(text);
  const pid = isObject(owner) ? owner['pid'] : undefined;
  if (typeof pid === 'number' && (await isAlive({ pid, started: stringAt(owner, 'started') ?? '' }))) {
    throw engineAlreadyRuns(dirname(lock));
  }
  // Two may clear at once: what is taken away is looked at again, and put back if it is another's fresh lock.
  const aside = `${lock}.${randomBytes(6).toString('hex')}`;
  try {
    await rename(lock, aside);
    if ((await readFile(aside, 'utf8')) !== text) await linked(aside, lock);
    await rm(aside, { force: true });
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}

/** Undefined for a lock that was half written when the machine went down. */
function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
