import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { isObject } from '../../src/base/json';
import { canaryInner, canaryToken, startEmpire } from '../helpers/empire';
import type { TestEmpire } from '../helpers/empire';
import { recorded } from '../helpers/empire-recordings';
import type { CliMachine } from '../helpers/cli-machine';
import { createCliMachine } from '../helpers/cli-machine';

/** The command line as it ships, against a server that answers with Empire's recorded bytes. */

const manifest = (url: string): string =>
  `name: orders\nenvironments:\n  staging:\n    platform: empire\n    url: ${url}\n    registry: ghcr.io/acme\n  live:\n    platform: empire\n    url: ${url}\n    registry: ghcr.io/acme\n    app: orders-live\n    protected: true\n`;

describe('Empire from the command line', () => {
  let empire: TestEmpire;
  let machine: CliMachine;
  let commit: string;
  before(async () => {
    empire = await startEmpire();
    const files = { 'servicewright.yaml': manifest(empire.server.url) };
    const token = { SERVICEWRIGHT_TOKEN_STAGING: canaryToken, SERVICEWRIGHT_TOKEN: canaryToken };
    machine = await createCliMachine(files, token);
    commit = machine.git('rev-parse', 'HEAD');
    machine.git('update-ref', 'refs/remotes/origin/main', commit);
  });
  after(async () => {
    await empire.stop();
    await machine.end();
  });

  const json = async (...args: readonly string[]): Promise<Readonly<Record<string, unknown>>> => {
    const { stdout, stderr } = await machine.run([...args, '--json']);
    const value: unknown = stdout === '' ? undefined : JSON.parse(stdout);
    assert.ok(isObject(value), stderr);
    return value;
  };

  test('a plan names the image of the commit and changes nothing', async () => {
    const plan = await json('deploy', '--dry-run');
    assert.equal(plan['image'], `ghcr.io/acme/orders:${commit}`);
    assert.equal(plan['message'], 'Takes orders — größer');
    assert.equal(empire.state.apps.size, 0);
  });

  test('deploy makes the app, sends the commit’s image and its subject, and ends live', async () => {
    const result = await json('deploy', '--to', 'staging');
    assert.deepEqual([result['outcome'], result['release'], result['environment']], ['live', 1, 'staging']);
    const [release] = empire.state.apps.get('orders')?.releases ?? [];
    assert.equal(
      release?.description,
      `Deploy ghcr.io/acme/orders:${commit} (jane: 'Takes orders — größer')`,
    );
  });

  test('a failure in the stream is exit code 1, with the platform’s reason', async () => {
    const { code, stdout, stderr } = await machine.run([
      'deploy',
      '--image',
      'ghcr.io/acme/orders:missing',
      '--json',
    ]);
    assert.equal(code, 1, stderr);
    assert.match(stdout, /"outcome": "failed"[\s\S]*"code": "deploy\/image-missing"/);
  });

  test('a cut is unknown and not failed', async () => {
    const { code, stdout } = await machine.run(['deploy', '--image', 'ghcr.io/acme/orders:die', '--json']);
    assert.equal(code, 1);
    assert.match(stdout, /"outcome": "unknown"/);
    assert.match(stdout, /No new release was made so far; v1 is the newest\./);
  });

  test('wrong use is exit code 2 and sends nothing', async () => {
    const from = empire.server.requests.length;
    for (const args of [
      ['deploy', '--image', 'Ghcr.io/Acme/ORDERS'],
      ['deploy', '--image', 'localhost:5000/orders:1'],
      ['deploy', '--to', 'nowhere'],
    ])
      assert.equal((await machine.run(args)).code, 2, args.join(' '));
    assert.equal(empire.server.requests.slice(from).filter((one) => one.method !== 'GET').length, 0);
  });

  test('a protected environment wants --yes', async () => {
    const refused = await machine.run(['deploy', '--to', 'live']);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /live is protected[\s\S]*--yes/);
    assert.equal((await json('deploy', '--to', 'live', '--yes'))['outcome'], 'live');
    assert.ok(empire.state.apps.has('orders-live'));
  });

  test('without a token nothing is sent, and the way in is told', async () => {
    const { code, stderr } = await machine.run(['deploy'], { signedIn: false });
    assert.equal(code, 2);
    assert.match(stderr, /Nobody is signed in[\s\S]*servicewright login/);
  });

  test('variables are hidden, set from stdin, and part of the roll back’s preview', async () => {
    const set = await machine.run(['config', '--set', 'API_KEY'], { stdin: 'canary-value-9\n' });
    assert.equal(set.code, 0, set.stderr);
    assert.equal(set.stdout, 'API_KEY=••••••\n');
    assert.deepEqual(empire.state.apps.get('orders')?.config, { API_KEY: 'canary-value-9' });
    const preview = await json('rollback', 'v1', '--dry-run');
    assert.deepEqual(preview['config'], { added: [], changed: [], removed: ['API_KEY'] });
    assert.equal(preview['image'], `ghcr.io/acme/orders:${commit}`);
    const back = await json('rollback', 'v1');
    assert.deepEqual([back['outcome'], back['release']], ['live', 3]);
    assert.deepEqual((await json('config'))['config'], {});
  });

  test('scaling says every quantity, because one that is not said is 0', async () => {
    const sized = await json('scale', 'web=2', 'worker=:2X');
    assert.deepEqual(sized['formation'], [
      { type: 'web', quantity: 2, size: '1X' },
      { type: 'worker', quantity: 0, size: '2X' },
    ]);
    assert.equal((await machine.run(['scale', 'nope=1'])).code, 2);
    const ps = await json('ps');
    assert.deepEqual([ps['release'], Array.isArray(ps['processes']) && ps['processes'].length], [3, 2]);
  });

  test('logs, single runs, domains, maintenance and restarts', async () => {
    assert.match((await machine.run(['logs'])).stdout, /^app=acme-inc.*\nline one from web\.1\n$/);
    assert.match((await machine.run(['exec', '--', 'ls', '-la'])).stdout, /Fake output for/);
    assert.equal(
      (await machine.run(['domains', 'add', 'orders.example.com'])).stdout,
      'orders.example.com\n',
    );
    assert.equal((await json('ps'))['url'], 'http://orders.example.com');
    assert.equal((await machine.run(['domains', 'remove', 'orders.example.com'])).code, 0);
    assert.equal((await machine.run(['maintenance', 'on'])).code, 0);
    assert.equal((await json('ps'))['maintenance'], true);
    assert.equal((await machine.run(['restart'])).code, 0);
  });

  test('every deploy is on record, also without a connection', async () => {
    const { deploys } = await json('deploys');
    assert.ok(Array.isArray(deploys));
    assert.deepEqual(
      deploys.map((one: unknown) => isObject(one) && [one['kind'], one['outcome'], one['who']]),
      [
        ['rollback', 'live', 'jane'],
        ['deploy', 'unknown', 'jane'],
        ['deploy', 'failed', 'jane'],
        ['deploy', 'live', 'jane'],
      ],
    );
  });

  test('login keeps the token with git’s helper; logout takes it away', async () => {
    empire.override = (request) =>
      request.path !== '/oauth/authorizations'
        ? undefined
        : recorded(request.headers['heroku-two-factor-code'] === '123456' ? '202' : '200');
    const signed = await machine.run(['login', '--way', 'password'], {
      stdin: 'dev\ns3cret-canary\n123456\n',
      signedIn: false,
    });
    assert.equal(signed.code, 0, signed.stderr);
    assert.match(signed.stdout, /^Signed in to http:\S+ as dev, until 2026-/);
    assert.match(await readFile(join(machine.root, 'git-credentials'), 'utf8'), /servicewright-empire/);
    const wrong = await machine.run(['login', '--way', 'password'], {
      stdin: 'dev\ns3cret-canary\n999999\n',
      signedIn: false,
    });
    assert.match(wrong.stderr, /two-factor code is not the right one/);
    const out = await machine.run(['logout'], { signedIn: false });
    assert.equal(out.code, 0, out.stderr);
    assert.equal(await readFile(join(machine.root, 'git-credentials'), 'utf8'), '');
    empire.override = undefined;
    const pasted = await machine.run(['login', '--way', 'token', '--json'], {
      stdin: `${canaryToken}\n`,
      signedIn: false,
    });
    assert.match(pasted.stdout, /"user": "jane"[\s\S]*"kept": "git-credential"/);
    assert.match((await machine.run(['releases', '--max', '1'], { signedIn: false })).stdout, /^v3/);
  });

  test('no secret is in an output, a record or an argument', async () => {
    const all = await machine.traces();
    const basic = Buffer.from(`:${canaryToken}`).toString('base64');
    for (const secret of [canaryToken, canaryInner, basic, 's3cret-canary', '123456', 'canary-value-9'])
      assert.ok(!all.includes(secret), secret);
  });
});
