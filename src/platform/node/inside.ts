import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import type { Fault, Inside } from '../../base/ports';
import { systemCode } from '../../base/errors';
import { orUndefined } from './absent';

/** Nobody writes more by hand; generated descriptions are a tenth of it. */
const mostBytes = 128 * 1024 * 1024;

/** Files of this machine, each looked for where its links lead in the end. */
export const nodeInside: Inside = {
  async read(path, folder) {
    const [real, realFolder] = await Promise.all([placeOf(path), placeOf(folder)]);
    if (typeof real !== 'string') return real;
    if (typeof realFolder !== 'string') return undefined;
    const top = realFolder.endsWith(sep) ? realFolder : realFolder + sep;
    if (!real.startsWith(top))
      return {
        fault: `is a symbolic link out of the workspace folder, to \`${real}\`; keep a copy in the folder`,
      };
    return readRegular(real);
  },
  async real(path) {
    const real = await placeOf(path);
    return typeof real === 'string' ? real : undefined;
  },
};

async function placeOf(path: string): Promise<string | undefined | Fault> {
  try {
    return await orUndefined(realpath(path));
  } catch (error) {
    if (systemCode(error) === 'ELOOP') return { fault: 'is a symbolic link that leads to itself' };
    throw error;
  }
}

/** Without waiting for whoever writes into a pipe. */
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** What is opened is what is looked at; a pipe that nobody writes to would never end. */
async function readRegular(path: string): Promise<string | undefined | Fault> {
  const file = await orUndefined(open(path, flags));
  if (file === undefined) return undefined;
  try {
    const stats = await file.stat();
    if (stats.isDirectory()) return undefined;
    if (!stats.isFile()) return { fault: 'is no regular file' };
    if (stats.size > mostBytes) return { fault: `is larger than ${mostBytes / 1024 / 1024} MiB` };
    return (await file.readFile()).toString('utf8');
  } finally {
    await file.close();
  }
}
