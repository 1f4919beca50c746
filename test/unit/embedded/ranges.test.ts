import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idOf, isId } from '../../../src/embedded/api/ids';
import { createLinks } from '../../../src/embedded/api/links';
import { pageOf } from '../../../src/embedded/api/ranges';
import type { Entry } from '../../../src/embedded/api/ranges';
import { wordsOf } from '../../../src/embedded/api/streams';

const entryOf = (keys: Entry['keys']): Entry => ({ keys, shape: () => keys });
const releases = Array.from({ length: 12 }, (_, n) => entryOf({ id: idOf(n), version: n + 1 }));
const versions = (entries: readonly Entry[]): readonly unknown[] =>
  entries.map(({ keys }) => keys['version']);

test('a list is cut into pages, each of which says how the next is asked for', () => {
  const seen: unknown[] = [];
  let range: string | undefined = 'version ..; max=5, order=desc';
  const pages: (string | undefined)[] = [];
  while (range !== undefined) {
    const page = pageOf(releases, range, 'id');
    seen.push(...versions(page.entries));
    pages.push(page.contentRange);
    range = page.nextRange;
  }
  assert.deepEqual(seen, [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  assert.deepEqual(pages, ['version 12..8', 'version 7..3', 'version 2..1']);
});

test('bounds are those that are said, and numbers are no words', () => {
  assert.deepEqual(versions(pageOf(releases, 'version 9..11', 'id').entries), [9, 10, 11]);
  assert.deepEqual(versions(pageOf(releases, 'version ]9..; max=2', 'id').entries), [10, 11]);
  assert.deepEqual(versions(pageOf(releases, 'version 3..1; order=desc', 'id').entries), [3, 2, 1]);
  assert.equal(pageOf(releases, undefined, 'id').entries.length, 12);
  assert.deepEqual(pageOf([], undefined, 'id'), { entries: [] });
  const names = [entryOf({ name: 'b' }), entryOf({ name: 'a' })];
  assert.deepEqual(
    pageOf(names, undefined, 'name').entries.map(({ keys }) => keys['name']),
    ['a', 'b'],
  );
});

test('a range that can’t be read is refused', () => {
  for (const range of [
    'nonsense',
    'version',
    'version ..; max=0',
    'version ..; max=1001',
    'version ..; max=x',
    'version ..; order=up',
    'colour ..',
    'bytes=0-',
  ])
    assert.throws(() => pageOf(releases, range, 'id'), { code: 'embedded/bad-range' }, range);
});

test('an id is a UUID, and always the same for the same thing', () => {
  assert.ok(isId(idOf('app', 'orders')));
  assert.match(idOf('app', 'orders'), /^.{14}8.{4}[89ab]/);
  assert.equal(idOf('app', 'orders'), idOf('app', 'orders'));
  assert.notEqual(idOf('app', 'orders'), idOf('apporders'));
});

test('an address is good as it was made, for its time and its engine alone', () => {
  let now = 0;
  const links = createLinks(() => new Date(now));
  const { pathname, searchParams } = new URL(links.make('http://x', '/logs/a', { lines: '5' }, 60));
  assert.ok(links.isGood(pathname, searchParams));
  assert.ok(!links.isGood('/logs/b', searchParams));
  const more = new URLSearchParams(searchParams);
  more.set('lines', '6');
  assert.ok(!links.isGood(pathname, more));
  const late = new URLSearchParams(searchParams);
  late.set('until', '999999999');
  assert.ok(!links.isGood(pathname, late));
  assert.ok(!createLinks(() => new Date(now)).isGood(pathname, searchParams));
  assert.ok(!links.isGood(pathname, new URLSearchParams()));
  now = 60_001;
  assert.ok(!links.isGood(pathname, searchParams));
});

const events = [
  { type: 'started' },
  { type: 'stage', stage: 'build', state: 'started' },
  { type: 'log', text: 'installing' },
  { type: 'release', release: 1 },
  { type: 'log', text: 'booting' },
  { type: 'finished', outcome: 'failed', error: { lines: ['why'], message: 'It ended.' } },
];

async function words(kind: 'build' | 'release', part: 'build' | 'release'): Promise<readonly string[]> {
  const lines = async function* () {
    yield* events.map((one) => JSON.stringify(one));
  };
  const said: string[] = [];
  for await (const word of wordsOf(lines(), kind, part)) said.push(word);
  return said;
}

test('what comes before its release is a build’s, what comes after it the release’s', async () => {
  assert.deepEqual(await words('build', 'build'), ['==> build', 'installing']);
  assert.deepEqual(await words('build', 'release'), ['booting', 'why', 'It ended.']);
  assert.deepEqual(await words('release', 'release'), [
    '==> build',
    'installing',
    'booting',
    'why',
    'It ended.',
  ]);
});
