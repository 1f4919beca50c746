import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { isObject } from '../../src/base/json';
import { canaries, canaryKey, startHeroku } from '../helpers/heroku';
import type { TestHeroku } from '../helpers/heroku';
import { jsonOf, problem } from '../helpers/heroku-replies';
import type { CliMachine } from '../helpers/cli-machine';
import { createCliMachine } from '../helpers/cli-machine';
import { writeFiles } from '../helpers/platform';
import { startRendezvous } from '../helpers/rendezvous';

/** The command line as it ships, against a server that answers as Heroku does. */

const files = (url: string): Readonly<Record<string, string>> => ({
  'servicewright.yaml': `name: orders\nenvironments:\n  staging:\n    platform: heroku\n    url: ${url}\n  live:\n    platform: heroku\n    url: ${url}\n    app: orders-live\n    protected: true\n`,
  Procfile: 'release: ./migrate\nweb: ./serve\nworker: ./work\n',
  'version.txt': '1\n',
  'manage.py': '#!/usr/bin/env python3\n',
  '.gitignore': '*.pyc\n.env\n',
  '.slugignore': 'docs\n',
  '.env': 'SECRET=canary-env-file\n',
  'docs/readme.md': 'for people\n',
});

describe('Heroku from the command line', () => {
  let heroku: TestHeroku;
  let machine: CliMachine;
  before(async () => {
    heroku = await startHeroku();
    machine = await createCliMachine(files(heroku.server.url), { SERVICEWRIGHT_TOKEN: canaryKey });
  });
  after(async () => {
    await heroku.stop();
    await machine.end();
  });

  const json = async (...args: readonly string[]): Promise<Readonly<Record<string, unknown>>> => {
    const { stdout, stderr } = await machine.run([...args, '--json']);
    const value: unknown = stdout === '' ? undefined : JSON.parse(stdout);
    assert.ok(isObject(value), stderr);
    return value;
  };

  test('a plan says what it meets and changes nothing', async () => {
    const plan = await json('deploy', '--dry-run');
    assert.equal(plan['platform'], 'heroku');
    assert.deepEqual(plan['notes'], [
      {
        level: 'info',
        code: 'deploy/new-app',
        message: `orders is not on ${heroku.server.url} yet: the app will be made.`,
      },
    ]);
    assert.equal(heroku.state.apps.size, 0);
  });

  test('deploy makes the app, sends the tree without what is ignored, and ends live', async () => {
    const result = await json('deploy', '--to', 'staging');
    assert.deepEqual([result['outcome'], result['release']], ['live', 2], JSON.stringify(result));
    assert.equal(result['url'], 'https://orders-1a2b3c.herokuapp.com');
    const [source] = [...heroku.state.sources.values()];
    assert.ok(source);
    const listing = execFileSync('tar', ['-tzvf', '-'], { input: source, encoding: 'utf8' });
    assert.deepEqual(listing.match(/\S+$/gm), [
      '.gitignore',
      '.slugignore',
      'Procfile',
      'manage.py',
      'servicewright.yaml',
      'version.txt',
    ]);
    assert.match(listing, /^-rwxr-xr-x .*manage\.py$/m);
    const [build] = heroku.state.apps.get('orders')?.builds ?? [];
    assert.equal(build?.blob['version'], machine.git('rev-parse', 'HEAD'));
    assert.equal(build.blob['version_description'], 'Takes orders — größer');
    assert.match(String(build.blob['checksum']), /^SHA256:[0-9a-f]{64}$/);
    const left = (await readdir(machine.root)).filter((name) => name.startsWith('servicewright-source-'));
    assert.deepEqual(left, [], 'the packed source is gone');
  });

  test('people see the stages, the build and the release command', async () => {
    await writeFiles(machine.service, { 'version.txt': '2\n' });
    const { code, stdout, stderr } = await machine.run(['deploy', '--message', 'Faster']);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^orders v3 is live at https:\/\/orders-1a2b3c\.herokuapp\.com \(/);
    assert.match(stderr, /note: 1 file is not committed and deployed all the same: version\.txt/);
    assert.match(
      stderr,
      /▸ Copying the tree[\s\S]*▸ Uploading[\s\S]*▸ Building[\s\S]*größe ✓[\s\S]*▸ Running the release command[\s\S]*migrated[\s\S]*▸ Starting/,
    );
    const build = heroku.state.apps.get('orders')?.builds.at(-1);
    assert.match(String(build?.blob['version']), /^[0-9a-f]{40}-dirty$/);
    machine.git('commit', '-qam', 'Second');
  });

  test('a failed build is exit code 1, with its last lines', async () => {
    await writeFiles(machine.service, { broken: 'x' });
    const { code, stdout, stderr } = await machine.run(['deploy', '--json']);
    await rm(join(machine.service, 'broken'));
    assert.equal(code, 1, stderr);
    assert.match(stdout, /"outcome": "failed"[\s\S]*"code": "deploy\/build-failed"/);
    assert.match(stderr, /No matching distribution found/);
  });

  test('wrong use is exit code 2 and changes nothing', async () => {
    const from = heroku.server.requests.length;
    assert.equal((await machine.run(['deploy', '--to', 'nowhere'])).code, 2);
    assert.equal((await machine.run(['scale', 'nope=1'])).code, 2);
    assert.equal(heroku.server.requests.slice(from).filter((one) => one.method !== 'GET').length, 0);
  });

  test('a protected environment wants --yes', async () => {
    const refused = await machine.run(['deploy', '--to', 'live']);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /live is protected[\s\S]*--yes/);
    assert.equal((await json('deploy', '--to', 'live', '--yes'))['outcome'], 'live');
    assert.ok(heroku.state.apps.has('orders-live'));
  });

  test('without a key nothing is sent; Heroku’s own variable is for Heroku’s own server', async () => {
    const from = heroku.server.requests.length;
    const env = { HEROKU_API_KEY: canaryKey };
    const { code, stderr } = await machine.run(['deploy'], { signedIn: false, env });
    assert.equal(code, 2);
    assert.match(stderr, /Nobody is signed in[\s\S]*servicewright login/);
    assert.equal(heroku.server.requests.length, from);
  });

  test('variables are hidden, set from stdin, and part of the roll back’s preview', async () => {
    const set = await machine.run(['config', '--set', 'API_KEY'], { stdin: 'canary-value-9\n' });
    assert.equal(set.code, 0, set.stderr);
    assert.equal(set.stdout, 'API_KEY=••••••\n');
    assert.deepEqual(heroku.state.apps.get('orders')?.config, { API_KEY: 'canary-value-9' });
    const preview = await json('rollback', 'v2', '--dry-run');
    assert.deepEqual(preview['config'], { added: [], changed: [], removed: ['API_KEY'] });
    const back = await json('rollback', 'v2');
    assert.deepEqual([back['outcome'], back['release']], ['live', 5]);
    assert.deepEqual((await json('config'))['config'], {});
    assert.equal((await machine.run(['rollback', 'v1'])).code, 2, 'what has no code can’t come back');
  });

  test('scale, ps and releases', async () => {
    const sized = await json('scale', 'web=2', 'worker=:Standard-2X');
    assert.deepEqual(sized['formation'], [
      { type: 'web', quantity: 2, size: 'Standard-1X' },
      { type: 'worker', quantity: 0, size: 'Standard-2X' },
    ]);
    const ps = await json('ps');
    assert.deepEqual([ps['release'], Array.isArray(ps['processes']) && ps['processes'].length], [5, 2]);
    heroku.state.pageSize = 2;
    const { releases } = await json('releases');
    heroku.state.pageSize = 1000;
    assert.ok(Array.isArray(releases));
    assert.deepEqual(
      releases.map((one: unknown) => isObject(one) && [one['version'], one['status']]),
      [
        [5, 'current'],
        [4, 'old'],
        [3, 'old'],
        [2, 'old'],
        [1, 'old'],
      ],
    );
  });

  test('logs, domains, maintenance and restarts', async () => {
    assert.match(
      (await machine.run(['logs'])).stdout,
      /^\S+ heroku\[web\.1\]: .*\n\S+ app\[web\.1\]: listening\n$/,
    );
    assert.equal(
      (await machine.run(['domains', 'add', 'orders.example.com'])).stdout,
      'orders.example.com\n',
    );
    assert.equal((await machine.run(['domains', 'remove', 'orders.example.com'])).code, 0);
    assert.equal((await machine.run(['maintenance', 'on'])).code, 0);
    assert.equal((await json('ps'))['maintenance'], true);
    assert.equal((await machine.run(['maintenance', 'off'])).code, 0);
    assert.equal((await machine.run(['restart'])).code, 0);
  });

  test('a command runs in a dyno of its own, and its exit code counts', async () => {
    const meeting = await startRendezvous();
    heroku.state.attachUrl = meeting.url;
    meeting.says = ['2 migrations\r\n\uFFFF servicewright-exit-status: 0\r\n'];
    const went = await machine.run(['exec', '--', './manage.py', 'showmigrations']);
    assert.deepEqual([went.code, went.stdout], [0, '2 migrations\n'], went.stderr);
    meeting.says = ['no such table\r\n\uFFFF servicewright-exit-status: 1\r\n'];
    const failed = await machine.run(['exec', '--', './manage.py', 'check']);
    await meeting.stop();
    assert.equal(failed.stdout, 'no such table\n');
    assert.match(failed.stderr, /ended with exit code 1/);
    assert.equal(failed.code, 1);
  });

  test('a two-factor code is given once, for the app that wants it', async () => {
    let allowed = false;
    heroku.override = ({ method, path, headers }) => {
      if (!path.startsWith('/apps/orders')) return undefined;
      if (method === 'PUT' && path === '/apps/orders/pre-authorizations') {
        allowed = headers['heroku-two-factor-code'] === '314159';
        return allowed ? jsonOf(200, {}) : problem(403, 'two_factor', 'Invalid code.');
      }
      const app = { id: 'i', name: 'orders' };
      return allowed ? undefined : problem(403, 'two_factor', 'Two factor code required.', { app });
    };
    const without = await machine.run(['ps']);
    assert.equal(without.code, 2);
    assert.match(without.stderr, /wants a two-factor code to say how it is/);
    const given = await machine.run(['ps'], { env: { SERVICEWRIGHT_TWO_FACTOR: '314159' } });
    heroku.override = undefined;
    assert.equal(given.code, 0, given.stderr);
  });

  test('every deploy is on record, also without a connection', async () => {
    const { deploys } = await json('deploys');
    assert.ok(Array.isArray(deploys));
    assert.deepEqual(
      deploys.map((one: unknown) => isObject(one) && [one['kind'], one['outcome'], one['who']]),
      [
        ['rollback', 'live', 'Jane'],
        ['deploy', 'failed', 'Jane'],
        ['deploy', 'live', 'Jane'],
        ['deploy', 'live', 'Jane'],
      ],
    );
  });

  test('login keeps the key with git’s helper; logout takes it away', async () => {
    heroku.override = ({ path, headers }) => {
      if (path !== '/oauth/authorizations') return undefined;
      if (headers['heroku-two-factor-code'] !== '123456')
        return problem(403, 'two_factor', 'Two factor code required.');
      return jsonOf(201, {
        access_token: { token: canaryKey, expires_in: 2_592_000 },
        user: { email: 'jane@example.com' },
      });
    };
    const password = ['login', '--way', 'password'];
    const signed = await machine.run(password, {
      stdin: 'jane@example.com\ns3cret-canary\n123456\n',
      signedIn: false,
    });
    assert.equal(signed.code, 0, signed.stderr);
    assert.match(signed.stdout, /^Signed in to http:\S+ as jane@example\.com, until 20/);
    assert.match(await readFile(join(machine.root, 'git-credentials'), 'utf8'), /servicewright-heroku/);
    const wrong = await machine.run(password, {
      stdin: 'jane@example.com\ns3cret-canary\n999999\n',
      signedIn: false,
    });
    assert.match(wrong.stderr, /two-factor code is not the right one/);
    heroku.override = undefined;
    assert.equal((await machine.run(['logout'], { signedIn: false })).code, 0);
    const pasted = await machine.run(['login', '--way', 'token', '--json'], {
      stdin: `${canaryKey}\n`,
      signedIn: false,
    });
    assert.match(pasted.stdout, /"user": "jane@example\.com"[\s\S]*"kept": "git-credential"/);
    assert.match((await machine.run(['releases', '--max', '1'], { signedIn: false })).stdout, /^v5/);
    const bad = await machine.run(['login', '--way', 'token'], {
      stdin: 'HRKU-nope-nope\n',
      signedIn: false,
    });
    assert.match(bad.stderr, /refused to sign you in: Invalid credentials provided/);
  });

  test('no secret is in an output, a record or an argument', async () => {
    const all = await machine.traces();
    const others = ['s3cret-canary', '123456', '314159', 'canary-value-9', 'canary-env-file'];
    for (const secret of [...canaries, ...others]) assert.ok(!all.includes(secret), secret);
    const sources = [...heroku.state.sources.values()].map((one) =>
      execFileSync('tar', ['-xzOf', '-'], { input: one, encoding: 'utf8' }),
    );
    assert.ok(sources.length > 2 && !sources.join('').includes('canary-env-file'));
  });
});
