import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, afterEach, describe, test } from 'node:test';
import { isObject, stringAt } from '../../src/base/json';
import type { CliRun } from '../helpers/cli';
import { cli } from '../helpers/cli';
import { eventually, temporaryFolder, textFrom, writeFiles, writeService } from '../helpers/platform';

/** The command line and the platform as they ship: processes of their own, told to stop, killed, started again. */

interface Machine {
  readonly root: string;
  readonly home: string;
  readonly service: string;
  run(...args: readonly string[]): Promise<CliRun>;
  json(...args: readonly string[]): Promise<Readonly<Record<string, unknown>>>;
  end(): Promise<void>;
}

async function createMachine(name = 'shop'): Promise<Machine> {
  const root = await temporaryFolder();
  const database = await temporaryFolder('servicewright-database-');
  const home = join(root, 'home');
  const service = await writeService(join(root, name), {
    'servicewright.yaml': `name: ${name}\nhealth: /healthz\nenvironments:\n  local:\n    platform: embedded\n    config:\n      WORKERS: 2\n  live:\n    platform: embedded\n    app: ${name}-live\n    protected: true\n  cloud:\n    platform: heroku\n`,
  });
  const env = {
    SERVICEWRIGHT_HOME: home,
    SERVICEWRIGHT_DATABASE_DIR: database,
    SERVICEWRIGHT_STOP_GRACE: '3',
    SERVICEWRIGHT_BOOT_TIMEOUT: '30',
  };
  const run: Machine['run'] = (...args) => cli(args, { cwd: service, env });
  return {
    root,
    home,
    service,
    run,
    async json(...args) {
      const { stdout, stderr } = await run(...args, '--json');
      const value: unknown = JSON.parse(stdout);
      assert.ok(isObject(value), stderr);
      return value;
    },
    async end() {
      await run('platform', 'stop');
      for (const dir of [root, database]) await rm(dir, { recursive: true, force: true });
    },
  };
}

/** The processes of this machine whose environment names `home`: the platform and all that it started (proc(5)). */
async function processesOf(home: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const read = (file: string): Promise<string> => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
    const [environment, command] = await Promise.all([read('environ'), read('cmdline')]);
    const names = environment.includes(`SERVICEWRIGHT_HOME=${home}`) || environment.includes(markerOf(home));
    if (names && command !== '') found.push(`${pid} ${command.replaceAll('\0', ' ')}`);
  }
  return found;
}

function markerOf(home: string): string {
  return `SERVICEWRIGHT_ENGINE=${createHash('sha256').update(home).digest('hex').slice(0, 16)}`;
}

describe('a service, from the command line', () => {
  let machine: Machine;
  before(async () => {
    machine = await createMachine();
  });
  after(() => machine.end());

  test('looking starts nothing', async () => {
    assert.deepEqual((await machine.json('releases'))['releases'], []);
    assert.equal((await machine.json('platform', 'status'))['running'], false);
    assert.equal((await machine.run('ps')).code, 2);
  });

  test('deploy prints one document, and its address answers', async () => {
    const { code, stdout } = await machine.run('deploy', '--json', '--message', 'the first');
    assert.equal(code, 0);
    const result: unknown = JSON.parse(stdout);
    assert.ok(isObject(result) && Array.isArray(result['stages']));
    assert.deepEqual([result['outcome'], result['environment'], result['release']], ['live', 'local', 1]);
    for (const stage of result['stages']) {
      assert.ok(isObject(stage));
      assert.deepEqual(Object.keys(stage), ['name', 'outcome', 'seconds']);
    }
    const url = stringAt(result, 'url') ?? '';
    assert.equal(await textFrom(`${url}/version`), '1');
    assert.equal(await textFrom(`${url}/env?name=WORKERS`), '2');
  });

  test('releases, ps and logs tell of it', async () => {
    assert.match((await machine.run('releases')).stdout, /^v1 +current .* the first$/m);
    assert.match((await machine.run('ps')).stdout, /web\.1 +up/);
    assert.match((await machine.run('logs')).stdout, /app\[web\.1\]: listening/);
  });

  test('a failed deploy ends with 1, the lines that explain it and the fix', async () => {
    await writeFiles(machine.service, {
      Procfile: 'release: echo no such table; exit 3\nweb: exec python3 serve.py\n',
    });
    const { code, stdout, stderr } = await machine.run('deploy');
    assert.equal(code, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /│ no such table/);
    assert.match(stderr, /error: The release command "echo no such table; exit 3" failed \(exit code 3\)\./);
    const result = await machine.json('deploy');
    assert.deepEqual(
      [result['outcome'], stringAt(result['error'], 'code')],
      ['failed', 'embedded/release-failed'],
    );
  });

  test('a Procfile without web is told before anything is done', async () => {
    await writeFiles(machine.service, { Procfile: 'worker: sleep 1\n' });
    const { code, stderr } = await machine.run('deploy');
    assert.equal(code, 1);
    assert.match(stderr, /has no web process, only worker/);
    assert.match((await machine.run('releases')).stdout, /^v1 +current/m);
  });

  test('rollback goes to the release before, and says when there is none', async () => {
    await writeFiles(machine.service, { Procfile: 'web: exec python3 serve.py\n', 'version.txt': '2' });
    assert.equal((await machine.run('deploy')).code, 0);
    const back = await machine.json('rollback');
    assert.equal(back['outcome'], 'live');
    assert.equal(await textFrom(`${stringAt(back, 'url') ?? ''}/version`), '1');
    const { code, stderr } = await machine.run('rollback', 'v77');
    assert.equal(code, 2);
    assert.match(stderr, /has no release v77/);
  });

  test('a protected environment wants --yes, an unknown one and one without an account are wrong use', async () => {
    assert.equal((await machine.run('deploy', '--to', 'live')).code, 2);
    assert.equal((await machine.run('deploy', '--to', 'live', '--yes')).code, 0);
    assert.match((await machine.run('deploy', '--to', 'nowhere')).stderr, /names local, live, cloud/);
    assert.match(
      (await machine.run('deploy', '--to', 'cloud')).stderr,
      /Nobody is signed in to https:\/\/api\.heroku\.com/,
    );
  });

  test(
    'stop leaves no process behind',
    { skip: process.platform === 'linux' ? false : 'reads /proc' },
    async () => {
      assert.ok((await processesOf(machine.home)).length >= 3, 'the platform and two services');
      assert.equal((await machine.json('platform', 'stop'))['running'], false);
      assert.deepEqual(await processesOf(machine.home), []);
    },
  );
});

describe('a platform that is killed', { skip: process.platform === 'linux' ? false : 'reads /proc' }, () => {
  let machine: Machine;
  beforeEach(async () => {
    machine = await createMachine('sturdy');
  });
  afterEach(() => machine.end());

  test('is started again without orphans, with its services and their data', async () => {
    await writeFiles(machine.service, { 'settings.py': 'URL = "DATABASE_URL"\n' });
    const url = stringAt(await machine.json('deploy'), 'url') ?? '';
    const pid = (await machine.json('platform', 'status'))['pid'];
    assert.ok(typeof pid === 'number');
    const before = await processesOf(machine.home);
    process.kill(pid, 'SIGKILL');
    await eventually(
      'it is gone',
      async () => (await machine.json('platform', 'status'))['running'] === false,
    );
    assert.equal((await machine.json('platform', 'start'))['running'], true);
    await eventually('the service answers at its old address', () =>
      textFrom(`${url}/version`).catch(() => undefined),
    );
    const now = await processesOf(machine.home);
    assert.deepEqual(
      before.filter((one) => now.includes(one)),
      [],
      'nothing of before is left',
    );
    assert.match(
      await readFile(join(machine.home, 'engine.log'), 'utf8'),
      /processes that an earlier platform left/,
    );
  });

  test('in the middle of a deploy leaves the release before, and says how the deploy ended', async () => {
    await machine.run('deploy');
    await writeFiles(machine.service, { Procfile: 'release: sleep 60\nweb: exec python3 serve.py\n' });
    const deploying = machine.run('deploy', '--json');
    const pid = (await machine.json('platform', 'status'))['pid'];
    assert.ok(typeof pid === 'number');
    await eventually('the release command runs', async () =>
      (await processesOf(machine.home)).some((one) => one.includes('sleep 60')),
    );
    process.kill(pid, 'SIGKILL');
    const { code, stdout } = await deploying;
    assert.equal(code, 1);
    const result: unknown = JSON.parse(stdout);
    assert.equal(stringAt(result, 'outcome'), 'unknown');
    await machine.run('platform', 'start');
    const releases = (await machine.run('releases')).stdout;
    assert.match(releases, /^v2 +failed/m);
    assert.match(releases, /^v1 +current/m);
    assert.ok(!(await processesOf(machine.home)).some((one) => one.includes('sleep 60')));
  });

  test('two that start at once are one', async () => {
    const started = await Promise.all([1, 2, 3].map(() => machine.json('platform', 'start')));
    assert.equal(new Set(started.map((one) => one['pid'])).size, 1);
  });
});
