import assert from 'node:assert/strict';
import { test } from 'node:test';
import { basename, dirname, join, relative } from '../../../src/base/paths';
import { count, duration } from '../../../src/base/text';

test('join resolves dots and never climbs above the root', () => {
  assert.equal(join('/a', 'b/c', '../d', './e'), '/a/b/d/e');
  assert.equal(join('/', '..', 'a'), '/a');
  assert.equal(join('a', '../../b'), '../b');
});

test('parts of a path', () => {
  assert.deepEqual([dirname('/a/b'), dirname('/a'), basename('/a/b')], ['/a', '/', 'b']);
  assert.equal(relative('/a', '/a/b/c'), 'b/c');
  assert.equal(relative('/a', '/ab/c'), '/ab/c');
});

test('numbers for people', () => {
  assert.deepEqual(
    [count(1, 'file'), count(0, 'file'), count(2, 'entry', 'entries')],
    ['1 file', '0 files', '2 entries'],
  );
  assert.deepEqual([duration(0.44), duration(12.2), duration(125)], ['0.4 s', '12 s', '2 min 5 s']);
});
