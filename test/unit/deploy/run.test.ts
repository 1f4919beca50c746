import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeployEvent, Provider, Target } from '../../../src/deploy';
import { runDeploy } from '../../../src/deploy';

const target: Target = {
  app: 'orders',
  environment: { name: 'local', platform: 'embedded', protected: false, config: {} },
  dir: '/s',
};

function provider(serving?: number | Error): Provider {
  const nothing = async function* (): AsyncIterable<never> {
    yield* [];
  };
  return {
    id: 'fake',
    title: 'Fake',
    caps: { source: 'tree', cancel: 'none', attach: true, rollback: false, logs: false },
    deploy: nothing,
    attach: nothing,
    rollback: nothing,
    logs: nothing,
    cancel: async () => undefined,
    releases: async () => [],
    status: async () => {
      if (serving instanceof Error) throw serving;
      return serving === undefined ? undefined : { release: serving, processes: [] };
    },
  };
}

async function* stream(events: readonly DeployEvent[], end?: Error): AsyncIterable<DeployEvent> {
  yield* events;
  if (end) throw end;
}

const clock = () => {
  let time = 0;
  return { now: () => new Date((time += 1000)) };
};
const run = (events: readonly DeployEvent[], options: { serving?: number | Error; end?: Error } = {}) =>
  runDeploy(stream(events, options.end), {
    provider: provider(options.serving),
    target,
    clock: clock(),
    signal: new AbortController().signal,
  });

const began: readonly DeployEvent[] = [
  { type: 'started', deploy: 'd1' },
  { type: 'stage', stage: 'build', state: 'started', seconds: 0 },
  { type: 'stage', stage: 'build', state: 'done', seconds: 2.5 },
  { type: 'stage', stage: 'health', state: 'started', seconds: 0 },
];

test('a deploy that is said to be live is live, with its stages', async () => {
  const result = await run([
    ...began,
    { type: 'stage', stage: 'health', state: 'done', seconds: 1 },
    { type: 'finished', outcome: 'live', release: 3, url: 'http://localhost:5100' },
  ]);
  assert.deepEqual(
    { ...result, seconds: 0 },
    {
      outcome: 'live',
      release: 3,
      url: 'http://localhost:5100',
      seconds: 0,
      stages: [
        { name: 'build', outcome: 'done', seconds: 2.5 },
        { name: 'health', outcome: 'done', seconds: 1 },
      ],
    },
  );
});

test('a failure closes the open stage as failed and keeps why', async () => {
  const error = { code: 'deploy/x', message: 'It broke.', lines: ['Traceback'] };
  const result = await run([...began, { type: 'finished', outcome: 'failed', error }]);
  assert.equal(result.outcome, 'failed');
  assert.deepEqual(result.error, error);
  assert.deepEqual(result.stages.at(-1)?.outcome, 'failed');
});

test('a stream that ends without a word is unknown, and what serves is said', async () => {
  const result = await run(began, { serving: 2 });
  assert.equal(result.outcome, 'unknown');
  assert.match(result.error?.message ?? '', /how the deploy of orders ended.*Release v2 serves now\.$/);
  assert.equal(result.stages.at(-1)?.outcome, 'unknown');
});

test('a cut stream is unknown, never failed, also when nothing can be asked', async () => {
  const result = await run(began, { end: new Error('socket hang up'), serving: new Error('refused') });
  assert.equal(result.outcome, 'unknown');
  assert.match(result.error?.message ?? '', /socket hang up.*could not be asked either: refused/);
});

test('what is thrown before anything began is passed on: nothing was deployed', async () => {
  await assert.rejects(run([], { end: new Error('not signed in') }), /not signed in/);
});

test('nothing at all from the platform is unknown', async () => {
  assert.equal((await run([], {})).outcome, 'unknown');
});

test('who leaves while it only checks ends nothing; who leaves later is told what is known', async () => {
  const left = new DOMException('stop', 'AbortError');
  const checking: DeployEvent = { type: 'stage', stage: 'preflight', state: 'started', seconds: 0 };
  await assert.rejects(run([checking], { end: left }), { name: 'AbortError' });
  const result = await run(began, { end: left, serving: 2 });
  assert.equal(result.outcome, 'unknown');
  assert.match(result.error?.message ?? '', /nobody watched it any longer\. Release v2 serves now\.$/);
});

test('the release that was made is known whatever the end', async () => {
  const result = await run([...began, { type: 'released', release: 4 }], { serving: 3 });
  assert.deepEqual([result.outcome, result.release], ['unknown', 4]);
});

test('a platform may say itself that it does not know', async () => {
  const error = { code: 'deploy/unknown', message: 'Nobody knows.', lines: [] };
  const result = await run([...began, { type: 'finished', outcome: 'unknown', error }]);
  assert.deepEqual(
    [result.outcome, result.error, result.stages.at(-1)?.outcome],
    ['unknown', error, 'unknown'],
  );
});
