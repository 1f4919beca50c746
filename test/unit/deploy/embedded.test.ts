import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HttpRequest, HttpResponse } from '../../../src/base/ports';
import { createEmbeddedProvider } from '../../../src/deploy';
import type { DeployEvent, Target } from '../../../src/deploy';
import { readEvent, readStatus } from '../../../src/deploy/providers/embedded/wire';
import { linesOf } from '../../../src/deploy/providers/lines';

const target: Target = {
  app: 'orders',
  environment: { name: 'local', platform: 'embedded', protected: false, config: { DEBUG: 'false' } },
  dir: '/s',
  health: '/readyz',
};
const signal = new AbortController().signal;

function engine(status: number, chunks: readonly string[], running = true) {
  const requests: HttpRequest[] = [];
  const access = { url: 'http://127.0.0.1:1', token: 't0ken' };
  const body = async function* () {
    yield* chunks;
  };
  const provider = createEmbeddedProvider(
    { connect: async () => access, find: async () => (running ? access : undefined) },
    {
      send: async (request): Promise<HttpResponse> => {
        requests.push(request);
        return { status, headers: {}, body: body() };
      },
    },
  );
  return { provider, requests };
}

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const out: T[] = [];
  for await (const item of items) out.push(item);
  return out;
}

test('a deploy is asked for with what the engine needs, and its events come as they are written', async () => {
  const { provider, requests } = engine(200, [
    '{"type":"started","deploy":"d1"}\r\n{"type":"log","te',
    'xt":"hi"}\n\n{"type":"later"}\nnot json\n',
    '{"type":"finished","outcome":"live","release":1,"url":"http://x"}',
  ]);
  assert.deepEqual(await all(provider.deploy(target, { message: 'm' }, signal)), [
    { type: 'started', deploy: 'd1' },
    { type: 'log', text: 'hi' },
    { type: 'finished', outcome: 'live', release: 1, url: 'http://x' },
  ] satisfies DeployEvent[]);
  const [request] = requests;
  assert.equal(request?.url, 'http://127.0.0.1:1/apps/orders/deploys');
  assert.equal(request?.headers?.['authorization'], 'Bearer t0ken');
  assert.ok(typeof request?.body === 'string');
  const body: unknown = JSON.parse(request.body);
  assert.deepEqual(body, {
    source: '/s',
    health: '/readyz',
    config: { DEBUG: 'false' },
    message: 'm',
    environment: 'local',
  });
});

test('a refusal carries the platform’s own words', async () => {
  const { provider } = engine(422, [
    '{"code":"embedded/no-web","message":"The Procfile has no web process."}',
  ]);
  await assert.rejects(all(provider.deploy(target, {}, signal)), {
    code: 'deploy/refused',
    message: 'The platform refused to deploy orders: The Procfile has no web process.',
  });
});

test('asking how it is starts no engine and knows no unknown app', async () => {
  const stopped = engine(200, ['{}'], false);
  assert.equal(await stopped.provider.status(target, signal), undefined);
  assert.deepEqual(await stopped.provider.releases(target, signal), []);
  assert.equal(stopped.requests.length, 0);
  const unknown = engine(404, ['{"code":"embedded/no-such-app","message":"no"}']);
  assert.equal(await unknown.provider.status(target, signal), undefined);
});

test('values of the wire are checked', () => {
  assert.equal(readEvent({ type: 'stage', stage: 'nonsense', state: 'done' }), undefined);
  assert.equal(readEvent({ type: 'finished', outcome: 'maybe' }), undefined);
  assert.equal(readEvent([]), undefined);
  assert.deepEqual(readStatus({ release: 'x', url: 5 }, [{ name: 'web.1', state: 'up' }, 4]), {
    processes: [{ name: 'web.1', state: 'up', since: '' }],
  });
  const failed = readEvent({
    type: 'finished',
    outcome: 'failed',
    error: {
      code: 'embedded/x',
      message: 'M.',
      lines: ['a', 1],
      fix: { kind: 'command', label: 'Do', command: 'rm' },
    },
  });
  assert.deepEqual(failed?.type === 'finished' && failed.error, {
    code: 'embedded/x',
    message: 'M.',
    lines: ['a'],
    fix: { kind: 'hint', label: 'Do' },
  });
});

test('lines are put together whatever the chunks', async () => {
  const chunks = async function* () {
    yield* ['a\r', '\nb', '', 'c\n', '\n', 'd'];
  };
  assert.deepEqual(await all(linesOf(chunks())), ['a', 'bc', '', 'd']);
});
