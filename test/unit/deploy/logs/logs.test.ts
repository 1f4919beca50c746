import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UserError } from '../../../../src/base/errors';
import type { Provider } from '../../../../src/deploy';
import { createLogBuffer, withMarks } from '../../../../src/deploy/logs/buffer';
import { processOf, readFilter } from '../../../../src/deploy/logs/filter';
import type { LineFilter } from '../../../../src/deploy/logs/filter';
import { candidates, framesOf } from '../../../../src/deploy/logs/frames';
import { readLog } from '../../../../src/deploy/logs/reader';
import { targetFor } from '../../../helpers/platform';

const line = (process: string, text: string): string => `2026-12-01T10:00:00Z app[${process}]: ${text}`;

function filterOf(text: string): LineFilter {
  const filter = readFilter(text);
  assert.ok(typeof filter !== 'string', String(filter));
  return filter;
}

test('a filter: words, words that must not be there, processes, patterns', () => {
  const lines = [
    line('web.1', 'GET /orders 200'),
    line('web.2', 'GET /health 200'),
    line('worker.1', 'Error: boom'),
  ];
  const shown = (text: string): readonly number[] =>
    lines.flatMap((one, at) => (filterOf(text)(one) ? [at] : []));
  assert.deepEqual(shown(''), [0, 1, 2]);
  assert.deepEqual(shown('get -HEALTH'), [0]);
  assert.deepEqual(shown('web:'), [0, 1]);
  assert.deepEqual(shown('web.2: 200'), [1]);
  assert.deepEqual(shown('/boom|\\/orders/'), [0, 2]);
  assert.deepEqual(shown('/ERROR/i'), [2]);
  assert.equal(typeof readFilter('/(/'), 'string');
  assert.equal(processOf('something else'), undefined);
});

test('a paused log holds lines back, a filter hides them, and both say so', () => {
  const buffer = createLogBuffer();
  buffer.push('one');
  buffer.pause();
  buffer.push('two');
  assert.equal(buffer.text(), 'one\n──── paused; 1 more lines are waiting ────\n');
  buffer.resume();
  buffer.push(withMarks('2026-12-01T10:00:00Z platform[api]: Release v4 is live'));
  buffer.show(filterOf('two'), 'two');
  assert.equal(
    buffer.text(),
    'two\n──── v4 is live since 2026-12-01T10:00:00Z ────\n──── only lines with two; 1 are hidden ────\n',
  );
  buffer.show(undefined, '');
  buffer.clear();
  assert.equal(buffer.text(), '');
});

test('where the platform keeps a release is left out of paths', () => {
  const kept = '/home/jane/.local/state/servicewright/apps/shop/slugs/0123456789abcdef0123';
  assert.equal(
    withMarks(`  File "${kept}/orders/views.py", line 12, in get`),
    '  File "orders/views.py", line 12, in get',
  );
  assert.equal(withMarks('GET /apps/shop/slugs/mine/'), 'GET /apps/shop/slugs/mine/');
});

test('only the newest lines are kept, and what a new stream repeats is not taken twice', () => {
  const buffer = createLogBuffer(10);
  for (let n = 0; n < 100; n++) buffer.push(`line ${n}`);
  assert.ok(buffer.text().split('\n').length <= 12);
  buffer.again();
  for (const one of ['line 98', 'line 99', 'line 100']) buffer.push(one);
  assert.match(buffer.text(), /line 98\nline 99\nline 100\n$/);
  assert.equal(buffer.text().match(/line 99/g)?.length, 1);
});

test('places in stack traces: Python, JavaScript, Go, Ruby; not those of packages', () => {
  const of = (text: string): readonly string[] =>
    framesOf(text).map((one) => `${one.path}:${one.line} ${text.slice(one.start, one.end)}`);
  assert.deepEqual(of('  File "/app/orders/views.py", line 12, in get'), [
    '/app/orders/views.py:12 File "/app/orders/views.py", line 12',
  ]);
  assert.deepEqual(of('    at handle (/app/src/server.js:12:3)'), [
    '/app/src/server.js:12 /app/src/server.js:12',
  ]);
  assert.deepEqual(of('\t/app/cmd/main.go:40 +0x1d'), ['/app/cmd/main.go:40 /app/cmd/main.go:40']);
  assert.deepEqual(of("app/models/order.rb:7:in `total'"), ['app/models/order.rb:7 app/models/order.rb:7']);
  for (const foreign of [
    '  File "/venv/lib/python3.11/site-packages/django/core.py", line 3',
    '  File "<frozen importlib>", line 3',
    '    at node:internal/modules/run_main.js:10:3',
    'GET /orders/7:30 took 12:30',
  ])
    assert.deepEqual(of(foreign), []);
  assert.deepEqual(candidates('/app/orders/views.py'), [
    'app/orders/views.py',
    'orders/views.py',
    'views.py',
  ]);
  assert.deepEqual(candidates('/app/../etc/passwd'), []);
});

/** A platform whose streams are these, one after the other. */
function platformWith(streams: readonly (() => AsyncIterable<string>)[]): Provider {
  let at = 0;
  const logs = (): AsyncIterable<string> => streams[at++]?.() ?? refuse();
  return { logs } as unknown as Provider;
}

async function* refuse(): AsyncIterable<string> {
  yield* [];
  throw new UserError('deploy/not-signed-in', 'Nobody is signed in.');
}

async function* cut(...lines: readonly string[]): AsyncIterable<string> {
  yield* lines;
  throw new Error('socket hang up');
}

test('a log that is cut goes on with a mark and nothing twice, and ends where waiting mends nothing', async () => {
  const buffer = createLogBuffer();
  const waits: number[] = [];
  await readLog({
    provider: platformWith([() => cut('a', 'b'), () => cut(), () => cut('b', 'c')]),
    target: targetFor('orders', '/s'),
    buffer,
    pause: async (ms) => void waits.push(ms),
    now: () => new Date('2026-12-01T10:00:00Z'),
    signal: new AbortController().signal,
    changed: () => undefined,
  });
  const gap = '──── cut at 2026-12-01T10:00:00.000Z (socket hang up); lines may be missing ────';
  assert.equal(buffer.text(), `a\nb\n${gap}\nc\n${gap}\n──── Nobody is signed in. ────\n`);
  assert.deepEqual(waits, [500, 1000, 500]);
});

test('who closes the log ends the reading without a word', async () => {
  const buffer = createLogBuffer();
  const closing = new AbortController();
  await readLog({
    provider: platformWith([() => cut('a')]),
    target: targetFor('orders', '/s'),
    buffer,
    pause: async () => undefined,
    now: () => new Date(),
    signal: closing.signal,
    changed: () => closing.abort(),
  });
  assert.equal(buffer.text(), 'a\n');
});
