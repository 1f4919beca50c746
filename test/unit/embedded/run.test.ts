import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { createScramClient, scramVerifier } from '../../../src/embedded/database/scram';
import { createDeployLog, isFinished, readDeployLog } from '../../../src/embedded/engine/deploy-log';
import { lineQueue } from '../../../src/embedded/engine/line-queue';
import { takeLock } from '../../../src/embedded/lock';
import { homeOf } from '../../../src/embedded/home';
import { identify, isAlive } from '../../../src/embedded/identity';
import { openAppLog } from '../../../src/embedded/run/app-log';
import { createRedactor } from '../../../src/embedded/run/redact';
import { pauseAfter } from '../../../src/embedded/run/supervisor';
import { createTarget, drained } from '../../../src/embedded/run/target';
import { temporaryFolder } from '../../helpers/platform';

test('the home: what was said, else the state folder of the system', () => {
  assert.equal(homeOf({ SERVICEWRIGHT_HOME: '/x/y' }, 'linux'), '/x/y');
  assert.equal(homeOf({ XDG_STATE_HOME: '/state' }, 'linux'), '/state/servicewright');
  assert.match(homeOf({ XDG_STATE_HOME: 'relative' }, 'linux'), /\/\.local\/state\/servicewright$/);
  assert.match(homeOf({ LOCALAPPDATA: '/local' }, 'win32'), /local.servicewright$/);
});

test('pauses double from one second to a minute', () => {
  assert.deepEqual([1, 2, 3, 4, 7, 50].map(pauseAfter), [1000, 2000, 4000, 8000, 60_000, 60_000]);
});

test('known secrets are hidden, the longest first, and short words are left alone', () => {
  const { add, redact } = createRedactor();
  add(['hunter2', 'hunter2-and-more', 'on', '']);
  assert.equal(redact('on: hunter2-and-more, hunter2'), 'on: [secret], [secret]');
});

test('SCRAM: the exchange that RFC 7677 prints in section 3', () => {
  const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64');
  assert.equal(
    scramVerifier('pencil', salt, 4096),
    'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
  );
  const client = createScramClient('pencil');
  assert.throws(() => client.final('r=another,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096'), /another nonce/);
  const nonce = client.first.split('r=')[1] ?? '';
  assert.match(client.final(`r=${nonce}xyz,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`), /^c=biws,r=.*xyz,p=/);
  assert.throws(() => client.verify('v=bm90aGluZw=='), /does not know the password/);
});

test('a process is itself, and nobody else once it has ended', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await once(child, 'spawn');
  const identity = await identify(child.pid ?? 0);
  assert.equal(await isAlive(identity), true);
  assert.equal(await isAlive({ ...identity, started: 'another time' }), false);
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.equal(await isAlive(identity), false);
});

test('a drain ends with the last request, with its time, or when it is cut short', async () => {
  const { signal } = new AbortController();
  const idle = createTarget('127.0.0.1', 1, 1);
  assert.equal(await drained(idle, 10_000, signal), true);
  const busy = createTarget('127.0.0.1', 1, 1);
  busy.active = 1;
  const waiting = drained(busy, 10_000, signal);
  busy.active = 0;
  busy.onIdle?.();
  assert.equal(await waiting, true);
  busy.active = 1;
  assert.equal(await drained(busy, 1, signal), false);
  const cut = new AbortController();
  const cutting = drained(busy, 10_000, cut.signal);
  cut.abort();
  assert.equal(await cutting, false);
});

test('a queue gives what was pushed, and ends when it is told or its reader has gone', async () => {
  const ended = lineQueue(new AbortController().signal);
  ended.push('a');
  ended.push('b');
  ended.end();
  const seen: string[] = [];
  for await (const line of ended.lines) seen.push(line);
  assert.deepEqual(seen, ['a', 'b']);
  const gone = new AbortController();
  const left = lineQueue(gone.signal);
  const reading = left.lines[Symbol.asyncIterator]().next();
  gone.abort();
  assert.equal((await reading).done, true);
});

describe('in a folder', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await temporaryFolder();
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const takeAndLetGo = async (): Promise<void> => {
    const letGo = await takeLock(dir);
    await letGo();
  };

  test('a home has one lock: kept by the living, taken over from the dead or the broken', async () => {
    const letGo = await takeLock(dir);
    await assert.rejects(takeLock(dir), { code: 'embedded/already-runs' });
    await letGo();
    const notOurs = JSON.stringify({ pid: process.pid, started: 'another boot' });
    const stale = ['{"pid":999999999,"started":"long ago"}', '{"pid":', '', notOurs];
    for (const [n, text] of stale.entries()) {
      await writeFile(join(dir, `engine.lock.${n * 10 + 10}`), text);
      await takeAndLetGo();
    }
    assert.deepEqual(await readdir(dir), ['engine.lock.41']);
  });

  test('of many that want the lock at once one gets it', async () => {
    await writeFile(join(dir, 'engine.lock.1'), '{"pid":999999999,"started":"x"}');
    for (let round = 0; round < 10; round += 1) {
      const all = await Promise.allSettled(Array.from({ length: 8 }, () => takeLock(dir)));
      const [winner, ...others] = all.filter((one) => one.status === 'fulfilled');
      assert.ok(winner);
      assert.deepEqual(others, []);
      await winner.value();
    }
  });

  test('a log is written, followed, read back, and hides secrets', async () => {
    const redactor = createRedactor();
    redactor.add(['hunter2!']);
    const now = (): Date => new Date('2026-01-02T03:04:05.678Z');
    const log = await openAppLog(dir, redactor, now);
    const followed: string[] = [];
    const stop = log.follow((line) => followed.push(line));
    log.write('app', 'web.1', 'my hunter2! word');
    stop();
    log.write('platform', 'api', 'later');
    assert.deepEqual(followed, ['2026-01-02T03:04:05.678Z app[web.1]: my [secret] word']);
    log.close();
    const again = await openAppLog(dir, redactor, now);
    assert.deepEqual(again.tail(1), ['2026-01-02T03:04:05.678Z platform[api]: later']);
    assert.equal(again.tail(100).length, 2);
    again.close();
  });

  test('a log turns to a new file and keeps two old ones', async () => {
    const log = await openAppLog(dir, createRedactor(), () => new Date());
    const line = 'x'.repeat(100_000);
    for (let n = 0; n < 250; n += 1) {
      log.write('app', 'web.1', line);
      await new Promise(setImmediate);
    }
    log.close();
    assert.deepEqual((await readdir(dir)).toSorted(), ['app.log', 'app.log.1', 'app.log.2']);
    for (const name of await readdir(dir)) assert.ok((await stat(join(dir, name))).size < 6 * 1024 * 1024);
  });

  test('the record of a deploy is replayed from memory while it runs and from its file afterwards', async () => {
    const log = createDeployLog(dir, 'd1', createRedactor());
    const { signal } = new AbortController();
    const collect = async (): Promise<readonly string[]> => {
      const lines: string[] = [];
      for await (const one of log.follow(signal)) lines.push(one);
      return lines;
    };
    const early = collect();
    log.emit({ type: 'started', deploy: 'd1', app: 'a', environment: 'local', kind: 'build', source: {} });
    log.emit({ type: 'finished', outcome: 'live', release: 1, seconds: 1 });
    await log.finished;
    const lines = await early;
    assert.equal(lines.length, 2);
    assert.deepEqual(await collect(), lines);
    assert.deepEqual(await readDeployLog(dir, 'd1'), lines);
    assert.equal(isFinished(lines), true);
    assert.equal(isFinished([...lines.slice(0, 1), '{"type":"fini']), false);
    assert.equal(await readDeployLog(dir, 'd2'), undefined);
    assert.equal((await readFile(join(dir, 'd1.ndjson'), 'utf8')).split('\n').length, 3);
  });
});
