import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { createCache } from '../../../src/platform/node/cache';
import { cacheFolder } from '../../../src/platform/node/cache-folder';

const place = { root: '' };
beforeEach(() => {
  place.root = mkdtempSync(join(tmpdir(), 'cache-'));
});
afterEach(() => rmSync(place.root, { recursive: true, force: true }));

const dir = (): string => join(place.root, 'cache');

/** Fills an entry with one file, beside something that is not kept. */
const fill =
  (text: string) =>
  async (work: string): Promise<string> => {
    mkdirSync(join(work, 'kept'));
    writeFileSync(join(work, 'kept', 'a.txt'), text);
    writeFileSync(join(work, 'rest.txt'), 'x');
    return join(work, 'kept');
  };

test('an entry is what was kept of the work, and nothing else is left', async () => {
  const cache = createCache(dir());
  assert.equal(await cache.find('one'), undefined);
  assert.ok(!existsSync(dir()), 'looking makes nothing');
  const made = await cache.make('one', fill('a'));
  assert.equal(await cache.find('one'), made);
  assert.equal(readFileSync(join(made, 'a.txt'), 'utf8'), 'a');
  assert.deepEqual(readdirSync(dir()), ['one']);
});

test('work that fails leaves nothing', async () => {
  const cache = createCache(dir());
  const fails = async (work: string): Promise<string> => {
    writeFileSync(join(work, 'half.txt'), 'x');
    throw new Error('no');
  };
  await assert.rejects(cache.make('one', fails), /no/);
  assert.deepEqual(readdirSync(dir()), []);
  assert.equal(await cache.find('one'), undefined);
});

test('the entry that was there first stays', async () => {
  const cache = createCache(dir());
  await cache.make('one', fill('first'));
  const made = await cache.make('one', fill('second'));
  assert.equal(readFileSync(join(made, 'a.txt'), 'utf8'), 'first');
  assert.deepEqual(readdirSync(dir()), ['one']);
});

test('what a killed process left is taken away, and what a running one writes stays', async () => {
  mkdirSync(join(dir(), '.4194300-00000000.partial'), { recursive: true });
  mkdirSync(join(dir(), `.${process.pid}-00000000.partial`));
  await createCache(dir()).make('one', fill('a'));
  assert.deepEqual(readdirSync(dir()), [`.${process.pid}-00000000.partial`, 'one']);
});

test('a note is what it was set to last', async () => {
  const cache = createCache(dir());
  assert.equal(await cache.note('ref'), undefined);
  await cache.setNote('ref', 'a');
  await cache.setNote('ref', 'b');
  assert.equal(await cache.note('ref'), 'b');
  assert.equal(await cache.find('ref'), undefined);
});

test('no name leaves the cache', async () => {
  const cache = createCache(dir());
  for (const name of ['../x', '', '.', 'a/b', '.hidden', 'a\\b'])
    await assert.rejects(cache.find(name), /no name of a cache entry/, name);
});

test('the folder is what the environment says, else the system has one', () => {
  assert.equal(cacheFolder({ SERVICEWRIGHT_CACHE: '/c' }, 'linux'), '/c');
  assert.equal(cacheFolder({ XDG_CACHE_HOME: '/x' }, 'linux'), '/x/servicewright');
  const usual = join(homedir(), '.cache', 'servicewright');
  assert.equal(cacheFolder({ XDG_CACHE_HOME: 'relative' }, 'linux'), usual);
  assert.equal(cacheFolder({ SERVICEWRIGHT_CACHE: '' }, 'linux'), usual);
  assert.equal(cacheFolder({}, 'darwin'), join(homedir(), 'Library', 'Caches', 'servicewright'));
  assert.equal(cacheFolder({ LOCALAPPDATA: '/l' }, 'win32'), join('/l', 'servicewright', 'cache'));
});
