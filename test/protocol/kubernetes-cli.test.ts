import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { isObject } from '../../src/base/json';
import type { CliRun } from '../helpers/cli';
import { cli } from '../helpers/cli';
import { labelOf } from '../helpers/kubernetes/answers';
import type { TestCluster } from '../helpers/kubernetes/fake';
import { canaryToken, startTestCluster } from '../helpers/kubernetes/fake';
import { kubeconfigOf } from '../helpers/kubernetes/kubeconfig';
import { temporaryFolder } from '../helpers/platform';
import { cliAtTerminal } from '../helpers/pty';

/** The command line as it ships, against recorded answers of a Kubernetes API; the way in is a kubeconfig whose program gives the token. */

describe('Kubernetes from the command line', () => {
  let cluster: TestCluster;
  let root: string;
  let service: string;
  let commit: string;
  const outputs: string[] = [];
  const env = (): Readonly<Record<string, string>> => ({
    HOME: root,
    KUBECONFIG: join(root, 'kubeconfig'),
    GIT_CONFIG_GLOBAL: join(root, 'gitconfig'),
    GIT_CONFIG_NOSYSTEM: '1',
    SERVICEWRIGHT_HOME: join(root, 'state'),
  });

  before(async () => {
    cluster = await startTestCluster();
    root = await temporaryFolder();
    service = join(root, 'orders');
    await mkdir(service);
    const files = {
      'orders/servicewright.yaml': `name: orders
health: /readyz
environments:
  staging: { platform: kubernetes, context: test, namespace: team, registry: ghcr.io/acme, ingress: orders.example.com }
  live: { platform: kubernetes, context: test, namespace: live, registry: ghcr.io/acme, protected: true }
  lost: { platform: kubernetes, context: nowhere, registry: ghcr.io/acme }
`,
      'orders/Procfile': 'web: gunicorn config\nworker: celery\nrelease: python manage.py migrate\n',
      gitconfig: '[user]\n\tname = Jane\n\temail = jane@example.com\n',
      'give-token': `#!/bin/sh\necho "$@" >> '${join(root, 'argv.log')}'\necho '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"${canaryToken}"}}'\n`,
      kubeconfig: kubeconfigOf(cluster.server.url, 'TOKEN').replace(
        '{ token: TOKEN }',
        `{ exec: { apiVersion: client.authentication.k8s.io/v1, command: ./give-token, args: [for, "a b"] } }`,
      ),
    };
    for (const [name, text] of Object.entries(files)) await writeFile(join(root, name), text);
    await chmod(join(root, 'give-token'), 0o755);
    const git = (...args: readonly string[]): string =>
      execFileSync('git', ['-C', service, ...args], {
        encoding: 'utf8',
        env: { ...process.env, ...env() },
      }).trim();
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'Takes orders — größer');
    commit = git('rev-parse', 'HEAD');
    git('update-ref', 'refs/remotes/origin/main', commit);
  });
  after(async () => {
    await cluster.stop();
    for (const dir of [root, cluster.dir]) await rm(dir, { recursive: true, force: true });
  });

  const run = async (args: readonly string[], stdin = ''): Promise<CliRun> => {
    const result = await cli(args, { cwd: service, env: env(), stdin });
    outputs.push(result.stdout, result.stderr);
    return result;
  };
  const json = async (...args: readonly string[]): Promise<Readonly<Record<string, unknown>>> => {
    const { stdout, stderr } = await run([...args, '--json']);
    const value: unknown = stdout === '' ? undefined : JSON.parse(stdout);
    assert.ok(isObject(value), stderr);
    return value;
  };
  const changes = (): number =>
    cluster.server.requests.filter((one) => one.method !== 'GET' && !one.path.includes('dryRun=All')).length;

  test('variables can be set before the first deploy, from stdin, and are not shown', async () => {
    const set = await run(['config', '--set', 'API_KEY'], 'canary-value-9\n');
    assert.deepEqual([set.code, set.stdout], [0, 'API_KEY=••••••\n'], set.stderr);
  });

  test('a dry run asks the cluster and changes nothing', async () => {
    const from = changes();
    const { code, stdout, stderr } = await run(['deploy', '--dry-run']);
    assert.equal(code, 0, stderr);
    assert.match(stdout, new RegExp(`Would deploy ghcr.io/acme/orders:${commit} to orders in staging`));
    assert.match(stderr, /note: It goes to http:\/\/127\.0\.0\.1:\d+, namespace team\./);
    assert.equal(changes(), from);
    assert.ok(cluster.server.requests.some((one) => one.path.includes('dryRun=All')));
  });

  test('deploy runs the release command, rolls out and ends live, under the address of the ingress', async () => {
    const result = await json('deploy');
    assert.deepEqual(
      [result['outcome'], result['release'], result['url']],
      ['live', 2, 'http://orders.example.com'],
      JSON.stringify(result),
    );
    const names = Array.isArray(result['stages'])
      ? result['stages'].map((one: unknown) => isObject(one) && one['name'])
      : [];
    assert.deepEqual([names[0], names[1], names[2], names[3]], ['preflight', 'create', 'release', 'boot']);
    const [web] = cluster.state.in('/apis/apps/v1/namespaces/team/deployments');
    assert.match(JSON.stringify(web), /"httpGet":\{"path":"\/readyz"/);
    assert.match(JSON.stringify(web), /"command":\["\/bin\/sh","-c","gunicorn config"\]/);
    assert.doesNotMatch(JSON.stringify(web), /canary/);
  });

  test('a crash is exit code 1, with the process’s own lines, and the release before stays', async () => {
    const { code, stderr } = await run(['deploy', '--image', 'ghcr.io/acme/orders:broken']);
    assert.equal(code, 1);
    assert.match(stderr, /│ RuntimeError: no such setting/);
    assert.match(
      stderr,
      /error: orders v3 could not be rolled out, because web ended 3 times.*v2 goes on serving/,
    );
  });

  test('releases, processes, scaling, logs', async () => {
    const { stdout } = await run(['releases']);
    assert.match(
      stdout,
      /^v3 +failed [\s\S]*\nv2 +current .* Takes orders — größer\nv1 +old .* Change API_KEY\n$/,
    );
    assert.equal((await run(['scale', 'web=2', 'worker=0'])).stdout, 'web=2\nworker=0\n');
    const bad = await run(['scale', 'web=2:1X']);
    assert.deepEqual([bad.code, /Sizes of processes are not set here/.test(bad.stderr)], [2, true]);
    await run(['ps']);
    await run(['ps']);
    const ps = await json('ps');
    const processes = Array.isArray(ps['processes']) ? ps['processes'] : [];
    assert.deepEqual(
      processes.map((one: unknown) => isObject(one) && [one['name'], one['state'], one['release']]),
      [
        ['web.1', 'running', 2],
        ['web.2', 'running', 2],
      ],
    );
    assert.match(
      (await run(['logs'])).stdout,
      /^\S+ app\[web\.1\]: listening\n\S+ app\[web\.2\]: listening\n$/,
    );
  });

  test('a roll back tells what it changes, and brings image and variables back', async () => {
    await run(['config', '--unset', 'API_KEY']);
    const dry = await run(['rollback', 'v2', '--dry-run']);
    assert.match(dry.stderr, /Variables that come back: API_KEY\.[\s\S]*release command is not run again/);
    const back = await json('rollback', 'v2');
    assert.deepEqual([back['outcome'], back['release']], ['live', 5], JSON.stringify(back));
    assert.match((await run(['config'])).stdout, /^API_KEY=/);
  });

  test('a command of its own ends as it ended', async () => {
    const good = await run(['exec', '--', 'echo', 'hello']);
    assert.deepEqual([good.code, good.stdout], [0, 'hello\n'], good.stderr);
    const bad = await run(['exec', '--', 'exit', '3']);
    assert.notEqual(bad.code, 0);
    assert.match(bad.stderr, /exit 3 ended with exit code \d/);
    assert.equal(
      cluster.state
        .in('/api/v1/namespaces/team/pods')
        .filter((one) => labelOf(one, 'servicewright/kind') === 'run').length,
      0,
    );
    assert.equal((await run(['restart'])).stdout, 'orders restarts.\n');
  });

  test('at a terminal a command gets one: keys go there as they are typed, and its exit code is ours', async () => {
    cluster.terminals.play = (played) => {
      const said = played.typed.join('');
      if (said.includes('\u0003')) played.end(5);
      else if (said === '') played.show('>>> ');
    };
    const terminal = cliAtTerminal(['exec', '--', 'python'], { cwd: service, env: env() });
    await terminal.until(/>>> $/);
    terminal.type('ä\u0003');
    const code = await terminal.ended;
    const shown = terminal.printed();
    outputs.push(shown);
    assert.equal(code, 5, shown);
    assert.match(shown, /Starting python …; Ctrl-\] leaves it\.\r\n>>> $/);
    const played = cluster.terminals.all.at(-1);
    assert.equal(played?.typed.join(''), 'ä\u0003');
    assert.equal(played?.command, 'python');
    const plain = cliAtTerminal(['exec', '--no-terminal', '--', 'echo', 'hello'], {
      cwd: service,
      env: env(),
    });
    assert.deepEqual([await plain.ended, plain.printed()], [0, 'hello\r\n']);
  });

  test('wrong use is exit code 2 and changes nothing', async () => {
    const from = changes();
    const live = await run(['deploy', '--to', 'live']);
    assert.match(live.stderr, /live is protected[\s\S]*--yes/);
    const lost = await run(['deploy', '--to', 'lost']);
    assert.match(lost.stderr, /has no context "nowhere"; it has test/);
    for (const { code } of [live, lost, await run(['rollback', 'v9']), await run(['login'])])
      assert.equal(code, 2);
    assert.match((await run(['domains'])).stderr, /Kubernetes can't tell domains/);
    assert.equal(changes(), from);
  });

  test('every deploy is on record, and no secret is in an output, a record or an argument', async () => {
    const { deploys } = await json('deploys');
    assert.deepEqual(
      Array.isArray(deploys) &&
        deploys.map((one: unknown) => isObject(one) && [one['kind'], one['outcome'], one['who']]),
      [
        ['rollback', 'live', 'Jane'],
        ['deploy', 'failed', 'Jane'],
        ['deploy', 'live', 'Jane'],
      ],
    );
    const state = join(root, 'state', 'records');
    const records = await Promise.all(
      (await readdir(state)).map((name) => readFile(join(state, name), 'utf8')),
    );
    const argv = await readFile(join(root, 'argv.log'), 'utf8');
    assert.match(argv, /^for a b$/m);
    assert.ok(records.length >= 3 && outputs.length > 30, 'there is something to search');
    const all = [...outputs, ...records, argv].join('\n');
    for (const secret of [canaryToken, 'canary-value-9', Buffer.from('canary-value-9').toString('base64')])
      assert.ok(!all.includes(secret), secret);
  });
});
