import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silentLog } from '../../../src/base/log';
import type { HttpRequest, HttpResponse } from '../../../src/base/ports';
import { createEmbeddedProvider } from '../../../src/deploy';
import type { DeployEvent, Target } from '../../../src/deploy';
import { folderUrl } from '../../../src/deploy/providers/embedded/deploy';
import { readEvent, readOwnProblem, readOwnRelease } from '../../../src/deploy/providers/heroku/own';
import { readProcess } from '../../../src/deploy/providers/heroku/wire';
import { linesOf } from '../../../src/deploy/providers/lines';
import { nodeSockets } from '../../../src/platform/node/sockets';

const target: Target = {
  app: 'orders',
  environment: { name: 'local', platform: 'embedded', protected: false, config: { DEBUG: 'false' } },
  dir: '/s',
  health: '/readyz',
};
const signal = new AbortController().signal;
const origin = 'http://127.0.0.1:1';

type Reply = readonly [status: number, ...chunks: string[]];

/** Answers by method and path; what nobody thought of is not there. */
function engine(replies: Readonly<Record<string, Reply>>, running = true) {
  const requests: HttpRequest[] = [];
  const access = { url: origin, token: 't0ken' };
  const provider = createEmbeddedProvider({
    engine: { connect: async () => access, find: async () => (running ? access : undefined) },
    sockets: nodeSockets,
    log: silentLog,
    now: () => new Date(),
    patience: { retriesMs: [1, 1] },
    http: {
      send: async (request): Promise<HttpResponse> => {
        requests.push(request);
        const [status, ...chunks] = replies[`${request.method} ${request.url.replace(origin, '')}`] ?? absent;
        const body = async function* () {
          yield* chunks;
        };
        return { status, headers: {}, body: body() };
      },
    },
  });
  return { provider, requests };
}

const absent: Reply = [
  404,
  '{"id":"not_found","message":"no","servicewright":{"code":"embedded/no-such-app"}}',
];
const app: Reply = [200, '{"id":"a","name":"orders"}'];
const none: Reply = [200, '[]'];
const asked = { 'GET /apps/orders': app, 'GET /apps/orders/releases': none };

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const out: T[] = [];
  for await (const item of items) out.push(item);
  return out;
}

test('a deploy is asked for with what the engine needs, and its events come as they are written', async () => {
  const events = `${origin}/streams/orders/d1/events?key=secret`;
  const build = JSON.stringify({ id: 'd1', status: 'pending', servicewright: { events_url: events } });
  const { provider, requests } = engine({
    ...asked,
    'POST /apps/orders/builds': [201, build],
    'GET /streams/orders/d1/events?key=secret': [
      200,
      '{"type":"started","deploy":"d1"}\r\n{"type":"log","te',
      'xt":"hi"}\n\n{"type":"later"}\nnot json\n{"type":"release","release":1}\n',
      '{"type":"finished","outcome":"live","release":1,"url":"http://x"}',
    ],
  });
  assert.deepEqual(await all(provider.deploy(target, { message: 'm', python: 'py' }, signal)), [
    { type: 'started', deploy: 'd1' },
    { type: 'log', text: 'hi' },
    { type: 'released', release: 1 },
    { type: 'finished', outcome: 'live', release: 1, url: 'http://x' },
  ] satisfies DeployEvent[]);
  const request = requests.find(({ method }) => method === 'POST');
  assert.equal(request?.headers?.['authorization'], 'Bearer t0ken');
  assert.equal(request.headers['accept'], 'application/vnd.heroku+json; version=3');
  assert.ok(typeof request.body === 'string');
  assert.deepEqual(JSON.parse(request.body), {
    source_blob: { url: 'file:///s', version_description: 'm' },
    servicewright: { environment: 'local', health: '/readyz', config: { DEBUG: 'false' }, python: 'py' },
  });
  const stream = requests.at(-1);
  assert.equal(stream?.headers?.['authorization'], undefined, 'the address is enough');
});

test('events that are cut are read again, each told once; without an end the platform is asked', async () => {
  const events = `${origin}/e`;
  const build = (status: string): string =>
    JSON.stringify({ id: 'd1', status, servicewright: { events_url: events } });
  const { provider } = engine({
    ...asked,
    'POST /apps/orders/builds': [201, build('pending')],
    'GET /apps/orders/builds/d1': [200, build('failed')],
    'GET /e': [200, '{"type":"log","text":"once"}\n'],
  });
  const told = await all(provider.deploy(target, {}, signal));
  assert.equal(told.filter(({ type }) => type === 'log').length, 1);
  const last = told.at(-1);
  assert.deepEqual(last?.type === 'finished' && [last.outcome, last.error?.code], [
    'failed',
    'deploy/build-failed',
  ]);
  assert.match(
    (last?.type === 'finished' && last.error?.message) || '',
    /^This machine could not build orders/,
  );
});

test('a refusal carries the platform’s own words, its lines and what to do', async () => {
  const refusal = {
    id: 'invalid_params',
    message: 'The Procfile has no web process.',
    servicewright: { code: 'embedded/no-web', lines: ['a'], fix: { kind: 'hint', label: 'Add one' } },
  };
  const { provider } = engine({ ...asked, 'POST /apps/orders/builds': [422, JSON.stringify(refusal)] });
  await assert.rejects(all(provider.deploy(target, {}, signal)), {
    code: 'deploy/refused',
    message: 'The embedded platform refused to deploy orders: The Procfile has no web process.',
    lines: ['a'],
    fix: { kind: 'hint', label: 'Add one' },
  });
});

test('asking how it is starts no engine and knows no unknown app', async () => {
  const stopped = engine({}, false);
  assert.equal(await stopped.provider.status(target, signal), undefined);
  assert.deepEqual(await stopped.provider.releases(target, signal), []);
  await assert.rejects(async () => stopped.provider.config?.read(target, undefined, signal), {
    code: 'deploy/no-such-app',
  });
  await assert.rejects(all(stopped.provider.logs(target, { tail: true, lines: 1 }, signal)), {
    code: 'deploy/not-running',
  });
  assert.deepEqual(await all(stopped.provider.changes?.(signal) ?? (async function* () {})()), []);
  assert.equal(stopped.requests.length, 0);
  const unknown = engine({});
  assert.equal(await unknown.provider.status(target, signal), undefined);
  await assert.rejects(all(unknown.provider.rollback(target, 1, signal)), { code: 'deploy/no-such-app' });
});

test('values of the wire are checked', () => {
  assert.equal(readEvent({ type: 'stage', stage: 'nonsense', state: 'done' }), undefined);
  assert.equal(readEvent({ type: 'finished', outcome: 'maybe' }), undefined);
  assert.equal(readEvent([]), undefined);
  assert.equal(readOwnProblem({ lines: ['a'] }), undefined);
  assert.deepEqual(readOwnRelease({ dirty: 1, quantities: { web: 'two', worker: 1 }, processes: 3 }), {
    dirty: false,
    quantities: { worker: 1 },
  });
  const own = { state: 'crashed', since: 'then' };
  assert.deepEqual(
    readProcess({ name: 'web.1', state: 'starting', updated_at: 'x', size: 'local', servicewright: own }),
    { name: 'web.1', state: 'crashed', since: 'then' },
  );
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

test('a folder has an address, whatever its name and its system', () => {
  for (const [dir, url] of [
    ['/home/me/my service#1', 'file:///home/me/my%20service%231'],
    ['/back\\slash', 'file:///back%5Cslash'],
    ['C:\\Users\\me', 'file:///C:/Users/me'],
    ['\\\\server\\share\\x', 'file://server/share/x'],
  ] as const)
    assert.equal(folderUrl(dir), url);
});

test('lines are put together whatever the chunks', async () => {
  const chunks = async function* () {
    yield* ['a\r', '\nb', '', 'c\n', '\n', 'd'];
  };
  assert.deepEqual(await all(linesOf(chunks())), ['a', 'bc', '', 'd']);
});
