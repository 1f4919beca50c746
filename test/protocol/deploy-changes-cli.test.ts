import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { isObject } from '../../src/base/json';
import type { CliRun } from '../helpers/cli';
import { cli } from '../helpers/cli';
import { temporaryFolder, textFrom, writeService } from '../helpers/platform';

/** What the command line does with a running service, on the platform of this machine. */
describe('beside deploys, from the command line', () => {
  let root: string;
  let service: string;
  let env: Readonly<Record<string, string>>;
  const run = (args: readonly string[], stdin?: string): Promise<CliRun> =>
    cli(args, { cwd: service, env, ...(stdin === undefined ? {} : { stdin }) });
  const json = async (...args: readonly string[]): Promise<Readonly<Record<string, unknown>>> => {
    const { stdout, stderr } = await run([...args, '--json']);
    const value: unknown = JSON.parse(stdout === '' ? 'null' : stdout);
    assert.ok(isObject(value), stderr);
    return value;
  };
  const git = (...args: readonly string[]): void => {
    const author = ['-c', 'user.name=Jane', '-c', 'user.email=j@example.com'];
    execFileSync('git', ['-C', service, ...author, ...args]);
  };

  before(async () => {
    root = await temporaryFolder();
    env = {
      SERVICEWRIGHT_HOME: join(root, 'home'),
      SERVICEWRIGHT_DATABASE_DIR: join(root, 'db'),
      SERVICEWRIGHT_STOP_GRACE: '3',
    };
    service = await writeService(join(root, 'shop'), {
      'servicewright.yaml':
        'name: shop\nhealth: /healthz\nspec: openapi.yaml\nenvironments:\n  local:\n    platform: embedded\n  live:\n    platform: embedded\n    app: shop-live\n    protected: true\n',
      'openapi.yaml':
        'openapi: 3.0.3\ninfo: {title: Shop, version: 1.0.0}\npaths:\n  /orderItems/{id}:\n    get:\n      responses: {}\n',
    });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'First');
    assert.equal((await run(['deploy'])).code, 0);
  });
  after(async () => {
    await run(['platform', 'stop']);
    await rm(root, { recursive: true, force: true });
  });

  test('a dry run tells what a deploy would meet, with its places, and changes nothing', async () => {
    await writeFile(join(service, 'settings.py'), 'import os\nKEY = os.environ["PAYMENT_KEY"]\n');
    const { stderr, stdout, code } = await run(['deploy', '--dry-run']);
    assert.equal(code, 0);
    assert.match(
      stderr,
      /warning: The code needs PAYMENT_KEY, which local does not have\.\n {2}PAYMENT_KEY in settings\.py:2/,
    );
    assert.match(stderr, /warning: openapi\.yaml breaks the API guidelines in \d+ places?/);
    assert.match(stderr, /note: 1 file is not committed and deployed all the same: settings\.py\./);
    assert.match(stdout, /^Would deploy .* to shop in local, where v1 runs\.\n$/);
    const { notes } = await json('deploy', '--dry-run');
    assert.ok(Array.isArray(notes) && notes.length >= 3);
    assert.equal(((await json('releases'))['releases'] as readonly unknown[]).length, 1);
  });

  test('variables are set as a release, secrets from stdin, and compared by name', async () => {
    assert.equal(
      (await run(['config', '--set', 'LEVEL=debug', '--set', 'PAYMENT_KEY'], 'canary-5512\n')).code,
      0,
    );
    const { stdout } = await run(['config']);
    assert.equal(stdout, 'LEVEL=••••••\nPAYMENT_KEY=••••••\n');
    assert.doesNotMatch((await run(['deploy', '--dry-run'])).stderr, /PAYMENT_KEY/);
    const compared = await run(['compare', 'v1']);
    assert.equal(compared.code, 0, compared.stderr);
    assert.match(compared.stdout, /^v1 Deploy → v2 Change LEVEL, PAYMENT_KEY\n/);
    assert.match(compared.stdout, /\nvariables new: LEVEL, PAYMENT_KEY\n/);
    assert.doesNotMatch(compared.stdout, /canary/);
    const { config } = await json('compare', 'v1', 'v2');
    assert.deepEqual(config, { added: ['LEVEL', 'PAYMENT_KEY'], changed: [], removed: [] });
    assert.match((await run(['compare', 'v9'])).stderr, /has no release v9/);
  });

  test('a command runs once with the variables, what it is given and its own exit code', async () => {
    const found = await run(
      ['exec', '--input', '--', 'sh', '-c', 'cat; echo "$LEVEL it\'s"; echo no >&2; exit 9'],
      'given\n',
    );
    assert.deepEqual([found.code, found.stdout], [9, "given\ndebug it's\n"]);
    assert.match(found.stderr, /^no$/m);
    assert.deepEqual((await run(['exec', '--', 'cat version.txt | tr 1 x'])).stdout, 'x\n');
    assert.equal((await run(['exec', '--'])).code, 2);
    assert.equal(
      (await run(['exec', '--to', 'live', '--', 'true'])).code,
      2,
      'a protected environment wants --yes',
    );
  });

  test('processes are scaled and restarted', async () => {
    assert.equal((await run(['scale', 'web=2'])).stdout, 'web=2:local\n');
    assert.equal((await run(['scale'])).stdout, 'web=2:local\n');
    assert.match((await run(['scale', 'nothing=1'])).stderr, /has no process "nothing"/);
    assert.equal((await run(['restart', 'web.1'])).code, 0);
    assert.match((await run(['restart', 'web.7'])).stderr, /has no process "web\.7"/);
  });

  test('what runs is promoted to the next environment, which asks because it is protected', async () => {
    assert.match((await run(['promote'])).stderr, /live is protected/);
    const result = await json('promote', '--yes');
    assert.deepEqual([result['outcome'], result['environment'], result['release']], ['live', 'live', 1]);
    const url = result['url'];
    assert.ok(typeof url === 'string');
    assert.equal(await textFrom(`${url}/version`), '1');
    const releases = (await json('releases', '--to', 'live'))['releases'];
    assert.ok(Array.isArray(releases) && isObject(releases[0]));
    assert.equal(releases[0]['description'], 'Promote v2 of local');
    assert.match((await run(['promote', '--from', 'live'])).stderr, /live is the last environment of shop/);
  });
});
