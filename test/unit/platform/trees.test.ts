import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
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

test('a failure while files are written leaves nothing, whichever file it was', async () => {
  const files = Array.from({ length: 40 }, (_, index) => file(`f${index}`, 'x'));
  const clash = [...files.slice(0, 20), file('f3/below-a-file', 'x'), ...files.slice(20)];
  await assert.rejects(nodeTrees.create(join(world.root, 'p/new'), clash, { signal: never }));
  assert.deepEqual(await readdir(world.root), []);
});

test('a failed run takes away only what it made: what somebody else put there meanwhile stays', async () => {
  const finish = async (): Promise<void> => {
    await writeFile(join(world.root, 'p/theirs'), 'theirs');
    throw new Error('git fell over');
  };
  await assert.rejects(
    nodeTrees.create(join(world.root, 'p/q/new'), [file('a', 'a')], { signal: never, finish }),
  );
  assert.equal(await readFile(join(world.root, 'p/theirs'), 'utf8'), 'theirs');
  assert.deepEqual(await readdir(join(world.root, 'p')), ['theirs']);
});

test('what a killed run left goes with the next one; what another run is writing stays', async () => {
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  const left = `.new.${dead}-00112233.partial`;
  const busy = `.new.${process.pid}-00112233.partial`;
  const others = [
    '.new.x.partial',
    `.newer.${dead}-00112233.partial`,
    '.new.1',
    `new.${dead}-00112233.partial`,
  ];
  for (const name of [left, busy, ...others]) {
    await mkdir(join(world.root, name));
    await writeFile(join(world.root, name, 'a'), 'a');
  }
  await nodeTrees.create(join(world.root, 'new'), [file('a', 'a')], { signal: never });
  assert.deepEqual((await readdir(world.root)).sort(), [...others, busy, 'new'].sort());
});

test('two runs at once make one tree', async () => {
  const dir = join(world.root, 'new');
  const runs = await Promise.allSettled(
    ['1', '2', '3'].map((text) =>
      nodeTrees.create(dir, [file('a', text), file('b', text)], { signal: never }),
    ),
  );
  assert.equal(runs.filter((run) => run.status === 'fulfilled').length, 1);
  assert.equal(await readFile(join(dir, 'a'), 'utf8'), await readFile(join(dir, 'b'), 'utf8'));
  assert.deepEqual(await readdir(world.root), ['new']);
});

test('what stands in the way is found without writing', async () => {
  const at = (...parts: readonly string[]): string => join(world.root, ...parts);
  await mkdir(at('empty'));
  await mkdir(at('full'));
  await writeFile(at('full/a'), 'a');
  await writeFile(at('file'), 'a');
  await symlink(at('empty'), at('link'));
  assert.equal(await nodeTrees.obstacle(at('new')), undefined);
  assert.equal(await nodeTrees.obstacle(at('a/b/c/new')), undefined);
  assert.equal(await nodeTrees.obstacle(at('empty')), undefined);
  assert.equal(await nodeTrees.obstacle(at('link/new')), undefined);
  assert.deepEqual(await nodeTrees.obstacle(at('full')), { code: 'ENOTEMPTY', path: at('full') });
  assert.deepEqual(await nodeTrees.obstacle(at('file')), { code: 'EEXIST', path: at('file') });
  assert.deepEqual(await nodeTrees.obstacle(at('link')), { code: 'EEXIST', path: at('link') });
  assert.deepEqual(await nodeTrees.obstacle(at('file/new')), { code: 'ENOTDIR', path: at('file') });
  assert.deepEqual(await nodeTrees.obstacle(at('file/a/b')), { code: 'ENOTDIR', path: at('file') });
  assert.deepEqual((await readdir(world.root)).sort(), ['empty', 'file', 'full', 'link']);
});
