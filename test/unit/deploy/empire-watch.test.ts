import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { DeployResult } from '../../../src/deploy';
import { imageOf, startEmpire, tokenFor } from '../../helpers/empire';
import type { TestEmpire } from '../../helpers/empire';
import type { RawRequest, Reply } from '../../helpers/empire-http';
import { chunk, jsonReply, recorded, streamHead } from '../../helpers/empire-recordings';
import { conclude } from '../../helpers/platform';

/** After the server said that it is done: what its processes tell, in the forms of ECS. */

const signal = new AbortController().signal;

let empire: TestEmpire;
before(async () => {
  empire = await startEmpire();
});
after(() => empire.stop());

let serial = 0;

const dyno = (name: string, state = 'RUNNING'): object => ({
  command: 'x',
  id: '',
  name,
  size: '1X',
  state,
  type: name.split('.')[1],
  updated_at: '2026-11-23T20:26:32.284318276Z',
});
const formation = (all: Readonly<Record<string, number>>): Reply =>
  jsonReply(
    200,
    Object.entries(all).map(([type, quantity]) => ({ type, quantity, size: '1X' })),
  );

/** Deploys v2 of an app; the answers to what is asked for are these. */
async function deployTo(
  answers: Readonly<Record<string, (request: RawRequest) => Reply | undefined>>,
  on: TestEmpire = empire,
): Promise<DeployResult> {
  const app = `watched-${++serial}`;
  const target = on.target(app);
  on.state.seed(app, imageOf(app, 'v1'));
  on.override = (request) => {
    const key = `${request.method} ${request.path.replace(`/apps/${app}`, '')}`;
    return answers[key]?.(request);
  };
  const events = on.provider.deploy(target, { image: imageOf(app, 'v2') }, signal);
  const result = await conclude(on.provider, target, events);
  on.override = undefined;
  return result;
}

const says =
  (...lines: readonly string[]) =>
  (): Reply => ({
    pieces: [
      streamHead,
      ...lines.map((one) => chunk(`${JSON.stringify({ status: `Status: ${one}` })}\n`)),
      '0\r\n\r\n',
    ],
    end: 'close',
  });
const created = 'Created new release v2 for it';
const finished = 'Finished processing events for release v2 of it';

/** The first answer is that before the deploy. */
const dynos = (...answers: readonly (readonly object[])[]): (() => Reply) => {
  let at = 0;
  return () => jsonReply(200, answers[Math.min(at++, answers.length - 1)]);
};

describe('processes of a new release', () => {
  const live: Readonly<Record<string, readonly [Readonly<Record<string, number>>, readonly object[]]>> = {
    'whose type is called almost like a run': [
      { web: 1, runner: 1 },
      [dyno('v2.web.a'), dyno('v2.runner.b')],
    ],
    'beside a command that somebody runs in the old one': [{ web: 1 }, [dyno('v2.web.a'), dyno('v1.run.b')]],
    'beside a type that only runs when it is called': [
      { web: 1, console: 0 },
      [dyno('v2.web.a'), dyno('v1.console.b')],
    ],
    'beside a type that runs by the clock and not now': [{ web: 1, nightly: 1 }, [dyno('v2.web.a')]],
    'of a type that Empire makes nothing for': [{ web: 1, worker: -1 }, [dyno('v2.web.a')]],
    'beside one that is on its way out': [{ web: 1 }, [dyno('v2.web.a'), dyno('v1.web.b', 'STOPPED')]],
  };
  for (const [name, [wanted, running]] of Object.entries(live))
    test(`${name} are live`, async () => {
      const result = await deployTo({
        'GET /formation': () => formation(wanted),
        'GET /dynos': dynos([dyno('v1.web.z')], running),
      });
      assert.equal(result.outcome, 'live', result.error?.message);
    });

  test('that are called almost like a run are not live when they do not run', async () => {
    const result = await deployTo({
      'POST /deploys': says(created, 'Service web became stable', 'Service runner became stable', finished),
      'GET /formation': () => formation({ web: 1, runner: 1 }),
      'GET /dynos': dynos([dyno('v1.runner.z')], [dyno('v2.web.a'), dyno('v1.runner.z')]),
    });
    assert.equal(result.outcome, 'unknown');
  });

  test('of a type that ran before are not live when none of it is there', async () => {
    const result = await deployTo({
      'GET /formation': () => formation({ web: 1, worker: 1 }),
      'GET /dynos': dynos([dyno('v1.web.a'), dyno('v1.worker.b')], [dyno('v2.web.c')]),
    });
    assert.deepEqual([result.outcome, result.release], ['unknown', 2]);
  });

  test('that are awaited while older ones run, ten times as long as when nothing does', async () => {
    const patient = await startEmpire({ patience: { bootMs: 400, bootEveryMs: 20 } });
    const old = Array.from({ length: 30 }, () => [dyno('v1.web.a')]);
    const began = Date.now();
    const slow = await deployTo({ 'GET /dynos': dynos(...old, [dyno('v2.web.b')]) }, patient);
    assert.equal(slow.outcome, 'live', slow.error?.message);
    assert.ok(Date.now() - began > 400);
    const none = await deployTo({ 'GET /dynos': dynos([dyno('v1.web.a')], []) }, patient);
    assert.equal(none.outcome, 'unknown');
    await patient.stop();
  });
});

describe('a task of an older release that runs by the clock', () => {
  const wanted = () => formation({ web: 1, nightly: 1 });
  const running = [dyno('v2.web.a'), dyno('v1.nightly.b')];

  test('does not count where the server waited for all services and named none of it', async () => {
    const result = await deployTo({
      'POST /deploys': says(created, 'Service web became stable', finished),
      'GET /formation': wanted,
      'GET /dynos': dynos(running),
    });
    assert.equal(result.outcome, 'live', result.error?.message);
  });

  test('counts where the server named no service at all', async () => {
    const result = await deployTo({
      'POST /deploys': says(created, finished),
      'GET /formation': wanted,
      'GET /dynos': dynos(running),
    });
    assert.equal(result.outcome, 'unknown');
  });

  test('counts where another rollout took over before all were waited for', async () => {
    const result = await deployTo({
      'POST /deploys': says(created, 'Service web became inactive', finished),
      'GET /formation': wanted,
      'GET /dynos': dynos(running),
    });
    assert.deepEqual([result.outcome, result.error?.code], ['unknown', 'deploy/superseded']);
  });
});

describe('waiting ends at once', () => {
  test('where a newer release runs', async () => {
    const patient = await startEmpire({ patience: { bootMs: 60_000 } });
    const result = await deployTo({ 'GET /dynos': dynos([dyno('v1.web.a')], [dyno('v3.web.b')]) }, patient);
    assert.deepEqual([result.outcome, result.error?.code], ['unknown', 'deploy/superseded']);
    await patient.stop();
  });

  test('in maintenance, where every process is down', async () => {
    const patient = await startEmpire({ patience: { bootMs: 60_000 } });
    const result = await deployTo(
      { 'GET /dynos': dynos([]), 'GET ': () => jsonReply(200, { name: 'x', maintenance: true }) },
      patient,
    );
    assert.deepEqual([result.outcome, result.error?.code], ['unknown', 'deploy/in-maintenance']);
    await patient.stop();
  });

  test('when the token ends meanwhile, and says so', async () => {
    const patient = await startEmpire({ patience: { bootMs: 60_000 } });
    let asked = 0;
    const result = await deployTo(
      { 'GET /dynos': () => (asked++ === 0 ? undefined : recorded('263')) },
      patient,
    );
    assert.deepEqual([result.outcome, result.release], ['unknown', 2]);
    assert.match(result.error?.message ?? '', /does not take the token/);
    await patient.stop();
  });
});

test('a plan warns of maintenance and of a token that ends soon', async () => {
  const exp = Math.floor(Date.now() / 1000) + 300;
  const ending = await startEmpire({ token: tokenFor({ exp, User: { Name: 'jane' } }) });
  ending.state.seed('orders', imageOf('orders', 'v1'));
  const app = ending.state.apps.get('orders');
  if (app) app.maintenance = true;
  const plan = await ending.provider.plan?.(
    ending.target('orders'),
    { image: imageOf('orders', 'v2') },
    signal,
  );
  assert.deepEqual(
    plan?.notes.map((one) => one.code),
    ['deploy/token-ends', 'deploy/in-maintenance'],
  );
  await ending.stop();
});

test('a clock that is some minutes ahead does not end a token', async () => {
  const exp = Math.floor(Date.now() / 1000) - 60;
  const ahead = await startEmpire({ token: tokenFor({ exp, User: { Name: 'jane' } }) });
  ahead.state.seed('orders', imageOf('orders', 'v1'));
  assert.equal((await ahead.provider.status(ahead.target('orders'), signal))?.release, 1);
  await ahead.stop();
});

test('an app that was never rolled out has no stack on AWS, and so no processes', async () => {
  empire.state.seed('stackless', imageOf('stackless', 'v1'));
  empire.override = ({ path }) =>
    path.endsWith('/dynos')
      ? jsonReply(500, { id: '', message: 'no stack for app found', url: '' })
      : undefined;
  const status = await empire.provider.status(empire.target('stackless'), signal);
  empire.override = undefined;
  assert.deepEqual([status?.processes, status?.release], [[], 1]);
});

test('while a server is quiet about a roll-out, its processes are told of', async () => {
  const quiet = await startEmpire({ patience: { silentMs: 20 } });
  quiet.state.seed('quiet', imageOf('quiet', 'v1'));
  const target = quiet.target('quiet');
  let looks = 0;
  let go = (): void => undefined;
  const gate = new Promise<void>((done) => (go = done));
  quiet.override = ({ method, path }) => {
    if (path.endsWith('/dynos') && ++looks === 4) go();
    if (path.endsWith('/dynos') && looks < 4) return jsonReply(200, [dyno('v1.web.a')]);
    if (method !== 'POST' || !path.endsWith('/deploys')) return undefined;
    quiet.state.seed('quiet', imageOf('quiet', 'v2'));
    const line = (status: string): Buffer => chunk(`${JSON.stringify({ status: `Status: ${status}` })}\n`);
    return {
      pieces: [
        streamHead,
        line('Created new release v2 for quiet'),
        Buffer.concat([line('Finished processing events for release v2 of quiet'), Buffer.from('0\r\n\r\n')]),
      ],
      end: 'close',
      gate,
    };
  };
  const lines: string[] = [];
  for await (const event of quiet.provider.deploy(target, { image: imageOf('quiet', 'v2') }, signal)) {
    if (event.type === 'log') lines.push(event.text);
    if (event.type === 'finished') assert.equal(event.outcome, 'live', event.error?.message);
  }
  assert.deepEqual(
    lines.filter((one) => /run/.test(one)),
    [
      '0 of 1 web run v2, 1 still run an older release.',
      'v2 is seen to run; the server has not said that it is done.',
    ],
  );
  await quiet.stop();
});
