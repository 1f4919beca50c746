import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pause } from '../../../src/base/pause';
import type { Pause } from '../../../src/base/pause';
import { withSilences } from '../../../src/deploy/providers/silence';

const after = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

test('silences are told between the items, and none is lost', async () => {
  const items = async function* (): AsyncIterable<number> {
    yield 1;
    yield 2;
    await after(120);
    yield 3;
  };
  const seen: (number | undefined)[] = [];
  for await (const one of withSilences(items(), pause, 30)) seen.push(one);
  assert.deepEqual(
    seen.filter((one) => one !== undefined),
    [1, 2, 3],
  );
  assert.deepEqual([seen[0], seen[1], seen[2], seen.at(-1)], [1, 2, undefined, 3]);
});

test('an error comes through, and leaving in a silence does not wait for its end', async () => {
  const broken = async function* (): AsyncIterable<number> {
    yield 1;
    throw new Error('cut');
  };
  await assert.rejects(async () => {
    for await (const _ of withSilences(broken(), pause, 30)) await after(1);
  }, /cut/);
  const endless = async function* (): AsyncIterable<number> {
    await new Promise(() => undefined);
    yield 1;
  };
  for await (const one of withSilences(endless(), pause, 10)) {
    assert.equal(one, undefined);
    break;
  }
});

test('no timer is left, however it ends', async () => {
  const waiting = new Set<AbortSignal>();
  const counted: Pause = async (ms, signal) => {
    waiting.add(signal);
    await pause(ms, signal).finally(() => waiting.delete(signal));
  };
  const broken = async function* (): AsyncIterable<number> {
    yield 1;
    throw new Error('cut');
  };
  await assert.rejects(async () => {
    for await (const one of withSilences(broken(), counted, 60_000)) assert.equal(one, 1);
  }, /cut/);
  await after(1);
  assert.equal(waiting.size, 0);
});
