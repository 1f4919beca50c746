import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTyped } from '../../../src/deploy/typed';

test('what was typed before anybody reads is read first, and all of it before the end', async () => {
  const typed = createTyped();
  typed.push('a');
  typed.push('b');
  const read: string[] = [];
  const reading = (async () => {
    for await (const text of typed.texts) read.push(text);
  })();
  await new Promise((done) => setImmediate(done));
  typed.push('c');
  await new Promise((done) => setImmediate(done));
  typed.push('d');
  typed.end();
  await reading;
  assert.deepEqual(read, ['ab', 'c', 'd']);
});
