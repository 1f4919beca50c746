import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maskOf } from '../../../src/guidelines/keys';
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

test('a mask is worked out once, also that of an empty map', () => {
  const map = under('empty: {}\n').get('empty');
  assert.ok(map);
  assert.notEqual(maskOf(map.unit, map.row), 0);
  assert.equal(map.get('a'), undefined);
});
