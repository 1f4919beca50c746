import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UserError } from '../../../src/base/errors';
import type { DeployEvent, Provider, Release, TargetStatus } from '../../../src/deploy';
import { lookAfter } from '../../../src/deploy/look-after';
import type { DeployRecord } from '../../../src/deploy/records';
import { targetFor } from '../../helpers/platform';

const orphan: DeployRecord = {
  id: 'x',
  kind: 'deploy',
  platform: 'empire',
  environment: 'staging',
  app: 'orders',
  dir: '/s',
  dirty: false,
  pid: 1,
  before: 3,
  image: 'ghcr.io/acme/orders:4444444',
  startedAt: '2026-12-01T10:00:00Z',
  stages: [],
  log: [],
};

const release = (version: number, image = `ghcr.io/acme/orders:${String(version).repeat(7)}`): Release => ({
  version,
  status: 'current',
  createdAt: '2026-12-01T10:00:00Z',
  description: `Deploy ${image}`,
  image,
  dirty: false,
  eligible: false,
});
const running = (...versions: readonly number[]): TargetStatus => ({
  release: Math.max(...versions),
  processes: versions.map((one, at) => ({
    name: `web.${at + 1}`,
    state: 'running',
    since: '',
    release: one,
  })),
});

interface Look {
  readonly releases: readonly Release[] | Error;
  readonly status: TargetStatus | Error;
}

/** What is seen, look after look; the last one stays. */
async function follow(
  looks: readonly Look[],
  one: Partial<DeployRecord> = {},
): Promise<readonly DeployEvent[]> {
  let at = 0;
  let time = Date.parse('2026-12-01T10:01:00Z');
  const now = (): Look => looks[Math.min(at, looks.length - 1)] ?? { releases: [], status: running(1) };
  const give = async <T>(value: T | Error): Promise<T> => {
    if (value instanceof Error) throw value;
    return value;
  };
  const provider = {
    releases: () => give(now().releases),
    status: () => give(now().status),
  } as unknown as Provider;
  const events: DeployEvent[] = [];
  const looking = lookAfter({
    provider,
    target: targetFor('orders', '/s'),
    orphan: { ...orphan, ...one },
    pause: async (ms) => {
      at += 1;
      time += ms;
    },
    now: () => new Date(time),
    signal: new AbortController().signal,
    patience: { everyMs: 1000, mostMs: 120_000 },
  });
  for await (const event of looking) events.push(event);
  return events;
}

const before: Look = { releases: [release(3)], status: running(3, 3) };

test('its own release that comes to run alone is live', async () => {
  const events = await follow([
    before,
    { releases: new UserError('deploy/no-answer', 'Nothing.'), status: running(3) },
    { releases: [release(4), release(3)], status: running(4, 3) },
    { releases: [release(4), release(3)], status: running(4, 4) },
  ]);
  assert.deepEqual(events.at(-1), { type: 'finished', outcome: 'live', release: 4 });
});

test('a release of somebody else, or none at all, leaves it unknown and says what is known', async () => {
  const other = await follow([{ releases: [release(4, 'ghcr.io/acme/orders:other')], status: running(4) }]);
  const end = other.at(-1);
  assert.ok(end?.type === 'finished' && end.outcome === 'unknown');
  assert.match(end.error?.message ?? '', /it is not known how that ended\. Release v4 was made/);
  const later = (await follow([{ releases: [release(5), release(4)], status: running(5) }])).at(-1);
  assert.ok(later?.type === 'finished' && later.outcome === 'unknown', 'another one came on top');
  const none = (await follow([before])).at(-1);
  assert.ok(none?.type === 'finished' && none.outcome === 'unknown');
  assert.match(none.error?.message ?? '', /No new release was made so far; v3 is the newest/);
});

test('a release that never comes to run is unknown, not failed', async () => {
  const stuck: TargetStatus = { processes: [{ name: 'web.1', state: 'crashed', since: '', release: 4 }] };
  const end = (await follow([{ releases: [release(4)], status: stuck }])).at(-1);
  assert.ok(end?.type === 'finished' && end.outcome === 'unknown');
  assert.match(end.error?.message ?? '', /1 of v4 crashed/);
});

test('a roll back is known by its description, a first deploy by its image', async () => {
  const back = { ...release(4, 'ghcr.io/acme/orders:1111111'), description: 'Rollback to v1' };
  const rolled = await follow([{ releases: [back], status: running(4) }], { kind: 'rollback' });
  assert.deepEqual(rolled.at(-1), { type: 'finished', outcome: 'live', release: 4 });
  const { before: _, ...first } = orphan;
  const events = await follow([{ releases: [release(1, first.image)], status: running(1) }], {
    ...first,
    before: undefined as never,
  });
  assert.deepEqual(events.at(-1), { type: 'finished', outcome: 'live', release: 1 });
});
