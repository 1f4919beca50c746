import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { nodeTrees } from '../../../src/platform/node/trees';

const never = new AbortController().signal;
const file = (path: string, text: string, executable = false) => ({
  path,
  bytes: Buffer.from(text),
  executable,
});
const world = { root: '' };

beforeEach(async () => {
  world.root = await mkdtemp(join(tmpdir(), 'trees-'));
});
afterEach(() => rm(world.root, { recursive: true, force: true }));

test('a tree is written whole, with its exec bits', async () => {
  const dir = join(world.root, 'a/b/new');
  await nodeTrees.create(dir, [file('x/y.txt', 'y'), file('run.sh', '#!', true)], { signal: never });
  assert.equal(await readFile(join(dir, 'x/y.txt'), 'utf8'), 'y');
  assert.equal((await stat(join(dir, 'run.sh'))).mode & 0o111, 0o111);
  assert.deepEqual(await readdir(join(world.root, 'a/b')), ['new']);
});

test('an existing folder with files in it is left as it was', async () => {
  const dir = join(world.root, 'mine');
  await mkdir(dir);
  await writeFile(join(dir, 'precious'), 'mine');
  await assert.rejects(nodeTrees.create(dir, [file('precious', 'theirs')], { signal: never }));
  assert.equal(await readFile(join(dir, 'precious'), 'utf8'), 'mine');
  assert.deepEqual(await readdir(world.root), ['mine']);
});

test('an empty folder is filled', async () => {
  const dir = join(world.root, 'empty');
  await mkdir(dir);
  await nodeTrees.create(dir, [file('a', 'a')], { signal: never });
  assert.deepEqual(await readdir(dir), ['a']);
});

test('a failure in the last step leaves nothing, not even the folders made on the way', async () => {
  const finish = async () => Promise.reject(new Error('git fell over'));
  await assert.rejects(
    nodeTrees.create(join(world.root, 'p/q/new'), [file('a', 'a')], { signal: never, finish }),
    /git fell over/,
  );
  assert.deepEqual(await readdir(world.root), []);
});

test('cancelling leaves nothing', async () => {
  const abort = new AbortController();
  const finish = async () => abort.abort();
  await assert.rejects(
    nodeTrees.create(join(world.root, 'new'), [file('a', 'a')], { signal: abort.signal, finish }),
    { name: 'AbortError' },
  );
  assert.deepEqual(await readdir(world.root), []);
});
