import assert from 'node:assert/strict';
import { test } from 'node:test';
import { interned, internedValue, longestInterned } from '../../../src/guidelines/interned';

test('a text is what stands between the offsets, however many there are', () => {
  for (let round = 0; round < 100_000; round += 1) {
    const name = `name_${round}`;
    assert.equal(interned(`{${name}}`, 1, 1 + name.length), name);
    assert.equal(internedValue(`${round}:`, 0, String(round).length), round);
  }
});

test('values are read as plain scalars', () => {
  const values = ['true', 'null', '', '0x1F', '1.5', 'text', '~'].map((text) =>
    internedValue(text, 0, text.length),
  );
  assert.deepEqual(values, [true, null, null, 31, 1.5, 'text', null]);
});

test('what is long is cut out as it is', () => {
  const long = 'x'.repeat(longestInterned + 1);
  assert.equal(interned(` ${long}`, 1, 1 + long.length), long);
});
