import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmod, link, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { nodeTrees } from '../../../src/platform/node/trees';
import { editsOf, read, side, texts, write } from '../../helpers/tree-texts';

const never = new AbortController().signal;
const journal = '.servicewright-update';
const world = { dir: '' };

beforeEach(async () => {
  world.dir = await mkdtemp(join(tmpdir(), 'change-'));
});
afterEach(() => rm(world.dir, { recursive: true, force: true }));

const change = (edits: Parameters<typeof nodeTrees.change>[1], signal = never) =>
  nodeTrees.change(world.dir, edits, { signal });

test('files are changed, made and taken away, and nothing else is left', async () => {
  await write(world.dir);
  assert.deepEqual(await change(editsOf(texts)), []);
  assert.deepEqual(await read(world.dir), side(1));
  assert.equal(await nodeTrees.recover(world.dir), undefined);
});

test('a new content may be an object that has a path of its own', async () => {
  const next = { path: 'other', bytes: Buffer.from('new'), executable: false };
  await change([{ path: 'file', seen: undefined, next }]);
  assert.deepEqual(await read(world.dir), { file: 'new' });
});

test('modes stay but for the exec bit', async () => {
  await write(world.dir, { 'run.sh': ['1', '2'], private: ['1', '2'] });
  await chmod(join(world.dir, 'private'), 0o640);
  await chmod(join(world.dir, 'run.sh'), 0o640);
  await change(editsOf({ 'run.sh': ['1', '2'], private: ['1', '2'], 'new.sh': [null, ''] }));
  const mode = async (path: string): Promise<number> => (await stat(join(world.dir, path))).mode & 0o777;
  assert.equal(await mode('private'), 0o640);
  assert.equal(await mode('run.sh'), 0o750);
  assert.equal((await mode('new.sh')) & 0o111, 0o111);
});

test('a file that is not as it was seen stops everything', async () => {
  await write(world.dir);
  for (const path of ['same/place', 'kit/deep/er.py', 'ci/config.yml']) {
    const before = await read(world.dir);
    await mkdir(dirname(join(world.dir, path)), { recursive: true });
    await writeFile(join(world.dir, path), 'edited meanwhile');
    await assert.rejects(change(editsOf(texts)), { code: 'ECHANGED', path });
    assert.deepEqual(await read(world.dir), { ...before, [path]: 'edited meanwhile' });
    await rm(world.dir, { recursive: true });
    await mkdir(world.dir);
    await write(world.dir);
  }
  await rm(join(world.dir, 'Makefile'));
  await assert.rejects(change(editsOf(texts)), { code: 'ECHANGED', path: 'Makefile' });
});

test('nothing is written through a link, over a folder, into git or out of the folder', async () => {
  const inside = join(world.dir, 'service');
  const outside = join(world.dir, 'outside');
  await mkdir(join(inside, 'folder'), { recursive: true });
  await mkdir(join(inside, '.git/hooks'), { recursive: true });
  await mkdir(outside);
  await writeFile(join(inside, 'file'), 'mine');
  await symlink(outside, join(inside, 'link'));
  await symlink(join(outside, 'x'), join(inside, 'file-link'));
  const refusals = [
    ['link/x', 'ELOOP'],
    ['link/deep/x', 'ELOOP'],
    ['file-link', 'ELOOP'],
    ['folder', 'EISDIR'],
    ['file/x', 'ENOTDIR'],
    ['../outside/x', 'EINVAL'],
    ['/x', 'EINVAL'],
    ['a/./x', 'EINVAL'],
    ['.git/hooks/post-commit', 'EINVAL'],
    ['a/.GIT/config', 'EINVAL'],
    ['.servicewright-update/committed.json', 'EINVAL'],
    ['a\\..\\x', 'EINVAL'],
    ['C:/x', 'EINVAL'],
  ] as const;
  const before = await readdir(inside, { recursive: true });
  for (const [path, code] of refusals) {
    const edits = editsOf({ 'fine/too': [null, 'fine'], [path]: [null, 'text'] });
    await assert.rejects(nodeTrees.change(inside, edits, { signal: never }), { code, path }, path);
    assert.deepEqual(await readdir(inside, { recursive: true }), before, path);
  }
  assert.deepEqual(await readdir(outside), []);
});

test('a cancel before the mark leaves everything as it was', async () => {
  await write(world.dir);
  const abort = new AbortController();
  abort.abort();
  await assert.rejects(change(editsOf(texts), abort.signal), { name: 'AbortError' });
  assert.deepEqual(await read(world.dir), side(0));
});

test('two changes at once: one is made, the other is told so', async () => {
  await write(world.dir);
  const runs = await Promise.allSettled([change(editsOf(texts)), change(editsOf(texts))]);
  assert.deepEqual(
    runs.map((run) => (run.status === 'fulfilled' ? 'made' : (run.reason as { code: string }).code)),
    ['made', 'EBUSY'],
  );
  assert.deepEqual(await read(world.dir), side(1));
});

async function fakeJournal(name: string, list: object): Promise<void> {
  await mkdir(join(world.dir, journal));
  const { ino: inode } = await stat(join(world.dir, journal));
  await writeFile(join(world.dir, journal, name), JSON.stringify({ inode, folders: [], ...list }));
}

test('a living process keeps its journal', async () => {
  await fakeJournal('list.json', { pid: process.ppid, steps: [] });
  await assert.rejects(change(editsOf({ x: [null, 'x'] })), { code: 'EBUSY' });
  await assert.rejects(nodeTrees.recover(world.dir), { code: 'EBUSY' });
});

test('a journal that came with a repository is thrown away unread', async () => {
  const steps = [{ path: 'x', staged: '0' }];
  await fakeJournal('committed.json', { pid: 1, steps, inode: 1 });
  await writeFile(join(world.dir, journal, '0'), 'evil');
  assert.deepEqual(await nodeTrees.recover(world.dir), { outcome: 'discarded', kept: [] });
  assert.deepEqual(await readdir(world.dir), []);
});

test('a list with a path that leaves the folder is no list', async () => {
  for (const path of ['../x', '.git/hooks/x', '/x', 'a//x']) {
    await fakeJournal('committed.json', { pid: deadPid(), steps: [{ path, staged: '0' }] });
    await writeFile(join(world.dir, journal, '0'), 'evil');
    assert.deepEqual(await nodeTrees.recover(world.dir), { outcome: 'discarded', kept: [] });
  }
  await fakeJournal('committed.json', { pid: deadPid(), steps: [{ path: 'x', staged: '../../y' }] });
  assert.equal((await nodeTrees.recover(world.dir))?.outcome, 'discarded');
  assert.deepEqual(await readdir(world.dir), []);
});

const deadPid = (): number => spawnSync(process.execPath, ['-e', '']).pid;

test('what somebody changed after a crash is left alone by the recovery', async () => {
  const [seen, staged] = ['2c624232cdd221771294dfbb310aca000a0df6ac8b66b696d90ef06fdefb64a3', '0'];
  await fakeJournal('committed.json', {
    pid: deadPid(),
    steps: [
      { path: 'edited', seen, staged },
      { path: 'gone', seen },
      { path: 'edited-too', seen },
      { path: 'made', staged: '1' },
    ],
  });
  await writeFile(join(world.dir, journal, '0'), 'new');
  await writeFile(join(world.dir, journal, '1'), 'new');
  for (const path of ['edited', 'edited-too', 'made']) await writeFile(join(world.dir, path), 'precious');
  assert.deepEqual(await nodeTrees.recover(world.dir), {
    outcome: 'finished',
    kept: ['edited-too', 'edited', 'made'],
  });
  const precious = { edited: 'precious', 'edited-too': 'precious', made: 'precious' };
  assert.deepEqual(await read(world.dir), precious);
});

test('a file with two names changes under the one that was named', async () => {
  await write(world.dir, { file: ['1', '2'] });
  await link(join(world.dir, 'file'), join(world.dir, 'other'));
  await change(editsOf({ file: ['1', '2'] }));
  assert.deepEqual(await read(world.dir), { mine: 'mine', file: '2', other: '1' });
});
