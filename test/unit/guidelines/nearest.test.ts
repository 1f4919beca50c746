import assert from 'node:assert/strict';
import { test } from 'node:test';
import { worstAround } from '../../../src/guidelines/host/lsp/nearest';
import type { Severity } from '../../../src/guidelines/rule';
import type { Told } from '../../../src/guidelines/told';

function told(start: number, severity: Severity): Told {
  const unit = { start: 100 };
  return { rule: 'a', severity, message: '', unit, start, end: start + 1, at: undefined, isOfWhole: false };
}

const all = [
  told(0, 'hint'),
  told(10, 'warning'),
  told(20, 'hint'),
  told(30, 'error'),
  told(40, 'hint'),
  told(50, 'warning'),
];
const shown = (place: number, most: number): readonly number[] =>
  worstAround(all, place, most).map(({ start }) => start);

test('the worst are shown, and of the next those around the place, in the order of the text', () => {
  assert.deepEqual(shown(100, 1), [30]);
  assert.deepEqual(shown(100, 2), [10, 30]);
  assert.deepEqual(shown(500, 2), [30, 50]);
  assert.deepEqual(shown(141, 4), [10, 30, 40, 50]);
  assert.deepEqual(shown(0, 5), [0, 10, 20, 30, 50]);
  assert.deepEqual(shown(0, 0), []);
});

test('all are shown when they are few', () => {
  assert.deepEqual(shown(0, 6), [0, 10, 20, 30, 40, 50]);
  assert.deepEqual(worstAround([], 5, 3), []);
});
