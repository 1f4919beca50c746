import assert from 'node:assert/strict';
import { lstat, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { nodeArchives } from '../../../src/platform/node/archive';
import { unpackArchive } from '../../../src/platform/node/unpack';
import { temporaryFolder, writeFiles } from '../../helpers/platform';

/** A header of ustar (POSIX.1-1988): name, mode, size, kind and target of a link, with its checksum. */
function header(name: string, kind: '0' | '2', size: number, target = ''): Buffer {
  const block = Buffer.alloc(512);
  const octal = (value: number, length: number): string => value.toString(8).padStart(length - 1, '0');
  block.write(name, 0);
  block.write(octal(0o644, 8), 100);
  block.write(octal(size, 12), 124);
  block.write(' '.repeat(8), 148);
  block.write(kind, 156);
  block.write(target, 157);
  block.write('ustar\x0000', 257);
  block.write(
    `${octal(
      block.reduce((sum, byte) => sum + byte, 0),
      7,
    )}\0 `,
    148,
  );
  return block;
}

const file = (name: string, text: string): Buffer => {
  const body = Buffer.alloc(Math.ceil(text.length / 512) * 512);
  body.write(text);
  return Buffer.concat([header(name, '0', text.length), body]);
};
const link = (name: string, target: string): Buffer => header(name, '2', 0, target);

describe('unpacking a source', () => {
  let root: string;
  let dir: string;
  beforeEach(async () => {
    root = await temporaryFolder();
    dir = join(root, 'into');
    await mkdir(dir);
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  async function unpack(...entries: readonly Buffer[]): Promise<void> {
    const path = join(root, 'x.tgz');
    await writeFile(path, gzipSync(Buffer.concat([...entries, Buffer.alloc(1024)])));
    await unpackArchive(path, dir, 1_000_000);
  }

  test('gives back what was packed, with its links and what may be run', async () => {
    const from = join(root, 'from');
    await writeFiles(from, { 'a.txt': 'a', 'deep/run': '#!/bin/sh\n' });
    const archive = await nodeArchives.pack(from, ['a.txt', 'deep/run'], new AbortController().signal);
    const bytes: Uint8Array[] = [];
    for await (const chunk of archive.read()) bytes.push(chunk);
    await archive.remove();
    await writeFile(join(root, 'x.tgz'), Buffer.concat(bytes));
    await unpackArchive(join(root, 'x.tgz'), dir, 1_000_000);
    assert.equal(await readFile(join(dir, 'a.txt'), 'utf8'), 'a');
    assert.equal((await lstat(join(dir, 'deep', 'run'))).mode & 0o111, 0o111);
  });

  for (const [name, entries] of [
    ['a name that climbs', [file('../escaped', 'x')]],
    ['a name deep inside that climbs', [file('a/../../escaped', 'x')]],
    ['a link that leads out, and a file through it', [link('out', '..'), file('out/escaped', 'x')]],
    [
      'a link that leads out, and new folders behind it',
      [link('out', '..'), file('out/escaped/deep/x', 'x')],
    ],
  ] as const)
    test(`writes nothing outside: ${name}`, async () => {
      await unpack(...entries).catch(() => undefined);
      assert.deepEqual((await readdir(root)).toSorted(), ['into', 'x.tgz']);
    });

  test('an absolute name does not leave the folder', async () => {
    await unpack(file(join(root, 'escaped'), 'x')).catch(() => undefined);
    assert.deepEqual((await readdir(root)).toSorted(), ['into', 'x.tgz']);
  });

  test('a small archive of very much is refused', async () => {
    await assert.rejects(unpack(file('zeros', 'x'.repeat(2_000_000))), RangeError);
  });
});
