import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { limited } from '../../platform/node/limited';
import { unpackArchive } from '../../platform/node/unpack';
import { systemCode } from '../../base/errors';
import { badRequest, sourceTooLarge } from '../errors';
import { ensureOwnerOnly } from '../home';

/** Packed sources that were sent to the platform, each until it was built, and none longer than the engine lives. */
export interface Sources {
  /** A new name for one. */
  make(): string;
  /** Takes the bytes; sent again, they stand in the place of those of before. Throws UserError `embedded/source-too-large`. */
  take(id: string, request: IncomingMessage): Promise<void>;
  /**
   * Unpacks it into a folder of its own, having compared its hash (`SHA256:…`). Gives the folder, and what takes it away. Throws UserError
   * `embedded/bad-request`.
   */
  unpack(id: string, checksum: string | undefined): Promise<Unpacked>;
}

export interface Unpacked {
  readonly dir: string;
  remove(): Promise<void>;
}

const largest = 1024 ** 3;

export async function openSources(home: string): Promise<Sources> {
  const root = join(home, 'sources');
  await rm(root, { recursive: true, force: true });
  await ensureOwnerOnly(root);
  const fileOf = (id: string): string => join(root, `${id}.tgz`);
  return {
    make: randomUUID,
    async take(id, request) {
      const file = await open(fileOf(id), 'w', 0o600);
      try {
        await pipeline(request, limited(largest), file.createWriteStream());
      } catch (error) {
        await rm(fileOf(id), { force: true });
        throw error instanceof RangeError ? sourceTooLarge('The source') : error;
      }
    },
    async unpack(id, checksum) {
      const file = fileOf(id);
      if (!(await isThere(file))) throw badRequest('Nothing was sent to the address of that source');
      await compare(file, checksum);
      const dir = await mkdtemp(join(root, 'tree-'));
      const remove = (): Promise<void> => rm(dir, { recursive: true, force: true });
      try {
        await unpackArchive(file, dir, largest);
      } catch (error) {
        await remove();
        if (error instanceof RangeError) throw sourceTooLarge('The source');
        if (systemCode(error) === 'ENOSPC') throw error;
        throw badRequest('The source is no gzipped tar');
      }
      await rm(file, { force: true });
      return { dir, remove };
    },
  };
}

async function isThere(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  return stats?.isFile() === true;
}

async function compare(file: string, checksum: string | undefined): Promise<void> {
  if (checksum === undefined) return;
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  if (checksum.toLowerCase() !== `sha256:${hash.digest('hex')}`)
    throw badRequest('The source that arrived has another checksum than the one that was said');
}
