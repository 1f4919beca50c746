import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { after, afterEach, before, describe, test } from 'node:test';
import { Secret } from '../../../src/base/secret';
import type { CliContext } from '../../../src/base/cli';
import { createCliAccounts } from '../../../src/deploy/host/cli/accounts';
import { readRelease } from '../../../src/deploy/providers/heroku/wire';
import { sourceFiles } from '../../../src/deploy/providers/heroku/source';
import type { DeployEvent, Target } from '../../../src/deploy';
import { nodeFiles } from '../../../src/platform/node/files';
import { nodeProcesses } from '../../../src/platform/node/processes';
import { canaryKey, startHeroku } from '../../helpers/heroku';
import type { TestHeroku } from '../../helpers/heroku';
import { jsonOf, problem } from '../../helpers/heroku-replies';
import { conclude, eventually, temporaryFolder, writeFiles } from '../../helpers/platform';

const { signal } = new AbortController();
let heroku: TestHeroku;
let target: Target;
before(async () => {
  heroku = await startHeroku();
  heroku.state.seed('orders', '1a2b3c4').formation = { web: { quantity: 1, size: 'Eco' } };
  target = await heroku.service('orders');
});
after(() => heroku.stop());
afterEach(() => Object.assign(heroku, { override: undefined, code: undefined }));

const parts = () => {
  const { scaling, config, domains, maintenance, account } = heroku.provider;
  assert.ok(scaling && config && domains && maintenance && account);
  return { scaling, config, domains, maintenance, account };
};
const sent = (method: string, end: string): readonly string[] =>
  heroku.server.requests
    .filter((one) => one.method === method && one.path.endsWith(end))
    .map((one) => one.body);

describe('changes', () => {
  test('half a change of the formation leaves the other half; what is wrong is not sent', async () => {
    const { scaling } = parts();
    const sized = await scaling.scale(target, [{ type: 'web', size: 'Basic' }], 'why', signal);
    assert.deepEqual(sized, [{ type: 'web', quantity: 1, size: 'Basic' }]);
    assert.deepEqual(sent('PATCH', '/formation'), [
      '{"updates":[{"type":"web","dyno_size":{"name":"Basic"}}]}',
    ]);
    for (const change of [
      { type: 'nope', quantity: 1 },
      { type: 'web', quantity: -1 },
      { type: 'web', quantity: 1.5 },
    ])
      await assert.rejects(scaling.scale(target, [change], 'why', signal), { name: 'UserError' });
    await scaling.scale(target, [], 'why', signal);
    assert.equal(sent('PATCH', '/formation').length, 1);
    await scaling.restart(target, 'web.1', 'why', signal);
    assert.equal(sent('DELETE', '/dynos/web.1').length, 1);
  });

  test('variables are set and taken away in one go; none is in an error', async () => {
    const { config } = parts();
    const after = await config.change(target, { A: 'one', B: 'canary-value' }, 'why', signal);
    assert.deepEqual(after, { A: 'one', B: 'canary-value' });
    assert.deepEqual(await config.change(target, { A: null }, 'why', signal), { B: 'canary-value' });
    assert.deepEqual(await config.read(target, 2, signal), { A: 'one', B: 'canary-value' });
    await assert.rejects(config.change(target, { '1': 'x' }, 'why', signal), {
      code: 'deploy/bad-config-key',
    });
    await config.change(target, {}, 'why', signal);
    assert.equal(sent('PATCH', '/config-vars').length, 2);
    heroku.override = ({ method, body }) =>
      method === 'PATCH' ? problem(422, 'invalid_params', `can't take ${body}`) : undefined;
    await assert.rejects(config.change(target, { C: 'canary-value' }, 'why', signal), (error: Error) => {
      assert.match(error.message, /can't take/);
      assert.doesNotMatch(error.message, /canary-value/);
      return true;
    });
  });

  test('no app, an app of somebody else, a name that can be none', async () => {
    const nowhere = { ...target, app: 'nowhere' };
    await assert.rejects(parts().config.read(nowhere, undefined, signal), { code: 'deploy/no-such-app' });
    await assert.rejects(parts().scaling.restart(nowhere, undefined, 'why', signal), {
      code: 'deploy/no-such-app',
    });
    heroku.override = () => problem(403, 'forbidden', 'You do not have access to the app taken.');
    await assert.rejects(parts().domains.list(target, signal), { code: 'deploy/not-your-app' });
    heroku.override = undefined;
    const bad = { ...target, app: 'Orders_' };
    const plan = await heroku.provider.plan?.(bad, {}, signal);
    assert.ok(plan?.notes.some((one) => one.level === 'blocker' && one.code === 'deploy/bad-app-name'));
  });
});

test('newer answers name the slug among the artifacts of a release', () => {
  const facts = { id: 'r', version: 3, status: 'succeeded', slug: null };
  const told = readRelease({
    ...facts,
    artifacts: [
      { type: 'oci-image', id: 'o' },
      { type: 'slug', id: 's' },
    ],
  });
  assert.deepEqual([told?.slug, told?.eligible], ['s', true]);
  assert.equal(readRelease({ ...facts, artifacts: [] })?.eligible, false);
  assert.equal(readRelease({ ...facts, status: 'expired' })?.standing, 'failed');
  assert.equal(readRelease({ ...facts, slug: { id: 's' }, eligible_for_rollback: false })?.eligible, false);
});

describe('what is known before a deploy', () => {
  test('which commit runs, also after a variable was set and after a roll back', async () => {
    const service = await heroku.service('history');
    heroku.state.seed('history', 'aaaaaaa1').formation = { web: { quantity: 1, size: 'Eco' } };
    heroku.state.seed('history', 'bbbbbbb2');
    const commit = async (): Promise<string | undefined> =>
      (await heroku.provider.plan?.(service, {}, signal))?.current?.commit;
    await parts().config.change(service, { X: '1' }, 'why', signal);
    assert.equal(await commit(), 'bbbbbbb2');
    await conclude(heroku.provider, service, heroku.provider.rollback(service, 1, signal));
    assert.equal(await commit(), 'aaaaaaa1');
  });
  test('config: is set where an app is made, and said where one differs', async () => {
    const service = await heroku.service('configured');
    const environment = { ...service.environment, config: { DEBUG: 'false', LEVEL: 'info' } };
    const here = { ...service, environment };
    const result = await conclude(heroku.provider, here, heroku.provider.deploy(here, {}, signal));
    assert.equal(result.outcome, 'live');
    assert.deepEqual(heroku.state.apps.get('configured')?.config, { DEBUG: 'false', LEVEL: 'info' });
    const notes = async (target: Target): Promise<readonly string[]> =>
      ((await heroku.provider.plan?.(target, {}, signal))?.notes ?? []).map((one) => one.code);
    assert.ok(!(await notes(here)).includes('deploy/config-differs'));
    const other = { ...here, environment: { ...environment, config: { DEBUG: 'true' } } };
    assert.ok((await notes(other)).includes('deploy/config-differs'));
  });
});

describe('what answers say in their heads', () => {
  test('a list is asked for page after page, newest first', async () => {
    for (const code of ['2', '3', '4', '5']) heroku.state.seed('paged', code);
    const paged = await heroku.service('paged');
    heroku.state.pageSize = 3;
    const from = heroku.server.requests.length;
    const found = await heroku.provider.releases(paged, signal);
    heroku.state.pageSize = 1000;
    assert.deepEqual(
      found.map((one) => one.version),
      [4, 3, 2, 1],
    );
    const ranges = heroku.server.requests.slice(from).map((one) => one.headers['range']);
    assert.deepEqual(ranges, ['version ..; order=desc,max=200', 'version ]2 ..; max=3,order=desc']);
    assert.deepEqual(
      (await heroku.provider.releases(paged, signal, 2)).map((one) => one.version),
      [4, 3],
    );
  });

  test('warnings and few calls left are told once, in a deploy beside its lines', async () => {
    const warned = await heroku.service('warned');
    heroku.override = (request) => {
      if (request.method !== 'GET' || request.path !== '/apps/warned') return undefined;
      const headers = { 'X-Heroku-Warning': `Stack is old, ${canaryKey}`, 'RateLimit-Remaining': '7' };
      return jsonOf(200, { id: 'i', name: 'warned', stack: { name: 'heroku-18' } }, headers);
    };
    heroku.state.seed('warned', '1').formation = { web: { quantity: 1, size: 'Eco' } };
    const result = await conclude(heroku.provider, warned, heroku.provider.deploy(warned, {}, signal));
    const told = result.events.flatMap((one) =>
      one.type === 'log' && /Heroku warns/.test(one.text) ? [one.text] : [],
    );
    assert.deepEqual(told, [
      'Heroku warns: Stack is old, [secret]',
      'Heroku warns: This account has nearly used up its calls of the hour, so Heroku is asked less often.',
    ]);
    const plan = await heroku.provider.plan?.(warned, {}, signal);
    assert.ok(plan?.notes.some((one) => one.code === 'deploy/platform-warns'));
    heroku.override = (request) =>
      request.method === 'PATCH' ? jsonOf(200, {}, { 'Warning-Message': 'Add-ons are slow.' }) : undefined;
    await parts().config.change(target, { X: '1' }, 'why', signal);
    assert.deepEqual(heroku.said, ['Heroku warns: Add-ons are slow.']);
  });

  test('a refusal names the request; 429 is asked again, and of a change it is told', async () => {
    heroku.override = ({ method }) => (method === 'GET' ? undefined : problem(422, 'invalid_params', 'Bad.'));
    await assert.rejects(
      parts().domains.add(target, 'x.example.com', signal),
      /Bad, request req-from-server\./,
    );
    let left = 2;
    heroku.override = () => (left-- > 0 ? problem(429, 'rate_limit', 'Too many.') : undefined);
    assert.ok(await heroku.provider.status(target, signal));
    heroku.override = ({ method }) =>
      method === 'GET' ? undefined : problem(429, 'rate_limit', 'Too many.');
    await assert.rejects(parts().domains.add(target, 'x.example.com', signal), {
      code: 'deploy/rate-limited',
    });
  });

  test('a two-factor code goes with the call where no app is named', async () => {
    heroku.override = ({ headers }) =>
      headers['heroku-two-factor-code'] === '271828'
        ? undefined
        : problem(403, 'two_factor', 'Code, please.');
    await assert.rejects(heroku.provider.status(target, signal), { code: 'deploy/two-factor' });
    heroku.code = '271828';
    assert.ok(await heroku.provider.status(target, signal));
    heroku.code = '000000';
    await assert.rejects(heroku.provider.status(target, signal), { code: 'deploy/two-factor' });
  });
});

describe('what comes after the dynos are up', () => {
  const healthy = async (answer: (n: number) => number, maintenance = false): Promise<readonly string[]> => {
    const app = `health-${Math.random().toString(36).slice(2, 8)}`;
    const service = { ...(await heroku.service(app)), health: '/healthz' };
    Object.assign(heroku.state.seed(app, '1'), { url: `${heroku.server.url}/web`, maintenance });
    let asked = 0;
    heroku.override = ({ path }) =>
      path === '/web/healthz'
        ? { pieces: [`HTTP/1.1 ${answer(asked++)} X\r\nContent-Length: 0\r\n\r\n`], end: 'close' }
        : undefined;
    const result = await conclude(heroku.provider, service, heroku.provider.deploy(service, {}, signal));
    return [result.outcome, result.error?.code ?? '', String(asked)];
  };
  test('it has to answer where its health is', async () => {
    assert.deepEqual(await healthy(() => 200), ['live', '', '1']);
    assert.deepEqual(await healthy((n) => (n < 2 ? 503 : 204)), ['live', '', '3']);
    const [outcome, code] = await healthy(() => 500);
    assert.deepEqual([outcome, code], ['failed', 'deploy/unhealthy']);
  });
  test('behind a maintenance page it is not asked', async () => {
    assert.deepEqual(await healthy(() => 503, true), ['live', '', '0']);
  });
});

test('a release command is cancelled as well as a build; what is past both goes on', async () => {
  const service = await heroku.service('cancelled', { Procfile: 'release: sleep 60\nweb: ./serve\n' });
  const events: DeployEvent[] = [];
  const deploy = (async () => {
    for await (const event of heroku.provider.deploy(service, {}, signal)) events.push(event);
  })();
  const id = await eventually('it has a name', () => {
    const started = events.find((one) => one.type === 'started');
    return started?.type === 'started' ? started.deploy : undefined;
  });
  await eventually('it is released', () => events.some((one) => one.type === 'released'));
  assert.equal((await heroku.provider.status(service, signal))?.deploy, id);
  await heroku.provider.cancel(service, id, signal);
  await deploy;
  const end = events.at(-1);
  assert.ok(end?.type === 'finished' && end.outcome === 'failed' && end.error?.code === 'deploy/cancelled');
  const from = heroku.server.requests.length;
  await heroku.provider.cancel(service, id, signal);
  assert.ok(heroku.server.requests.slice(from).every((one) => one.method === 'GET'));
});

test('a cancel waits for the command of a release that was just made', async () => {
  const service = await heroku.service('early', { Procfile: 'release: sleep 60\nweb: ./serve\n' });
  const events: DeployEvent[] = [];
  const deploy = (async () => {
    for await (const event of heroku.provider.deploy(service, {}, signal)) events.push(event);
  })();
  await eventually('it is released', () => events.some((one) => one.type === 'released'));
  const id = (await heroku.provider.status(service, signal))?.deploy ?? '';
  let hidden = 0;
  heroku.override = ({ method, path }) =>
    method === 'GET' && path.endsWith('/apps/early/dynos') && ++hidden <= 2 ? jsonOf(200, []) : undefined;
  await heroku.provider.cancel(service, id, signal);
  heroku.override = undefined;
  await deploy;
  assert.ok(hidden >= 3, String(hidden));
  const end = events.at(-1);
  assert.ok(end?.type === 'finished' && end.outcome === 'failed' && end.error?.code === 'deploy/cancelled');
});

test('a cancel of a build that arrives when its release is under way ends that, and is told as a cancel', async () => {
  const service = await heroku.service('late', { Procfile: 'release: sleep 60\nweb: ./serve\n' });
  const events: DeployEvent[] = [];
  const deploy = (async () => {
    for await (const event of heroku.provider.deploy(service, {}, signal)) events.push(event);
  })();
  await eventually('it is released', () => events.some((one) => one.type === 'released'));
  const id = (await heroku.provider.status(service, signal))?.deploy ?? '';
  const stop = '/apps/late/dynos/release.4711/actions/stop';
  heroku.override = (request) => {
    if (!request.path.endsWith(`/builds/${id}`)) return undefined;
    if (request.method === 'GET') return jsonOf(200, { id, status: 'pending' });
    heroku.state.answer({ ...request, method: 'POST', path: stop }, heroku.server.url);
    return jsonOf(200, { id, status: 'succeeded' });
  };
  await heroku.provider.cancel(service, id, signal);
  heroku.override = undefined;
  await deploy;
  const end = events.at(-1);
  assert.ok(end?.type === 'finished' && end.outcome === 'failed' && end.error?.code === 'deploy/cancelled');
});

describe('signing in', () => {
  const at = () => parts().account.place(target);
  const say = (answers: Readonly<Record<string, string>>): Record<string, Secret> =>
    Object.fromEntries(Object.entries(answers).map(([name, text]) => [name, new Secret(text)]));
  test('with a key that Heroku knows', async () => {
    const { account } = parts();
    const step = await account.signIn(at(), 'token', say({ token: ` ${canaryKey}\n` }), signal);
    assert.ok(step.kind === 'account' && step.account.name === 'jane@example.com');
    assert.equal(step.account.token.reveal(), canaryKey);
    const bad = account.signIn(at(), 'token', say({ token: 'HRKU-wrong-wrong' }), signal);
    await assert.rejects(bad, { code: 'deploy/sign-in-refused' });
  });
  test('a refusal never holds what was typed; a page is no answer; passwords may be shut', async () => {
    const { account } = parts();
    const typed = { user: 'jane@example.com', password: 's3cret-canary', code: '123456' };
    const tried = (): Promise<unknown> => account.signIn(at(), 'password', say(typed), signal);
    heroku.override = ({ headers }) =>
      problem(401, 'unauthorized', `No: ${headers['authorization']} s3cret-canary 123456`);
    await assert.rejects(tried(), (error: Error) => {
      const basic = Buffer.from('jane@example.com:s3cret-canary').toString('base64');
      for (const secret of ['s3cret-canary', '123456', basic])
        assert.ok(!error.message.includes(secret), error.message);
      return true;
    });
    heroku.override = () => problem(403, 'device_trust_required', 'No.');
    await assert.rejects(tried(), /API key instead/);
    heroku.override = () => ({
      pieces: ['HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>'],
      end: 'close',
    });
    await assert.rejects(tried(), { code: 'deploy/not-the-api' });
  });
  test('Heroku’s own variable is read for Heroku’s own server alone', async () => {
    const context = {
      env: { HEROKU_API_KEY: 'HRKU-from-the-environment' },
      processes: { find: async () => undefined },
      signal,
    } as unknown as CliContext;
    const find = (origin: string): Promise<Secret | undefined> =>
      createCliAccounts(context).find({ platform: 'heroku', origin, environment: 'live' }, signal);
    assert.equal((await find('https://api.heroku.com'))?.reveal(), 'HRKU-from-the-environment');
    assert.equal(await find('https://api.heroku.com.evil.example'), undefined);
    assert.equal(await find('http://api.heroku.com'), undefined);
  });
});

describe('which files make a source', () => {
  const world = { processes: nodeProcesses, files: nodeFiles };
  const files = {
    '.gitignore': '*.log\nbuild/\n!keep.log\n',
    '.slugignore': '*.psd\n/docs\n',
    'a.log': '',
    'keep.log': 'k',
    'app.py': 'x',
    'art/logo.psd': 'x',
    'build/out.js': 'x',
    'docs/index.md': 'x',
    'pkg/.gitignore': 'local.py\n!b.log\n',
    'pkg/b.log': 'x',
    'pkg/docs/kept.md': 'x',
    'pkg/local.py': 'x',
  };
  const kept = [
    '.gitignore',
    '.slugignore',
    'app.py',
    'keep.log',
    'pkg/.gitignore',
    'pkg/b.log',
    'pkg/docs/kept.md',
  ];
  test('what git keeps or would keep; without git the same', async () => {
    const dir = await temporaryFolder();
    await writeFiles(dir, files);
    assert.deepEqual(await sourceFiles(dir, world, signal), kept);
    execFileSync('git', ['-C', dir, 'init', '-q']);
    assert.deepEqual(await sourceFiles(dir, world, signal), kept);
    execFileSync('git', ['-C', dir, 'add', '-f', 'build/out.js']);
    assert.deepEqual(await sourceFiles(dir, world, signal), [
      '.gitignore',
      '.slugignore',
      'app.py',
      'build/out.js',
      ...kept.slice(3),
    ]);
    const none = {
      ...world,
      processes: { ...nodeProcesses, run: () => Promise.reject(new Error('spawn git ENOENT')) },
    };
    assert.deepEqual(await sourceFiles(dir, none, signal), kept);
    await rm(dir, { recursive: true });
  });
  test('nothing at all is told', async () => {
    const dir = await temporaryFolder();
    await writeFiles(dir, { '.gitignore': '*\n' });
    await assert.rejects(sourceFiles(dir, world, signal), { code: 'deploy/empty-source' });
    await rm(dir, { recursive: true });
  });
});
