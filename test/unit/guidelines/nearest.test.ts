import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Gathered } from '../../../src/guidelines/gathered';
import { worstAround } from '../../../src/guidelines/host/lsp/nearest';
import { gradedOf } from '../../../src/guidelines/known';
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
/** In one list, and cut into lists at each place. */
const cuts = [
  Gathered.of(all),
  ...all.slice(1).map((_, at) => new Gathered([all.slice(0, at + 1), all.slice(at + 1)].map(gradedOf))),
  new Gathered(all.map((one) => gradedOf([one]))),
];

function shown(place: number, most: number): readonly number[] {
  const [first, ...others] = cuts.map((cut) => worstAround(cut, place, most).map(({ start }) => start));
  for (const other of others) assert.deepEqual(other, first);
  return first ?? [];
}

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
  assert.deepEqual(worstAround(Gathered.of([]), 5, 3), []);
});

test('what touches a span is found in all lists', () => {
  for (const cut of cuts) {
    assert.deepEqual(
      cut.touching(111, 130).map(({ start }) => start),
      [10, 20, 30],
    );
    assert.deepEqual(cut.touching(112, 119), []);
    assert.equal(cut.all.length, cut.length);
  }
});
