import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, readFile, readdir, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { nodeArchives } from '../../../src/platform/node/archive';
import { nodeHttp } from '../../../src/platform/node/http';
import { temporaryFolder } from '../../helpers/platform';

/** What is packed is unpacked by the tar of this machine, as a platform does it. */

const signal = new AbortController().signal;
let root = '';
let tree = '';
before(async () => {
  root = await temporaryFolder();
  tree = join(root, 'tree');
});
after(() => rm(root, { recursive: true, force: true }));

async function write(path: string, text: string | Buffer, mode = 0o644): Promise<void> {
  await mkdir(dirname(join(tree, path)), { recursive: true });
  await writeFile(join(tree, path), text);
  await chmod(join(tree, path), mode);
}

async function bytesOf(from: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of from) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function unpacked(paths: readonly string[]): Promise<string> {
  const archive = await nodeArchives.pack(tree, paths, signal);
  const bytes = await bytesOf(archive.read());
  assert.equal(bytes.length, archive.length);
  assert.equal(createHash('sha256').update(bytes).digest('hex'), archive.sha256);
  await archive.remove();
  const to = join(root, `out-${Math.random()}`);
  await mkdir(to);
  execFileSync('tar', ['-xzf', '-', '-C', to], { input: bytes });
  return to;
}

const deep = `${'a-folder-with-a-long-name/'.repeat(12)}${'x'.repeat(120)}.py`;

describe('an archive', () => {
  test('keeps contents, exec bits, links, long names and names in any script', async () => {
    const big = Buffer.alloc(9_000_000, 'servicewright ');
    await write('manage.py', '#!/usr/bin/env python3\n', 0o755);
    await write('empty', '');
    await write('größe/日本語.txt', 'ü\n');
    await write(deep, 'deep\n');
    await write('big.bin', big);
    await write('secretive', 'x', 0o600);
    await symlink('manage.py', join(tree, 'run'));
    await symlink(`${'t'.repeat(150)}`, join(tree, 'far'));
    const paths = ['manage.py', 'empty', 'größe/日本語.txt', deep, 'big.bin', 'secretive', 'run', 'far'];
    const to = await unpacked([...paths, 'gone', 'größe']);
    const modes = await Promise.all(
      ['manage.py', 'empty', 'secretive'].map(async (name) => (await lstat(join(to, name))).mode & 0o777),
    );
    assert.deepEqual(modes, [0o755, 0o644, 0o644]);
    assert.equal(await readFile(join(to, 'größe/日本語.txt'), 'utf8'), 'ü\n');
    assert.equal(await readFile(join(to, deep), 'utf8'), 'deep\n');
    assert.ok((await readFile(join(to, 'big.bin'))).equals(big));
    assert.equal(await readlink(join(to, 'run')), 'manage.py');
    assert.equal(await readlink(join(to, 'far')), 't'.repeat(150));
    assert.deepEqual((await readdir(to)).toSorted(), [
      'a-folder-with-a-long-name',
      'big.bin',
      'empty',
      'far',
      'größe',
      'manage.py',
      'run',
      'secretive',
    ]);
  });

  test('names what it can’t read, leaves nothing, and ends when it is cancelled', async () => {
    await write('one', 'x');
    await assert.rejects(nodeArchives.pack(tree, ['one', 'y'.repeat(300)], signal), { code: 'ENAMETOOLONG' });
    await assert.rejects(nodeArchives.pack(tree, ['one'], AbortSignal.abort()), { name: 'AbortError' });
  });

  test('is sent with its length and no other framing', async () => {
    await write('one', 'x'.repeat(200_000));
    const archive = await nodeArchives.pack(tree, ['one'], signal);
    const seen: Record<string, unknown> = {};
    const server = createServer((request, response) => {
      const {
        'content-length': length,
        'transfer-encoding': encoding,
        'content-type': type,
      } = request.headers;
      Object.assign(seen, { length, encoding, type });
      void bytesOf(request).then((body) => {
        seen['hash'] = createHash('sha256').update(body).digest('hex');
        response.end('taken');
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/put`;
    const response = await nodeHttp.send(
      { method: 'PUT', url, headers: { 'content-type': '' }, body: archive },
      signal,
    );
    let text = '';
    for await (const chunk of response.body) text += chunk;
    server.close();
    await archive.remove();
    assert.equal(text, 'taken');
    const { length, sha256: hash } = archive;
    assert.deepEqual(seen, { length: String(length), encoding: undefined, type: '', hash });
  });
});
