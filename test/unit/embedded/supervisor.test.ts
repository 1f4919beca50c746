import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Instance } from '../../../src/embedded/run/instance';
import type { Exit } from '../../../src/embedded/run/spawn';
import { supervise } from '../../../src/embedded/run/supervisor';
import { leastActive } from '../../../src/embedded/run/router';
import { createTarget } from '../../../src/embedded/run/target';
import { eventually } from '../../helpers/platform';

/** A process that ends when the test says. */
function process(): { readonly instance: Instance; end(code: number): void } {
  let end: (exit: Exit) => void = () => undefined;
  const exited = new Promise<Exit>((resolve) => (end = resolve));
  const child = { pid: 1, exited, end: async () => end({ code: null, signal: 'SIGTERM' }) };
  const instance: Instance = { dyno: 'web.1', port: 1, child, lines: [], since: new Date() };
  return { instance, end: (code) => end({ code, signal: null }) };
}

test('a process that ends again and again is started with longer pauses, and is called crashed from the fifth time on', async () => {
  const states: string[] = [];
  const pauses: number[] = [];
  const said: string[] = [];
  let starts = 0;
  const supervisor = supervise({
    dyno: 'web.1',
    async start() {
      starts += 1;
      const one = process();
      one.end(1);
      return one.instance;
    },
    onUp: () => undefined,
    onDown: () => undefined,
    onChange: () => states.push(supervisor?.state ?? ''),
    say: (text) => said.push(text),
    pause: async (ms) => {
      pauses.push(ms);
      // From here on somebody mended it: it is asked no more.
      if (pauses.length === 8) supervisor.retire();
    },
  });
  await eventually('it gave up asking', () => pauses.length === 8);
  assert.deepEqual(pauses, [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
  assert.equal(starts, 8);
  const afterwards = states.filter((one) => one === 'restarting' || one === 'crashed');
  assert.deepEqual(afterwards.slice(0, 6), [
    'restarting',
    'restarting',
    'restarting',
    'restarting',
    'crashed',
    'crashed',
  ]);
  assert.equal(said[0], 'Process ended with exit code 1');
  await supervisor.stop(1);
  assert.equal(supervisor.state, 'stopped');
});

test('a start that fails counts as an end, and says why', async () => {
  const said: string[] = [];
  let tries = 0;
  const good = process();
  const supervisor = supervise({
    dyno: 'web.1',
    async start() {
      tries += 1;
      if (tries < 3) throw new Error('no database');
      return good.instance;
    },
    onUp: () => undefined,
    onDown: () => undefined,
    onChange: () => undefined,
    say: (text) => said.push(text),
    pause: async () => undefined,
  });
  await eventually('it is up', () => supervisor.state === 'up');
  assert.deepEqual(said, ['no database', 'no database']);
  assert.equal(supervisor.restarts, 2);
  await supervisor.stop(1);
});

test('a request goes to the process with the fewest under way, and else to each in its turn', () => {
  const [a, b, c] = [1, 2, 3].map((port) => createTarget('127.0.0.1', port, 1));
  assert.ok(a && b && c);
  const all = [a, b, c];
  assert.deepEqual(
    [0, 1, 2, 3].map((turn) => leastActive(all, turn)?.port),
    [1, 2, 3, 1],
  );
  a.active = 2;
  c.active = 1;
  assert.deepEqual(
    [0, 1].map((turn) => leastActive(all, turn)?.port),
    [2, 2],
  );
  assert.equal(leastActive([], 5), undefined);
});
