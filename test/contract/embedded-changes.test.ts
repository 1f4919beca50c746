import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { RunEvent } from '../../src/deploy/provider';
import type { Target } from '../../src/deploy';
import { promotionWish } from '../../src/deploy/promote';
import { nodeProcesses } from '../../src/platform/node/processes';
import type { TestPlatform } from '../helpers/platform';
import { conclude, deploy, eventually, startPlatform, textFrom } from '../helpers/platform';

/** What changes a running service beside deploys, on real processes. */

const { signal } = new AbortController();
let platform: TestPlatform;
before(async () => {
  platform = await startPlatform();
});
after(() => platform.stop());

async function live(app: string, files: Readonly<Record<string, string>> = {}): Promise<Target> {
  const target = await platform.service(app, files);
  assert.equal((await deploy(platform.provider, target)).outcome, 'live');
  return target;
}

const urlOf = async (target: Target): Promise<string> =>
  (await platform.provider.status(target, signal))?.url ?? '';
const variable = async (target: Target, name: string): Promise<string> =>
  textFrom(`${await urlOf(target)}/env?name=${name}`);
const change = (target: Target, patch: Readonly<Record<string, string | null>>): Promise<unknown> => {
  const { config } = platform.provider;
  assert.ok(config);
  return config.change(target, patch, 'because', signal);
};

async function run(
  target: Target,
  command: string,
  input?: string,
  on = signal,
): Promise<readonly RunEvent[]> {
  const events: RunEvent[] = [];
  const request = { command, ...(input === undefined ? {} : { input }) };
  for await (const event of platform.provider.runs?.exec?.(target, request, on) ?? []) events.push(event);
  return events;
}

test('a variable that is set is a release of its own, survives deploys, and goes back with a roll back', async () => {
  const target: Target = {
    ...(await platform.service('configured')),
    environment: envWith({ LEVEL: 'info' }),
  };
  await deploy(platform.provider, target);
  const after = await change(target, { LEVEL: 'debug', TOKEN: 'canary-token-123' });
  assert.deepEqual(after, { LEVEL: 'debug', TOKEN: 'canary-token-123' });
  assert.equal(await variable(target, 'LEVEL'), 'debug');
  const [newest] = await platform.provider.releases(target, signal);
  assert.deepEqual([newest?.version, newest?.status, newest?.description], [2, 'current', 'because']);
  await deploy(platform.provider, target);
  assert.equal(await variable(target, 'TOKEN'), 'canary-token-123');
  await change(target, { LEVEL: null, TOKEN: null });
  assert.equal(await variable(target, 'TOKEN'), '');
  assert.equal(await variable(target, 'LEVEL'), 'info', 'what servicewright.yaml gives holds again');
  assert.deepEqual(await platform.provider.config?.read(target, 2, signal), {
    LEVEL: 'debug',
    TOKEN: 'canary-token-123',
  });
  const back = await conclude(platform.provider, target, platform.provider.rollback(target, 2, signal));
  assert.equal(back.outcome, 'live', back.error?.message);
  assert.equal(await variable(target, 'TOKEN'), 'canary-token-123');
  await deploy(platform.provider, target);
  assert.equal(await variable(target, 'TOKEN'), 'canary-token-123', 'what was brought back stays');
});

const envWith = (config: Readonly<Record<string, string>>): Target['environment'] => ({
  name: 'local',
  platform: 'embedded',
  protected: false,
  config,
});

test('what can’t be set or taken away is refused and changes nothing; a release that fails leaves the variables', async () => {
  const target: Target = { ...(await platform.service('refusing')), environment: envWith({ LEVEL: 'info' }) };
  await deploy(platform.provider, target);
  await assert.rejects(change(target, { LEVEL: null }), /servicewright\.yaml or app\.json gives it/);
  await assert.rejects(change(target, { '1X': 'a' }), /"1X" can't be a variable/);
  await assert.rejects(change(target, { PORT: '80' }), /PORT is given by the platform/);
  assert.equal((await platform.provider.releases(target, signal)).length, 1);
  await assert.rejects(change(target, { PYTHONHOME: '/nowhere' }), /web ended before it answered/);
  assert.deepEqual(await platform.provider.config?.read(target, undefined, signal), { LEVEL: 'info' });
  assert.equal(await variable(target, 'LEVEL'), 'info');
});

test('variables can be set before the first deploy, and are in no log', async () => {
  const target = await platform.service('early');
  await change(target, { SECRET_KEY: 'canary-secret-456' });
  assert.deepEqual(await platform.provider.config?.read(target, undefined, signal), {
    SECRET_KEY: 'canary-secret-456',
  });
  await deploy(platform.provider, target);
  await textFrom(`${await urlOf(target)}/say?text=canary-secret-456`);
  const logs = join(platform.home, 'apps', 'early', 'logs');
  const text = await eventually('the log is written', async () => {
    const all = await Promise.all((await readdir(logs)).map((name) => readFile(join(logs, name), 'utf8')));
    return all.join('').includes('[secret]') && all.join('');
  });
  assert.doesNotMatch(text, /canary-secret/);
});

test('quantities outlive deploys and the platform; nothing but sound ones are taken', async () => {
  const target = await live('scaled', { Procfile: 'web: exec python3 serve.py\nworker: exec sleep 1000\n' });
  const { scaling } = platform.provider;
  assert.ok(scaling);
  const changed = await scaling.scale(
    target,
    [
      { type: 'web', quantity: 2 },
      { type: 'worker', quantity: 0 },
    ],
    '',
    signal,
  );
  assert.deepEqual(
    changed.map(({ type, quantity }) => `${type}=${quantity}`),
    ['web=2', 'worker=0'],
  );
  const names = async (): Promise<string> => {
    const status = await platform.provider.status(target, signal);
    return (status?.processes ?? []).map(({ name, state }) => `${name} ${state}`).join(', ');
  };
  await eventually('two are up', async () => (await names()) === 'web.1 up, web.2 up');
  await deploy(platform.provider, target);
  assert.equal(await names(), 'web.1 up, web.2 up');
  assert.deepEqual((await platform.provider.releases(target, signal))[0]?.quantities, { web: 2, worker: 0 });
  await platform.restart();
  await eventually('both come back', async () => (await names()) === 'web.1 up, web.2 up');
  for (const [type, quantity] of [
    ['web', -1],
    ['web', 21],
    ['web', 1.5],
    ['nothing', 1],
  ] as const)
    await assert.rejects(scaling.scale(target, [{ type, quantity }], '', signal), { name: 'UserError' });
  await assert.rejects(scaling.scale(target, [{ type: 'web', size: '2X' }], '', signal), {
    code: 'deploy/cant',
  });
  await scaling.scale(target, [{ type: 'web', quantity: 0 }], '', signal);
  const text = await eventually('nothing answers', async () => {
    const found = await textFrom(await urlOf(target));
    return found.includes('scaled to 0') && found;
  });
  assert.match(text, /scaled v2 has no web process/);
});

test('a command that runs once has the release’s files, variables and input, and its exit code is told', async () => {
  const target = await live('single');
  await change(target, { GREETING: 'hello' });
  const events = await run(
    target,
    'cat version.txt; echo $GREETING $DYNO; cat; echo oops >&2; exit 7',
    'from\nstdin\n',
  );
  const of = (stream: string): readonly string[] =>
    events.flatMap((one) => (one.type === 'out' && one.stream === stream ? [one.text] : []));
  assert.deepEqual(of('stdout'), ['1', 'hello run.1', 'from', 'stdin']);
  assert.deepEqual(of('stderr'), ['oops']);
  assert.deepEqual(events.at(-1), { type: 'exit', code: 7 });
  assert.deepEqual((await run(target, 'kill -9 $$')).at(-1), { type: 'exit', code: 137 });
  assert.deepEqual(
    (await run(target, 'exec cat')).at(-1),
    { type: 'exit', code: 0 },
    'without input there is none',
  );
});

test('who leaves a single command ends it', async () => {
  const target = await live('left');
  const leaving = new AbortController();
  const tried = run(target, 'echo started; exec sleep 1000', undefined, leaving.signal);
  const isThere = async (): Promise<boolean> => {
    const status = await platform.provider.status(target, signal);
    return status?.processes.some(({ name, state }) => name === 'run.1' && state === 'up') === true;
  };
  await eventually('it runs', isThere);
  leaving.abort();
  await assert.rejects(tried);
  await eventually('it is gone', async () => !(await isThere()));
});

test('what runs in one app is promoted to another one, with the variables and the database of that one', async () => {
  const from = await live('stage');
  await change(from, { ONLY_HERE: 'x' });
  const to: Target = {
    ...from,
    app: 'stage-live',
    environment: { ...envWith({ LEVEL: 'warning' }), name: 'live' },
  };
  const [release] = await platform.provider.releases(from, signal);
  assert.ok(release);
  const { provider } = platform;
  const wish = await promotionWish(
    { from: { target: from, provider }, to: { target: to, provider }, release },
    nodeProcesses,
    signal,
  );
  assert.deepEqual(wish, { message: 'Promote v2 of local', from: { app: 'stage', release: 2 } });
  const { from: origin, message } = wish;
  assert.ok(origin);
  const result = await conclude(
    provider,
    to,
    provider.deploy(to, { from: origin, message: message ?? '' }, signal),
  );
  assert.equal(result.outcome, 'live', result.error?.message);
  assert.equal(await textFrom(`${await urlOf(to)}/version`), '1');
  assert.equal(await variable(to, 'LEVEL'), 'warning');
  assert.equal(await variable(to, 'ONLY_HERE'), '');
  const tried = conclude(provider, to, provider.deploy(to, { from: { app: 'stage', release: 99 } }, signal));
  await assert.rejects(tried, /stage has no release v99 to go back to/);
});
