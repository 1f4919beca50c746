import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from '../../../src/base/text';

const known = ['name', 'description', 'owner'];

test('a misspelled word is told from a strange one', () => {
  for (const [word, meant] of [
    ['nmae', 'name'],
    ['nam', 'name'],
    ['Name', 'name'],
    ['names', 'name'],
    ['desciption', 'description'],
    ['describtion', 'description'],
    ['onwer', 'owner'],
    ['name', 'name'],
  ] as const)
    assert.equal(nearest(word, known), meant, word);
  for (const word of ['port', 'x', '', 'constructor']) assert.equal(nearest(word, known), undefined, word);
  assert.equal(nearest('name', []), undefined);
});
