import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Secret } from '../../../src/base/secret';
import { canaryToken, imageOf, startEmpire } from '../../helpers/empire';
import type { TestEmpire } from '../../helpers/empire';
import { recorded } from '../../helpers/empire-recordings';
import { freshApp } from '../../helpers/empire-state';

let empire: TestEmpire;
before(async () => {
  empire = await startEmpire();
  empire.state.seed('orders', imageOf('orders', 'v1'));
});
after(() => empire.stop());

const signal = new AbortController().signal;
const target = () => empire.target('orders');
const parts = () => {
  const { scaling, config, domains, maintenance, runs, account } = empire.provider;
  assert.ok(scaling && config && domains && maintenance && runs && account);
  return { scaling, config, domains, maintenance, runs, account };
};
const sent = (method: string, path: string): readonly string[] =>
  empire.server.requests
    .filter((one) => one.method === method && one.path.endsWith(path))
    .map((one) => one.body);

test('a size alone keeps the quantity; what is no process or no number is refused before it is sent', async () => {
  const { scaling } = parts();
  await scaling.scale(target(), [{ type: 'web', size: '2X' }], 'why', signal);
  assert.deepEqual(sent('PATCH', '/formation'), ['{"updates":[{"process":"web","quantity":1,"size":"2X"}]}']);
  for (const change of [
    { type: 'nope', quantity: 1 },
    { type: 'web', quantity: -1 },
    { type: 'web', quantity: 1.5 },
  ])
    await assert.rejects(scaling.scale(target(), [change], 'why', signal), { name: 'UserError' });
  assert.equal((await scaling.scale(target(), [], 'why', signal)).length, 2);
  assert.equal(sent('PATCH', '/formation').length, 1);
});

test('a change of no variable makes no release; names are checked', async () => {
  const { config } = parts();
  assert.deepEqual(await config.change(target(), {}, 'why', signal), {});
  await assert.rejects(config.change(target(), { 'A B': '1' }, 'why', signal), {
    code: 'deploy/bad-config-key',
  });
  assert.deepEqual(sent('PATCH', '/config-vars'), []);
  const values = { A: '1\n2', B: '', C: 'größer' };
  assert.deepEqual(await config.change(target(), values, 'why', signal), values);
  assert.deepEqual(await config.change(target(), { A: null }, 'why', signal), { B: '', C: 'größer' });
  assert.deepEqual(await config.read(target(), 1, signal), {});
  await assert.rejects(config.read(empire.target('nothing'), undefined, signal), {
    code: 'deploy/no-such-app',
  });
});

test('a failure of the scheduler is told with its reason', async () => {
  const { config } = parts();
  empire.override = ({ method }) => (method === 'PATCH' ? recorded('193') : undefined);
  await assert.rejects(config.change(target(), { X: '1' }, 'why', signal), /simulated scheduler failure/);
  empire.override = undefined;
});

test('releases are asked for by number and in no other way', async () => {
  await empire.provider.releases(target(), signal, 2);
  assert.equal(empire.server.requests.at(-1)?.headers['range'], 'version ..; max=2, order=desc');
  empire.override = ({ path }) => (path.endsWith('/releases') ? recorded('080') : undefined);
  const releases = await empire.provider.releases(target(), signal);
  assert.deepEqual([releases[0]?.version, releases[0]?.status, releases[1]?.eligible], [9, 'current', true]);
  assert.deepEqual(
    releases.slice(0, 7).map((one) => [one.image, one.user]),
    releases.slice(0, 7).map((one) => [/Deploy (\S+)/.exec(one.description)?.[1], 'fake']),
  );
  empire.override = ({ path }) => (path.endsWith('/releases') ? recorded('063b') : undefined);
  await assert.rejects(empire.provider.releases(target(), signal), /image: invalid/);
  empire.override = undefined;
});

test('what runs is told by the processes, not by the newest release', async () => {
  empire.state.seed('half', imageOf('half', 'v1'));
  empire.state.seed('half', imageOf('half', 'v2'));
  const app = empire.state.apps.get('half');
  if (app) app.running = 1;
  const status = await empire.provider.status(empire.target('half'), signal);
  assert.deepEqual([status?.release, status?.newest], [1, 2]);
});

test('maintenance that was not kept is told; hostnames that are taken too', async () => {
  const { maintenance, domains } = parts();
  empire.state.apps.set('unreleased', freshApp());
  assert.equal(await maintenance.set(empire.target('unreleased'), true, 'why', signal), false);
  assert.equal(await maintenance.set(target(), true, 'why', signal), true);
  await domains.add(target(), 'orders.example.com', signal);
  await assert.rejects(domains.add(target(), 'orders.example.com', signal), { code: 'deploy/refused' });
  await assert.rejects(domains.remove(target(), 'other.example.com', signal), { name: 'UserError' });
});

test('an empty command is not sent: the server would drop the connection', async () => {
  const { runs } = parts();
  const run = async (command: string): Promise<string> => {
    const lines: string[] = [];
    for await (const line of runs.run(target(), command, 'why', signal)) lines.push(line);
    return lines.join('\n');
  };
  await assert.rejects(run(' '), { code: 'deploy/no-command' });
  assert.deepEqual(sent('POST', '/dynos'), []);
  assert.match(await run('ls -la'), /Fake output/);
  empire.override = ({ path }) => (path.endsWith('/dynos') ? recorded('129') : undefined);
  await assert.rejects(run('explode'), /error starting container: simulated/);
  empire.override = undefined;
});

test('servers without a log say so', async () => {
  empire.override = ({ path }) =>
    path.endsWith('/log-sessions')
      ? { pieces: ['HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\nLogs are disabled\n'], end: 'close' }
      : undefined;
  for (const tail of [true, false])
    await assert.rejects(
      async () => {
        for await (const line of empire.provider.logs(target(), { tail, lines: 5 }, signal))
          assert.fail(line);
      },
      { code: 'deploy/no-logs' },
    );
  empire.override = undefined;
});

test('a log that is cut goes on, with a mark of the gap', async () => {
  let left = 1;
  empire.override = ({ path }) =>
    path.endsWith('/log-sessions') && left-- > 0
      ? { pieces: ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nfirst\n\r\n'], end: 'reset' }
      : undefined;
  const seen: string[] = [];
  for await (const line of empire.provider.logs(target(), { tail: true, lines: 5 }, signal)) {
    seen.push(line);
    if (line.startsWith('line one')) break;
  }
  empire.override = undefined;
  assert.deepEqual([seen[0], seen.at(-1)], ['first', 'line one from web.1']);
  assert.match(seen[1] ?? '', /the log was cut at/);
});

test('signing in goes each way as it was recorded', async () => {
  const { account } = parts();
  const place = account.place(target());
  const signIn = (way: string, answers: Readonly<Record<string, string>>) =>
    account.signIn(
      place,
      way,
      Object.fromEntries(Object.entries(answers).map(([key, text]) => [key, new Secret(text)])),
      signal,
    );
  const answering = (name: string): void => {
    empire.override = ({ path }) => (path === '/oauth/authorizations' ? recorded(name) : undefined);
  };
  answering('244');
  const github = await signIn('github', { token: 'gho_octocat' });
  assert.equal(github.kind === 'account' && github.account.name, 'octocat');
  const basic = empire.server.requests.at(-1)?.headers['authorization'] ?? '';
  assert.equal(Buffer.from(basic.slice(6), 'base64').toString(), '$token$:gho_octocat');
  answering('200');
  assert.equal((await signIn('password', { user: 'dev', password: 'x' })).kind, 'ask');
  await assert.rejects(
    signIn('password', { user: 'dev', password: 'x', code: '1' }),
    /two-factor code is not the right one/,
  );
  for (const [name, why] of [
    ['231', /disabled. Login at/],
    ['243', /not a member/],
    ['245', /Bad credentials/],
    ['240', /missing, invalid or expired/],
  ] as const) {
    answering(name);
    await assert.rejects(signIn('password', { user: 'dev', password: 'x' }), why);
  }
  empire.override = undefined;
  const pasted = await signIn('token', { token: ` ${canaryToken}\n` });
  assert.equal(pasted.kind === 'account' && pasted.account.name, 'jane');
  await assert.rejects(signIn('token', { token: 'stale.token.x' }), { code: 'deploy/sign-in-refused' });
});

test('a refused token says where to sign in again; a wrong address is told from a missing app', async () => {
  const other = await startEmpire({ token: canaryToken });
  other.override = () => recorded('230');
  await assert.rejects(other.provider.status(other.target('orders'), signal), /saml\/login/);
  other.override = () => recorded('003');
  await assert.rejects(other.provider.status(other.target('orders'), signal), { code: 'deploy/not-the-api' });
  other.override = () => recorded('038');
  assert.equal(await other.provider.status(other.target('orders'), signal), undefined);
  await other.stop();
});
