import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inAlphabet } from '../../../src/guidelines/alphabet';
import { createRandom } from '../../helpers/random';

test('names stand in the order of an English list, whatever is in them', () => {
  const random = createRandom(7);
  const plain = ['a', 'b', 'B', 'z', 'Z', '0', '9', ' '];
  const all = [...plain, 'ä', '-', '_', 'ß'];
  const name = (): string => {
    const characters = random.int(3) > 0 ? plain : all;
    return Array.from({ length: random.int(4) }, () => random.pick(characters)).join('');
  };
  const found = new Set<number>();
  for (let round = 0; round < 20_000; round += 1) {
    const [a, b] = [name(), name()];
    const order = Math.sign(inAlphabet(a, b));
    assert.equal(order, Math.sign(a.localeCompare(b, 'en')), JSON.stringify([a, b]));
    found.add(order);
  }
  assert.equal(found.size, 3);
});
