import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, mkdtemp, open, readlink, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { TarPackController } from 'modern-tar';
import type { Archives } from '../../base/ports';
import { orUndefined } from './absent';

/** Gzipped tars (POSIX pax), written to a temporary file whose length and hash are known before it is sent. */
export const nodeArchives: Archives = {
  async pack(dir, paths, signal) {
    const folder = await mkdtemp(join(tmpdir(), 'servicewright-source-'));
    const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
    try {
      const file = join(folder, 'source.tgz');
      const counted = { files: 0, length: 0 };
      const hash = createHash('sha256');
      const count = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          hash.update(chunk);
          counted.length += chunk.length;
          done(null, chunk);
        },
      });
      const out = await open(file, 'wx', 0o600);
      const tar = Readable.from(tarOf(dir, paths, () => counted.files++));
      await pipeline(tar, createGzip(), count, out.createWriteStream(), { signal });
      const { files, length } = counted;
      return { files, length, sha256: hash.digest('hex'), read: () => createReadStream(file), remove };
    } catch (error) {
      await remove();
      throw error;
    }
  },
};

/** The bytes of a tar; `packed` is called for each file and link in it. */
async function* tarOf(dir: string, paths: readonly string[], packed: () => void): AsyncIterable<Uint8Array> {
  // Only deploys of source trees need it.
  const { createTarPacker } = await import('modern-tar');
  const { readable, controller } = createTarPacker();
  const filled = fill(dir, paths, { controller, packed });
  // Its failure ends the stream too; this keeps it from being nobody's.
  filled.catch((error: unknown) => controller.error(error));
  for await (const chunk of readable) yield chunk;
  await filled;
}

interface Filling {
  readonly controller: TarPackController;
  readonly packed: () => void;
}

async function fill(dir: string, paths: readonly string[], filling: Filling): Promise<void> {
  for (const path of paths) if (await add(join(dir, path), path, filling)) filling.packed();
  filling.controller.finalize();
}

/** Gives whether it was there and something that can be packed. */
async function add(from: string, name: string, { controller }: Filling): Promise<boolean> {
  const stats = await orUndefined(lstat(from));
  if (stats?.isSymbolicLink() === true) {
    const link = { name, type: 'symlink', size: 0, mode: 0o777, linkname: await readlink(from) } as const;
    await controller.add({ ...link, mtime: stats.mtime }).close();
    return true;
  }
  const file = stats?.isFile() === true ? await orUndefined(open(from, 'r')) : undefined;
  if (!file) return false;
  try {
    const { size, mode, mtime } = await file.stat();
    const body = controller.add({
      name,
      type: 'file',
      size,
      mode: (mode & 0o111) === 0 ? 0o644 : 0o755,
      mtime,
    });
    await copy(file, size, { body, from });
  } finally {
    await file.close();
  }
  return true;
}

const chunkSize = 64 * 1024;

async function copy(
  file: FileHandle,
  size: number,
  { body, from }: { readonly body: WritableStream<Uint8Array>; readonly from: string },
): Promise<void> {
  const writer = body.getWriter();
  let left = size;
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(chunkSize), 0, chunkSize);
    left -= bytesRead;
    if (left < 0 || (bytesRead === 0 && left > 0)) throw changed(from);
    if (bytesRead === 0) break;
    await writer.write(buffer.subarray(0, bytesRead));
  }
  await writer.close();
}

const changed = (path: string): Error =>
  Object.assign(new Error(`${path} changed while it was packed`), { code: 'ECHANGED', path });
