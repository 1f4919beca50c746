import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { TestPlatform } from '../helpers/platform';
import { DatabaseError, runSql } from '../../src/embedded/database/wire';
import type { Login } from '../../src/embedded/database/wire';
import { deploy, eventually, startPlatform, textFrom, writeFiles } from '../helpers/platform';

/** What belongs to one service alone: its database, its secrets. */

let platform: TestPlatform;
before(async () => {
  platform = await startPlatform();
});
after(() => platform.stop());

const wantsDatabase = { 'settings.py': "import os\nURL = os.environ['DATABASE_URL']\n" };
const appJson = JSON.stringify({
  env: { SECRET_KEY: { generator: 'secret' }, GREETING: 'hello', EMPTY: { required: false } },
});

async function variable(url: string | undefined, name: string): Promise<string> {
  return textFrom(`${url ?? ''}/env?name=${name}`);
}

function loginOf(databaseUrl: string): Login {
  const { hostname, port, username, password, pathname } = new URL(databaseUrl);
  return { host: hostname, port: Number(port), user: username, password, database: pathname.slice(1) };
}

test('two services have two databases, and neither can reach into the other', async () => {
  const orders = await deploy(platform.provider, await platform.service('orders', wantsDatabase));
  const billing = await deploy(platform.provider, await platform.service('billing-api', wantsDatabase));
  assert.equal(orders.outcome, 'live', orders.error?.message);
  const a = loginOf(await variable(orders.url, 'DATABASE_URL'));
  const b = loginOf(await variable(billing.url, 'DATABASE_URL'));
  assert.deepEqual(
    [a.user, a.database, b.user, b.database],
    ['svc_orders', 'svc_orders', 'svc_billing_api', 'svc_billing_api'],
  );
  const [, rows] = await runSql(a, [
    'CREATE TABLE one (id int); INSERT INTO one VALUES (7)',
    'SELECT id FROM one',
  ]);
  assert.deepEqual(rows, [['7']]);
  for (const database of [b.database, 'postgres', 'template1'])
    await assert.rejects(runSql({ ...a, database }, ['SELECT 1']), isDenied, database);
  await assert.rejects(runSql({ ...a, password: b.password }, ['SELECT 1']), isDenied);
  await assert.rejects(runSql(a, ['CREATE DATABASE mine']), isDenied);
  await assert.rejects(runSql(a, ["COPY (SELECT 1) TO PROGRAM 'true'"]), isDenied);
  await assert.rejects(runSql(a, ['SELECT rolpassword FROM pg_authid']), isDenied);
});

/** Class 28: wrong login. Class 42: no privilege, as the manual's appendix on error codes has them. */
function isDenied(error: unknown): boolean {
  return error instanceof DatabaseError && /^(28|42501)/.test(error.state);
}

test('the data of a service outlive a deploy, a roll back and the platform', async () => {
  const target = await platform.service('keeper', wantsDatabase);
  const first = await deploy(platform.provider, target);
  await runSql(loginOf(await variable(first.url, 'DATABASE_URL')), ['CREATE TABLE kept AS SELECT 42 AS n']);
  await deploy(platform.provider, target);
  await platform.restart();
  const again = await deploy(platform.provider, target);
  assert.equal(again.outcome, 'live', again.error?.message);
  const [rows] = await runSql(loginOf(await variable(again.url, 'DATABASE_URL')), ['SELECT n FROM kept']);
  assert.deepEqual(rows, [['42']]);
});

test('a database server that is killed comes back at the same address with all that was committed', async () => {
  const { url } = await deploy(platform.provider, await platform.service('phoenix', wantsDatabase));
  const login = loginOf(await variable(url, 'DATABASE_URL'));
  const read = ['SELECT n FROM ashes'];
  await runSql(login, ['CREATE TABLE ashes AS SELECT 1 AS n']);
  const data = join(platform.env['SERVICEWRIGHT_DATABASE_DIR'] ?? '', 'data');
  const [pid] = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n');
  process.kill(Number(pid), 'SIGKILL');
  await eventually('it is gone', () =>
    runSql(login, read).then(
      () => false as const,
      () => true,
    ),
  );
  const [rows] = await eventually('it is back', () => runSql(login, read).catch(() => undefined));
  assert.deepEqual(rows, [['1']]);
});

test('a service that asks for no database gets none', async () => {
  const result = await deploy(platform.provider, await platform.service('plain'));
  assert.equal(await variable(result.url, 'DATABASE_URL'), '');
  assert.equal(result.stages.find((one) => one.name === 'database')?.outcome, 'skipped');
});

test('variables come from app.json and the environment, and nothing of the shell comes along', async () => {
  process.env['SERVICEWRIGHT_TEST_CANARY'] = 'from the shell';
  const target = await platform.service('configured', { 'app.json': appJson });
  const withConfig = {
    ...target,
    environment: { ...target.environment, config: { GREETING: 'hi', MODE: 'x' } },
  };
  const { url } = await deploy(platform.provider, withConfig);
  assert.equal(await variable(url, 'GREETING'), 'hi');
  assert.equal(await variable(url, 'MODE'), 'x');
  assert.match(await variable(url, 'SECRET_KEY'), /^[0-9a-f]{64}$/);
  assert.equal(await variable(url, 'SERVICEWRIGHT_TEST_CANARY'), '');
  assert.equal(await variable(url, 'SERVICEWRIGHT_RELEASE'), 'v1');
});

test('a secret is made once, and is in no log, no stream, no command line and no file of others', async () => {
  const leaky = {
    ...wantsDatabase,
    'app.json': appJson,
    Procfile: 'release: echo "key is $SECRET_KEY at $DATABASE_URL"; false\nweb: exec python3 serve.py\n',
  };
  const target = await platform.service('secretive', leaky);
  const failed = await deploy(platform.provider, target);
  assert.equal(failed.error?.code, 'embedded/release-failed');
  assert.match(failed.error.lines.join('\n'), /key is \[secret\] at postgres:\/\/svc_secretive:\[secret\]@/);
  await writeFiles(target.dir, {
    Procfile: 'web: echo "$SECRET_KEY $DATABASE_URL"; exec python3 serve.py\n',
  });
  const { url, events } = await deploy(platform.provider, target);
  const secret = await variable(url, 'SECRET_KEY');
  const { password } = loginOf(await variable(url, 'DATABASE_URL'));
  await deploy(platform.provider, target);
  assert.equal(await variable(url, 'SECRET_KEY'), secret, 'made once');
  const root = join(platform.home, 'apps', 'secretive');
  const texts = [JSON.stringify([failed.events, events]), await commandLines()];
  for (const dir of ['logs', 'deploys'])
    for (const name of await readdir(join(root, dir)))
      texts.push(await readFile(join(root, dir, name), 'utf8'));
  for (const canary of [secret, password]) assert.ok(!texts.join('\n').includes(canary));
  assert.match(texts.join('\n'), /\[secret\] postgres:\/\/svc_secretive:\[secret\]@/);
});

function commandLines(): Promise<string> {
  return new Promise((done, fail) => {
    execFile('ps', ['-ww', '-eo', 'args'], (error, stdout) => (error ? fail(error) : done(stdout)));
  });
}

test('what the platform keeps is its owner’s alone', async () => {
  await deploy(platform.provider, await platform.service('modest', { 'app.json': appJson }));
  assert.equal((await stat(platform.home)).mode & 0o777, 0o700);
  const root = join(platform.home, 'apps', 'modest');
  const files = [
    'engine.json',
    'apps/modest/app.json',
    'apps/modest/releases/1.json',
    'apps/modest/logs/app.log',
  ];
  for (const file of files) assert.equal((await stat(join(platform.home, file))).mode & 0o077, 0, file);
  for (const dir of await readdir(root)) assert.equal((await stat(join(root, dir))).mode & 0o077, 0, dir);
});

test('the API is for who holds the token, and for no page of a browser', async () => {
  const accept = 'application/vnd.heroku+json; version=3';
  const ask = async (headers: Record<string, string>, path = '/apps', method = 'GET'): Promise<number> =>
    (await fetch(platform.url + path, { method, headers: { accept, ...headers } })).status;
  const authorization = `Bearer ${platform.token}`;
  assert.equal(await ask({ authorization }), 200);
  assert.equal(await ask({}), 401);
  assert.equal(await ask({ authorization: 'Bearer wrong' }), 401);
  assert.equal(await ask({}, '/nothing'), 401, 'strangers are not told what there is');
  assert.equal(await ask({ authorization, origin: 'http://evil.example' }), 403);
  assert.equal(await ask({ authorization, origin: 'null' }), 403);
  assert.equal(await ask({ authorization }, '/apps/UPPER'), 422);
  assert.equal(await ask({ authorization }, '/apps/..%2f..%2fetc'), 422);
  assert.equal(await ask({ authorization }, '/apps/..%2f..%2fetc/builds', 'POST'), 422);
  assert.equal(await ask({ authorization }, '/apps/%zz'), 422);
  assert.equal(await ask({ authorization }, '/apps/nobody'), 404);
  assert.equal(await ask({ authorization }, '/apps/x/builds', 'POST'), 404);
  assert.equal(await ask({ authorization }, '/nothing'), 404);
  assert.equal(await ask({ authorization }, '/stop', 'POST'), 404, 'windows of before can’t end it');
  assert.equal(await ask({ authorization }, '/servicewright/stop'), 405);
  const stream = '/streams/nobody/d1/build';
  assert.equal(await ask({ authorization }, stream), 404, 'the token opens no address that was not given');
  assert.equal(await ask({ origin: 'null' }, `${stream}?key=x`), 403);
  assert.match(await rebound(authorization), /^HTTP\/1\.1 403 /);
});

/** fetch sets the host itself; a page whose name was made to point to this machine sends its own. */
async function rebound(authorization: string): Promise<string> {
  const { connect } = await import('node:net');
  return new Promise((done, fail) => {
    const socket = connect(Number(new URL(platform.url).port), '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', fail);
    socket.on('close', () => done(text));
    socket.end(
      `GET /apps HTTP/1.1\r\nHost: evil.example\r\nAuthorization: ${authorization}\r\nConnection: close\r\n\r\n`,
    );
  });
}
