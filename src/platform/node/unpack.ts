import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, realpath, symlink } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { ParsedTarEntry } from 'modern-tar';
import { orUndefined } from './absent';
import { limited } from './limited';

/**
 * Unpacks files, folders and symbolic links of a gzipped tar into `dir`, which exists; nothing is written outside of it, and no more than
 * `most` bytes are read. Throws what is wrong with the archive, RangeError when it holds more, and the system's errors.
 */
export async function unpackArchive(file: string, dir: string, most: number): Promise<void> {
  const { createTarDecoder } = await import('modern-tar');
  const root = await realpath(dir);
  const bytes = limited(most);
  const read = pipeline(createReadStream(file), createGunzip(), bytes);
  // What is wrong with the bytes is thrown below, where they are read.
  read.catch(() => undefined);
  const source = Readable.toWeb(bytes) as ReadableStream<Uint8Array>;
  const entries = source.pipeThrough(createTarDecoder({ strict: true }));
  for await (const entry of entries as unknown as AsyncIterable<ParsedTarEntry>) await write(root, entry);
  await read;
}

async function write(root: string, { header, body }: ParsedTarEntry): Promise<void> {
  const { name, type = 'file', linkname, mode = 0o644 } = header;
  const to = resolve(root, name);
  if (to === root) return body.cancel();
  if (!to.startsWith(root + sep)) throw new Error(`${name} is outside of the archive`);
  // A link that was unpacked before may lead anywhere: looked at before a folder is made behind it.
  const above = await nearest(dirname(to));
  if (above !== root && !above.startsWith(root + sep)) throw new Error(`${name} is outside of the archive`);
  await mkdir(type === 'directory' ? to : dirname(to), { recursive: true });
  if (type === 'file') {
    const bytes = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
    const out = createWriteStream(to, { flags: 'wx', mode: (mode & 0o111) === 0 ? 0o644 : 0o755 });
    return pipeline(bytes, out);
  }
  await body.cancel();
  if (type === 'symlink' && linkname !== undefined) await symlink(linkname, to);
}

/** Where a folder really is, or the nearest one above it that is there. */
async function nearest(dir: string): Promise<string> {
  return (await orUndefined(realpath(dir))) ?? nearest(dirname(dir));
}
