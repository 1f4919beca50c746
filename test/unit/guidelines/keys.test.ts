import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byKeys, hasAny } from '../../../src/guidelines/layout';
import type { TreeNode } from '../../../src/guidelines/tree';
import { createRandom } from '../../helpers/random';
import { read } from './helpers';

const under = (entries: string): TreeNode => {
  const indented = entries.replaceAll(/^(?=.)/gm, '  ');
  const { ownRoot } = read(`openapi: 3.1.0\nx-map:\n${indented}`);
  const map = ownRoot.get('x-map');
  assert.ok(map);
  return map;
};

test('a key is found however it is written, and one that is not there is not', () => {
  const map = under(`plain: 1\n"quoted": 2\n'single': 3\n"a\\tb": 4\n'it''s': 5\n"": 6\nü: 7\n`);
  const found = ['plain', 'quoted', 'single', 'a\tb', "it's", '', 'ü'].map((key) => map.get(key)?.value);
  assert.deepEqual(found, [1, 2, 3, 4, 5, 6, 7]);
  for (const key of ['plaim', 'pain', '"quoted"', 'a\\tb', "it''s", 'u', '<<'])
    assert.equal(map.get(key), undefined);
});

test('what is merged in is found, and what several maps merge', () => {
  const map = under('base: &base { a: 1, b: 2 }\nmore: { <<: *base, b: 3 }\nmost: { <<: [*base], c: 4 }\n');
  const says = (name: string, key: string): unknown => map.get(name)?.get(key)?.value;
  assert.deepEqual([says('more', 'a'), says('more', 'b'), says('more', 'c')], [1, 3, undefined]);
  assert.deepEqual([says('most', 'a'), says('most', 'b'), says('most', 'c')], [1, 2, 4]);
});

test('whatever keys there are, each is found and no other', () => {
  const { int } = createRandom(7);
  const word = (): string => Array.from({ length: int(4) }, () => 'abc$-ü"\''[int(8)] ?? '').join('');
  for (let round = 0; round < 500; round += 1) {
    const keys = new Set(Array.from({ length: int(10) }, word));
    const map = under([...keys, 'last'].map((key) => `${JSON.stringify(key)}: ${key.length}\n`).join(''));
    for (const key of keys) assert.equal(map.get(key)?.value, key.length);
    for (const key of Array.from({ length: 20 }, word)) assert.equal(map.has(key), keys.has(key), key);
  }
});

test('maps with the same keys in the same order share one layout, and no others', () => {
  const map = under(
    'a: { x: 1, y: 2 }\nb: { x: 3, y: 4 }\nc: { y: 1, x: 2 }\nd: { x: 1 }\ne: { xy: 1 }\nf: { "x": 1, y: 2 }\n',
  );
  const layout = (name: string): unknown => map.get(name)?.layout;
  assert.equal(layout('a'), layout('b'));
  assert.equal(new Set(['a', 'c', 'd', 'e', 'f'].map(layout)).size, 5);
});

test('what follows from keys alone is asked once for all maps that have them', () => {
  let asked = 0;
  const count = byKeys(({ keys }) => {
    asked += 1;
    return keys.length;
  });
  const map = under('a: { once: 1, asked: 2 }\nb: { once: 3, asked: 4 }\nc: {}\nd: [once]\n');
  assert.deepEqual(
    map.children.map((one) => count(one)),
    [2, 2, 0, 0],
  );
  assert.equal(asked, 2);
});

test('a key that stands twice is seen, and the first counts', () => {
  const map = under('a: { x: 1, y: 2, x: 3 }\nb: { x: 1, y: 2 }\n');
  assert.equal(map.get('a')?.layout.isDistinct, false);
  assert.equal(map.get('b')?.layout.isDistinct, true);
  assert.equal(map.get('a')?.get('x')?.value, 1);
});

test('one of some keys is found also in what is merged in and behind an alias', () => {
  const has = hasAny(['x', 'y']);
  const map = under('a: &a { x: 1 }\nb: { <<: *a, z: 1 }\nc: *a\nd: { z: 1 }\n');
  assert.deepEqual(
    map.children.map((one) => has(one)),
    [true, true, true, false],
  );
});
