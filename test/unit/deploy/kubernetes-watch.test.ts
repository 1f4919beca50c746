import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { pause } from '../../../src/base/pause';
import { Bell } from '../../../src/deploy/providers/kubernetes/bell';
import { readWatchEvent } from '../../../src/deploy/providers/kubernetes/watch-event';
import { readPod } from '../../../src/deploy/providers/kubernetes/wire';
import type { RawRequest, Reply } from '../../helpers/empire-http';
import type { Json } from '../../helpers/kubernetes/answers';
import { labelOf, metaOf, renamed } from '../../helpers/kubernetes/answers';
import type { TestCluster } from '../../helpers/kubernetes/fake';
import { canaryToken, startTestCluster } from '../../helpers/kubernetes/fake';
import { imageOf } from '../../helpers/kubernetes/target';
import { chunk, expired } from '../../helpers/kubernetes/watches';
import { conclude, eventually } from '../../helpers/platform';

/** A roll out is followed by watches; whatever becomes of one, the deploy ends as it does on the cluster. */

const { signal } = new AbortController();
let cluster: TestCluster;
let reset: () => void;

before(async () => {
  // Far longer than a test: what is seen is seen by a watch, or since a watch ended.
  cluster = await startTestCluster({ patience: { silentMs: 20_000, lookEveryMs: 5, blindMs: 5000 } });
  await writeFile(join(cluster.dir, 'Procfile'), 'web: serve\nworker: work\n');
  assert.equal((await deploy('v1')).outcome, 'live');
  reset = cluster.state.snapshot();
});
after(async () => {
  await cluster.stop();
  await rm(cluster.dir, { recursive: true, force: true });
});
beforeEach(() => {
  reset();
  cluster.server.requests.length = 0;
});
afterEach(() => {
  cluster.override = undefined;
});

async function deploy(tag: string, under?: (request: RawRequest) => Reply | undefined) {
  cluster.override = under;
  const target = cluster.target('orders');
  const events = cluster.provider.deploy(target, { image: imageOf('orders', tag) }, signal);
  const result = await conclude(cluster.provider, target, events);
  assert.ok(!JSON.stringify(result).includes(canaryToken), 'no secret');
  return result;
}

const isWatch = ({ path }: RawRequest): boolean => path.includes('watch=true');
const watches = (kind: string): readonly RawRequest[] =>
  cluster.server.requests.filter((one) => isWatch(one) && one.path.includes(`/${kind}?`));
/** Lists since the roll out began; before it each is listed once. */
const lists = (kind: string): number =>
  cluster.server.requests.filter((one) => !isWatch(one) && one.path.includes(`/${kind}?`)).length - 1;
const versionsIn = (kind: string): readonly (string | undefined)[] =>
  watches(kind).map(({ path }) => /[?&]resourceVersion=(\d+)/.exec(path)?.[1]);

const head =
  'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n';
/** The first watch of a kind is answered so; those after it by the cluster. */
const firstOf =
  (kind: string, reply: (request: RawRequest) => Reply) =>
  (request: RawRequest): Reply | undefined =>
    isWatch(request) && request.path.includes(`/${kind}?`) && watches(kind).length === 1
      ? reply(request)
      : undefined;

test('a deploy lists once and watches from there', async () => {
  const result = await deploy('v2');
  assert.equal(result.outcome, 'live', result.error?.message);
  for (const kind of ['deployments', 'pods']) {
    assert.equal(lists(kind), 1, kind);
    assert.equal(watches(kind).length, 1, kind);
    assert.match(
      watches(kind)[0]?.path ?? '',
      /allowWatchBookmarks=true&timeoutSeconds=300&resourceVersion=\d+/,
    );
  }
});

test('a failure is seen by the watch too, and so is a cancel', async () => {
  const broken = await deploy('broken');
  assert.deepEqual([broken.outcome, broken.error?.code], ['failed', 'deploy/crashed'], broken.error?.message);
  reset();
  const deploying = deploy('slow');
  const record = (): Json | undefined =>
    cluster.state
      .in('/api/v1/namespaces/team/secrets')
      .find((one) => labelOf(one, 'servicewright/status') === 'rolling');
  await eventually('it is watched', () => record() !== undefined && watches('secrets').length > 0);
  const { 'servicewright/deploy': id } = metaOf(record() ?? {})['annotations'] as Record<string, string>;
  await cluster.provider.cancel(cluster.target('orders'), id ?? '', signal);
  const cancelled = await deploying;
  assert.deepEqual([cancelled.outcome, cancelled.error?.code], ['failed', 'deploy/cancelled']);
});

test('nothing is watched any more when it has ended, or when nobody follows it', async () => {
  await deploy('v2');
  await eventually('all have hung up', () => cluster.server.open() === 0);
  reset();
  const target = cluster.target('orders');
  for await (const event of cluster.provider.deploy(target, { image: imageOf('orders', 'slow') }, signal))
    if (event.type === 'log' && watches('pods').length > 0) break;
  await eventually('all have hung up', () => cluster.server.open() === 0);
});

describe('a watch', () => {
  for (const kind of ['deployments', 'pods']) {
    for (const [name, reply] of Object.entries({
      'that is forbidden': renamed('forbidden'),
      'that the server does not know': {
        pieces: ['HTTP/1.1 405 X\r\nContent-Length: 0\r\n\r\n'],
        end: 'close',
      },
    } satisfies Readonly<Record<string, Reply>>))
      test(`of ${kind} ${name} is not tried again: they are listed at each look`, async () => {
        const result = await deploy('late', (request) =>
          isWatch(request) && request.path.includes(`/${kind}?`) ? reply : undefined,
        );
        assert.equal(result.outcome, 'live', result.error?.message);
        assert.equal(watches(kind).length, 1);
        assert.ok(lists(kind) > 2, String(lists(kind)));
      });

    const ends: Readonly<Record<string, Reply>> = {
      'whose version is too old (status 410)': {
        pieces: [
          `HTTP/1.1 410 Gone\r\nContent-Length: ${JSON.stringify(expired).length}\r\n\r\n${JSON.stringify(expired)}`,
        ],
        end: 'close',
      },
      'whose version is too old (an event)': {
        pieces: [head, chunk({ type: 'ERROR', object: expired }), '0\r\n\r\n'],
        end: 'close',
      },
      'that tells what is no event': {
        pieces: [head, chunk('hello'), chunk({ type: 'ADDED' })],
        end: 'stall',
      },
      'that tells of another kind of thing': {
        pieces: [head, chunk({ type: 'NEW', object: { metadata: { name: 'x', resourceVersion: '9' } } })],
        end: 'stall',
      },
      'that is cut at once': { pieces: [], end: 'reset' },
      'that is cut in its head': { pieces: ['HTTP/1.1 200 OK\r\nConte'], end: 'close' },
      'that is cut within an event': { pieces: [head, '40\r\n{"type":"MODI'], end: 'reset' },
      'that ends before it told anything': { pieces: [head, '0\r\n\r\n'], end: 'close' },
      'that meets a 500': { pieces: ['HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n'], end: 'close' },
      'that meets a 429': { pieces: ['HTTP/1.1 429 X\r\nContent-Length: 0\r\n\r\n'], end: 'close' },
    };
    for (const [name, reply] of Object.entries(ends))
      test(`of ${kind} ${name}: it is listed anew and watched again`, async () => {
        const result = await deploy(
          'late',
          firstOf(kind, () => reply),
        );
        assert.equal(result.outcome, 'live', result.error?.message);
        assert.deepEqual([lists(kind), watches(kind).length], [2, 2]);
        assert.notEqual(versionsIn(kind)[0], versionsIn(kind)[1]);
      });

    test(`of ${kind} that is cut after a bookmark goes on from there`, async () => {
      const bookmark = { type: 'BOOKMARK', object: { kind: 'X', metadata: { resourceVersion: '0' } } };
      let from = '';
      const result = await deploy(
        'late',
        firstOf(kind, ({ path }) => {
          from = /[?&]resourceVersion=(\d+)/.exec(path)?.[1] ?? '';
          bookmark.object.metadata.resourceVersion = from;
          return { pieces: [head, chunk(bookmark)], end: 'reset' };
        }),
      );
      assert.equal(result.outcome, 'live', result.error?.message);
      assert.equal(lists(kind), 1, 'nothing was missed');
      assert.deepEqual(versionsIn(kind), [from, from]);
    });

    test(`of ${kind} that the server ends goes on from the last event`, async () => {
      const result = await deploy('late', (request) => {
        if (!isWatch(request) || !request.path.includes(`/${kind}?`)) return undefined;
        const answer = cluster.state.answer(request);
        return { ...answer, stream: firstEvents(answer.stream ?? assert.fail(), 1) };
      });
      assert.equal(result.outcome, 'live', result.error?.message);
      assert.equal(lists(kind), 1);
      const versions = versionsIn(kind).map(Number);
      assert.ok(versions.length > 2, versions.join());
      assert.deepEqual(
        versions,
        versions.toSorted((a, b) => a - b),
      );
    });

    for (const [name, pieces] of Object.entries({ 'before its answer': [], 'after its head': [head] }))
      test(`of ${kind} that is silent ${name}: after a while it is listed all the same`, async () => {
        const silent = await startTestCluster({ patience: { silentMs: 30 } });
        silent.override = (request) =>
          isWatch(request) && request.path.includes(`/${kind}?`) ? { pieces, end: 'stall' } : undefined;
        const target = silent.target('orders');
        const events = silent.provider.deploy(target, { image: imageOf('orders', 'v1') }, signal);
        const result = await conclude(silent.provider, target, events);
        assert.equal(result.outcome, 'live', result.error?.message);
        await silent.stop();
        await rm(silent.dir, { recursive: true, force: true });
      });
  }

  test('and lists that both fail: nobody knows, after a while and several looks', async () => {
    const blind = await startTestCluster();
    let hasBegun = false;
    blind.override = (request) => {
      hasBegun ||= request.method === 'PATCH' && request.path.includes('/services/');
      return hasBegun && request.method === 'GET' && request.path.includes('/pods?')
        ? { pieces: [], end: 'reset' }
        : undefined;
    };
    const target = blind.target('orders');
    const events = blind.provider.deploy(target, { image: imageOf('orders', 'v1') }, signal);
    assert.equal((await conclude(blind.provider, target, events)).outcome, 'unknown');
    await blind.stop();
    await rm(blind.dir, { recursive: true, force: true });
  });
});

async function* firstEvents(stream: AsyncIterable<string>, most: number): AsyncIterable<string> {
  let told = 0;
  for await (const piece of stream) {
    yield piece;
    if (piece !== '' && ++told >= most) break;
  }
  yield '0\r\n\r\n';
}

test('a line of a watch is an event, or something was missed', () => {
  const pod = { metadata: { name: 'p', resourceVersion: '7' } };
  const read = (value: unknown): string => {
    const event = readWatchEvent(typeof value === 'string' ? value : JSON.stringify(value), readPod);
    if (event.kind === 'lost') return 'lost';
    return `${event.kind} ${event.kind === 'put' ? event.item.name : event.kind === 'gone' ? event.name : ''} ${event.resourceVersion}`;
  };
  assert.equal(read({ type: 'ADDED', object: pod }), 'put p 7');
  assert.equal(read({ type: 'MODIFIED', object: pod }), 'put p 7');
  assert.equal(read({ type: 'DELETED', object: pod }), 'gone p 7');
  assert.equal(read({ type: 'BOOKMARK', object: { metadata: { resourceVersion: '8' } } }), 'mark  8');
  for (const bad of ['', '{', 'null', '[]', { type: 'ADDED' }, { type: 'ADDED', object: { metadata: {} } }])
    assert.equal(read(bad), 'lost');
  assert.equal(read({ type: 'ERROR', object: expired }), 'lost');
  assert.equal(read({ type: 'DELETED', object: { metadata: { resourceVersion: '8' } } }), 'lost');
});

test('a bell ends a wait, also one that begins after it rang; a wait ends by itself, and with its signal', async () => {
  const bell = new Bell();
  const waiting = bell.wait(pause, 60_000, signal);
  bell.ring();
  await waiting;
  bell.ring();
  await bell.wait(pause, 60_000, signal);
  await bell.wait(pause, 1, signal);
  const stop = new AbortController();
  const stopped = bell.wait(pause, 60_000, stop.signal);
  stop.abort();
  await assert.rejects(stopped, { name: 'AbortError' });
});
