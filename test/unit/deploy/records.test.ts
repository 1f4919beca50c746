import assert from 'node:assert/strict';
import { appendFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Target } from '../../../src/deploy';
import { createRecords } from '../../../src/deploy';
import type { DeployHead } from '../../../src/deploy/records';
import { createJournals } from '../../../src/platform/node/journals';
import { temporaryFolder } from '../../helpers/platform';

let dir: string;
before(async () => {
  dir = await temporaryFolder();
});
after(() => rm(dir, { recursive: true, force: true }));

let time = Date.parse('2026-11-24T10:00:00Z');
const now = (): Date => new Date((time += 1000));
const head = (app: string): DeployHead => ({
  kind: 'deploy',
  platform: 'empire',
  environment: 'staging',
  app,
  dir: '/s',
  who: 'jane',
  commit: 'abc',
  dirty: true,
  image: 'a/b:abc',
  message: 'Fix it',
  before: 3,
  pid: 7,
});
const target = (app: string): Target => ({
  app,
  dir: '/s',
  environment: { name: 'staging', platform: 'empire', protected: false, config: {} },
});
const records = () =>
  createRecords({
    journals: createJournals(join(dir, 'journals')),
    now,
    warn: (error) => assert.fail(String(error)),
  });

test('a record holds who, what and how it ended, with its log', async () => {
  const recording = await records().begin(head('whole'));
  recording.event({ type: 'started', deploy: 'd1' });
  recording.event({ type: 'log', text: 'Pulling' });
  recording.event({ type: 'progress', done: 1, total: 2 });
  recording.event({ type: 'released', release: 4 });
  const stages = [{ name: 'pull', outcome: 'done', seconds: 2 }] as const;
  await recording.end({ outcome: 'live', release: 4, url: 'http://x', stages, seconds: 3 });
  const [found] = await records().of(target('whole'), 'empire');
  const { id, startedAt, endedAt, ...rest } = found ?? assert.fail('it is there');
  assert.ok(id.startsWith('empire_staging_whole_') && endedAt !== undefined && startedAt < endedAt);
  assert.deepEqual(rest, {
    ...head('whole'),
    deploy: 'd1',
    log: ['Pulling'],
    outcome: 'live',
    release: 4,
    url: 'http://x',
    stages,
  });
});

test('what a crash left is read, and can be ended', async () => {
  const recording = await records().begin(head('crashed'));
  recording.event({ type: 'released', release: 4 });
  await recording.end({ outcome: 'live', stages: [], seconds: 1 });
  const open = await records().begin(head('crashed'));
  const file = (await readdir(join(dir, 'journals'))).find((name) => name.startsWith(open.id));
  await appendFile(join(dir, 'journals', file ?? ''), '{"type":"log","te');
  const [found] = await records().of(target('crashed'), 'empire');
  assert.deepEqual([found?.outcome, found?.endedAt, found?.pid], [undefined, undefined, 7]);
  const error = { code: 'deploy/unwatched', message: 'Nobody knows.', lines: [] };
  await records().settle(open.id, { outcome: 'unknown', stages: [], seconds: 0, error });
  const after = await records().get(open.id);
  assert.deepEqual([after?.outcome, after?.error], ['unknown', { code: error.code, message: error.message }]);
});

test('the newest fifty of an app are kept, and no other app’s', async () => {
  for (let count = 0; count < 53; count++) await records().begin(head('many'));
  await records().begin(head('many-more'));
  assert.equal((await records().of(target('many'), 'empire')).length, 50);
  assert.equal((await records().of(target('many-more'), 'empire')).length, 1);
  assert.deepEqual(await records().of({ ...target('many'), dir: '/elsewhere' }, 'empire'), []);
});

test('a record that can’t be written is told of and stops nothing', async () => {
  const told: unknown[] = [];
  const full = (): Promise<never> => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
  const journals = { list: async () => [], read: async () => undefined, append: full, remove: full };
  const broken = createRecords({ journals, now, warn: (error) => told.push(error) });
  const recording = await broken.begin(head('full'));
  recording.event({ type: 'log', text: 'x' });
  await recording.end({ outcome: 'live', stages: [], seconds: 1 });
  assert.equal(told.length, 3);
});
