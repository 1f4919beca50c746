import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changedFiles } from '../../editor/generate';

test('a file that differs, came or went is stale; an equal one is not', () => {
  const before = new Map([
    ['README.md', 'a'],
    ['src/gone.gen.ts', 'b'],
    ['src/same.gen.ts', 'c'],
  ]);
  const after = new Map([
    ['README.md', 'A'],
    ['src/new.gen.ts', 'd'],
    ['src/same.gen.ts', 'c'],
  ]);
  assert.deepEqual(changedFiles(before, after), ['README.md', 'src/gone.gen.ts', 'src/new.gen.ts']);
  assert.deepEqual(changedFiles(before, before), []);
});
