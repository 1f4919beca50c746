import assert from 'node:assert/strict';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Http } from '../../src/base/ports';
import type { Provider, Target } from '../../src/deploy';
import { nodeHttp } from '../../src/platform/node/http';
import { isObject } from '../../src/base/json';
import { kubeconfigOf } from '../helpers/kubernetes/kubeconfig';
import { imageOf, kubernetesAt } from '../helpers/kubernetes/target';
import type { KubeWorld } from '../helpers/kubernetes/world';
import { startWorld } from '../helpers/kubernetes/world';
import { conclude, eventually } from '../helpers/platform';
import { startProxy } from '../helpers/proxy';

/** What Kubernetes alone can do, against a real API server with real controllers. */

const { signal } = new AbortController();

describe('Kubernetes', () => {
  let world: KubeWorld;
  let provider: Provider;
  before(async () => {
    world = await startWorld();
    ({ provider } = world);
  });
  after(() => world.stop());

  const deploy = async (target: Target, tag: string, files = {}): ReturnType<typeof conclude> => {
    const image = await world.image(target.app, tag, files);
    return conclude(provider, target, provider.deploy(target, { image }, signal));
  };
  const lines = async (stream: AsyncIterable<string>): Promise<readonly string[]> => {
    const all: string[] = [];
    for await (const line of stream) all.push(line);
    return all;
  };
  const list = async (target: Target, path: string): Promise<readonly unknown[]> => {
    const found = await world.cluster.call('GET', path.replace('NS', target.app));
    return isObject(found) && Array.isArray(found['items']) ? found['items'] : assert.fail('no list');
  };

  test('variables are kept as a secret, a change of them is a release, and a roll back brings them back', async () => {
    const target = await world.service('vars', {}, { config: { PLAIN: 'one' } });
    const { config } = provider;
    assert.ok(config);
    await assert.rejects(config.read(target, undefined, signal), { code: 'deploy/no-such-app' });
    assert.deepEqual(await config.change(target, { SECRET: 'canary-value' }, 'Set SECRET', signal), {
      SECRET: 'canary-value',
    });
    const first = await deploy(target, '1');
    assert.deepEqual([first.outcome, first.release], ['live', 2], first.error?.message);
    assert.equal(await world.ask(target, '/env?name=SECRET'), 'canary-value');
    assert.equal(await world.ask(target, '/env?name=PLAIN'), 'one');
    await config.change(target, { SECRET: 'other-value', MORE: 'more' }, 'Change SECRET', signal);
    await eventually(
      'the change is rolled out',
      async () => (await world.ask(target, '/env?name=MORE').catch(() => '')) === 'more',
    );
    await eventually(
      'it is the only one',
      async () => (await provider.status(target, signal))?.processes.length === 1,
    );
    const releases = await provider.releases(target, signal);
    assert.deepEqual(
      releases.map((one) => [one.version, one.status, one.description]),
      [
        [3, 'current', 'Change SECRET'],
        [2, 'old', `Deploy ${imageOf('vars', '1')}`],
        [1, 'old', 'Set SECRET'],
      ],
    );
    const preview = await provider.previewRollback?.(target, 2, signal);
    assert.deepEqual(preview?.config, { added: [], changed: ['SECRET'], removed: ['MORE'] });
    const back = await conclude(provider, target, provider.rollback(target, 2, signal));
    assert.deepEqual([back.outcome, back.release], ['live', 4], back.error?.message);
    assert.equal(await world.ask(target, '/env?name=SECRET'), 'canary-value');
    assert.deepEqual(await config.read(target, 3, signal), { MORE: 'more', SECRET: 'other-value' });
    const seen = JSON.stringify([
      await list(target, '/apis/apps/v1/namespaces/NS/deployments'),
      await list(target, '/api/v1/namespaces/NS/pods'),
    ]);
    assert.doesNotMatch(seen, /canary-value|other-value/);
  });

  test('a release’s record can’t be changed', async () => {
    const target = await world.service('fixed');
    await deploy(target, '1');
    await assert.rejects(
      world.cluster.call('PATCH', '/api/v1/namespaces/fixed/secrets/fixed-v1', { data: { 'env.X': 'eA==' } }),
      /immutable/,
    );
  });

  test('a Deployment for each process; scaling is kept by deploys; what the Procfile names no more goes', async () => {
    const target = await world.service('many', {
      Procfile: 'web: exec python3 serve.py\nwork_er: exec sleep 600\n',
    });
    assert.equal((await deploy(target, '1')).outcome, 'live');
    assert.deepEqual(await provider.scaling?.formation(target, signal), [
      { type: 'web', quantity: 1, size: '' },
      { type: 'work_er', quantity: 1, size: '' },
    ]);
    await provider.scaling?.scale(
      target,
      [
        { type: 'web', quantity: 3 },
        { type: 'work_er', quantity: 0 },
      ],
      '',
      signal,
    );
    const counted = async (): Promise<boolean> => {
      const processes = (await provider.status(target, signal))?.processes ?? [];
      return processes.filter((one) => one.state === 'running').length === 3 && processes.length === 3;
    };
    await eventually('three run', counted);
    const next = await deploy(target, '2');
    assert.equal(next.outcome, 'live', next.error?.message);
    await eventually('the older ones are gone', counted);
    assert.deepEqual(
      (await provider.status(target, signal))?.processes.map((one) => [one.name, one.state, one.release]),
      [
        ['web.1', 'running', 2],
        ['web.2', 'running', 2],
        ['web.3', 'running', 2],
      ],
    );
    const merged = await lines(provider.logs(target, { tail: false, lines: 100 }, signal));
    assert.deepEqual(
      new Set(merged.map((line) => / (app\[\S+\]: .*)$/.exec(line)?.[1])),
      new Set(['app[web.1]: listening', 'app[web.2]: listening', 'app[web.3]: listening']),
    );
    assert.deepEqual(merged, merged.toSorted());
    await writeFile(join(target.dir, 'Procfile'), 'web: exec python3 serve.py\n');
    assert.equal((await deploy(target, '3')).outcome, 'live');
    assert.deepEqual(await provider.scaling?.formation(target, signal), [
      { type: 'web', quantity: 3, size: '' },
    ]);
    await assert.rejects(
      async () =>
        provider.scaling?.scale(
          target,
          [
            { type: 'web', quantity: 1 },
            { type: 'nope', quantity: 1 },
          ],
          '',
          signal,
        ),
      { code: 'deploy/no-such-process' },
    );
    assert.equal((await provider.scaling?.formation(target, signal))?.[0]?.quantity, 3);
  });

  test('a release command gates: it runs once with the variables, and its failure rolls out nothing', async () => {
    const target = await world.service('gated', {
      Procfile:
        'web: exec python3 serve.py\nrelease: echo migrated $STEP >> ../ran.txt && echo migrated && test "$STEP" != bad\n',
    });
    const good = await deploy(target, '1');
    assert.equal(good.outcome, 'live', good.error?.message);
    assert.ok(good.stages.some((one) => one.name === 'release' && one.outcome === 'done'));
    assert.ok(good.events.some((one) => one.type === 'log' && one.text === 'migrated'));
    const failing = { ...target, environment: { ...target.environment, config: { STEP: 'bad' } } };
    const bad = await deploy(failing, '2');
    assert.deepEqual([bad.outcome, bad.error?.code], ['failed', 'deploy/release-failed']);
    assert.match(bad.error?.message ?? '', /exit code 1.*v1 goes on serving/);
    assert.match(bad.error?.lines.join('\n') ?? '', /migrated/);
    assert.equal(await world.ask(target, '/version'), '1');
    assert.equal(
      await readFile(join(world.cluster.dir, 'images/ran.txt'), 'utf8'),
      'migrated\nmigrated bad\n',
    );
    const releases = await provider.releases(target, signal);
    assert.deepEqual(
      releases.map((one) => [one.version, one.status]),
      [
        [2, 'failed'],
        [1, 'current'],
      ],
    );
    await assert.rejects(conclude(provider, target, provider.rollback(target, 7, signal)), {
      code: 'deploy/no-such-release',
    });
  });

  test('an image that is not there fails with the cluster’s words, and the first deploy leaves nothing', async () => {
    const target = await world.service('absent');
    const request = { image: imageOf('absent', 'nowhere') };
    const result = await conclude(provider, target, provider.deploy(target, request, signal));
    assert.deepEqual([result.outcome, result.error?.code], ['failed', 'deploy/image-missing']);
    assert.match(result.error?.lines.join('\n') ?? '', /manifest unknown/);
    assert.match(result.error?.message ?? '', /Nothing of it was left running/);
    assert.deepEqual(await list(target, '/apis/apps/v1/namespaces/NS/deployments'), []);
    assert.equal((await deploy(target, '1')).release, 2);
  });

  test('what somebody else made is left alone', async () => {
    const target = await world.service('foreign');
    const labels = { a: 'b' };
    await world.cluster.call('POST', '/apis/apps/v1/namespaces/foreign/deployments', {
      metadata: { name: 'foreign-web' },
      spec: {
        replicas: 0,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'app', image: 'x' }] } },
      },
    });
    await assert.rejects(deploy(target, '1'), { code: 'deploy/not-ours' });
    assert.deepEqual(await provider.releases(target, signal), []);
  });

  test('two deploys at once: one release each number, and never an outcome that is not so', async () => {
    const target = await world.service('both');
    await deploy(target, '1');
    const results = await Promise.all([deploy(target, '2'), deploy(target, '3')]);
    const numbers = results.map((one) => one.release).filter((one) => one !== undefined);
    assert.equal(new Set(numbers).size, numbers.length);
    const running = await world.ask(target, '/version');
    const current = (await provider.releases(target, signal)).find((one) => one.status === 'current');
    for (const [at, result] of results.entries())
      if (result.outcome === 'live') {
        assert.equal(result.release, current?.version);
        assert.equal(running, String(at + 2));
      }
  });

  test('a release command can be cancelled from another window: it ends, and nothing is rolled out', async () => {
    const target = await world.service('ending', {
      Procfile: 'web: exec python3 serve.py\nrelease: echo began; echo more; sleep 60\n',
    });
    const said: string[] = [];
    const image = await world.image('ending', '1');
    const told = async function* () {
      for await (const event of provider.deploy(target, { image }, signal)) {
        if (event.type === 'log') said.push(event.text);
        yield event;
      }
    };
    const running = conclude(provider, target, told());
    const id = await eventually(
      'a deploy is under way',
      async () => (await provider.status(target, signal))?.deploy,
    );
    const runs = async (): Promise<boolean> =>
      (await list(target, '/api/v1/namespaces/NS/pods')).length === 1;
    await eventually('its command runs', runs);
    await eventually('what it prints is told while it runs', () => said.includes('began'));
    await kubernetesAt(world.config).cancel(target, id, signal);
    const result = await running;
    assert.deepEqual(
      [result.outcome, result.error?.code],
      ['failed', 'deploy/cancelled'],
      result.error?.message,
    );
    assert.deepEqual(await list(target, '/apis/apps/v1/namespaces/NS/deployments'), []);
    await eventually(
      'its command is gone',
      async () => (await list(target, '/api/v1/namespaces/NS/pods')).length === 0,
    );
    assert.equal((await provider.status(target, signal))?.deploy, undefined);
  });

  test('a cancel that nobody heeds says so', async () => {
    const target = await world.service('alone');
    const leaving = new AbortController();
    const image = await world.image('alone', 'slow', { 'serve.py': 'import time\ntime.sleep(600)\n' });
    await assert.rejects(async () => {
      for await (const event of provider.deploy(target, { image }, leaving.signal))
        if (event.type === 'log') leaving.abort();
    });
    const id = (await provider.status(target, signal))?.deploy ?? assert.fail();
    await assert.rejects(provider.cancel(target, id, signal), { code: 'deploy/not-heeded' });
  });

  test('a plan tries everything at the cluster and keeps nothing', async () => {
    const target = await world.service('planned', {}, { ingress: { host: 'planned.example.com' } });
    const image = await world.image('planned', '1');
    const plan = await provider.plan?.(target, { image }, signal);
    assert.deepEqual(
      plan?.notes.map((one) => one.level),
      ['info', 'info'],
    );
    assert.deepEqual(await list(target, '/api/v1/namespaces/NS/secrets'), []);
    await world.cluster.call('POST', '/api/v1/namespaces/planned/resourcequotas', {
      metadata: { name: 'none' },
      spec: { hard: { 'count/deployments.apps': '0' } },
    });
    const refused = await eventually('the quota counts', async () => {
      const next = await provider.plan?.(target, { image }, signal);
      return next?.notes.find((one) => one.level === 'blocker');
    });
    assert.match(refused.message, /exceeded quota/);
    const nowhere = { ...target, environment: { ...target.environment, namespace: 'nowhere' } };
    assert.match(
      (await provider.plan?.(nowhere, { image }, signal))?.notes.at(-1)?.message ?? '',
      /There is no namespace nowhere/,
    );
  });

  test('with an ingress the app has an address', async () => {
    const ingress = { host: 'shop.example.com', tlsSecret: 'shop-tls' };
    const target = await world.service('shop', {}, { ingress });
    const result = await deploy(target, '1');
    assert.equal(result.url, 'https://shop.example.com', result.error?.message);
    assert.equal((await provider.status(target, signal))?.url, 'https://shop.example.com');
    const [made] = await list(target, '/apis/networking.k8s.io/v1/namespaces/NS/ingresses');
    assert.match(JSON.stringify(made), /"host":"shop.example.com"/);
  });

  test('a command runs once in a pod of its own and tells how it ended', async () => {
    const target = await world.service('once');
    await assert.rejects(async () => lines(provider.runs?.run(target, 'true', '', signal) ?? assert.fail()), {
      code: 'deploy/no-release',
    });
    await deploy(target, '1');
    await provider.config?.change(target, { NAME: 'jane' }, 'Set NAME', signal);
    await eventually('it runs', async () => (await provider.status(target, signal))?.release === 2);
    const run = (command: string) => lines(provider.runs?.run(target, command, '', signal) ?? assert.fail());
    assert.deepEqual(
      await run('echo hello $NAME; cat version.txt'),
      ['hello [secret]', '1'].map((one) => one.replace('[secret]', 'jane')),
    );
    await assert.rejects(run('echo no; exit 3'), { code: 'deploy/run-failed', message: /exit code 3/ });
    const pods = await list(target, '/api/v1/namespaces/NS/pods?labelSelector=servicewright/kind=run');
    await eventually(
      'the pods are gone',
      async () =>
        pods.length === 0 ||
        (await list(target, '/api/v1/namespaces/NS/pods?labelSelector=servicewright/kind=run')).length === 0,
    );
  });

  test('a command has a terminal: it knows the size, hears what is typed, and tells how it ended', async () => {
    const target = await world.service('typed', {}, { config: { PLAIN: 'one' } });
    await deploy(target, '1');
    const command = 'tty -s && echo "$PLAIN $(stty size)"; read -r line; echo "heard $line"; exit 7';
    const size = { columns: 101, rows: 31 };
    const terminal = await provider.runs?.terminal?.(target, { command, message: 'Look', size }, signal);
    assert.ok(terminal);
    let text = '';
    let code: number | undefined;
    for await (const event of terminal.events) {
      if (event.type === 'exit') code = event.code;
      else text += event.text;
      if (event.type === 'out' && event.text.includes('101')) terminal.write('größer\r');
    }
    assert.match(text, /one 31 101\r\n/);
    assert.match(text, /heard größer\r\n/);
    assert.equal(code, 7);
    await eventually(
      'its pod is gone',
      async () =>
        (await list(target, '/api/v1/namespaces/NS/pods?labelSelector=servicewright/kind%3Drun')).length ===
        0,
    );
    const reader = join(world.cluster.dir, 'config-reader');
    await writeFile(reader, kubeconfigOf(world.cluster.url, world.cluster.readerToken, world.cluster.ca));
    await assert.rejects(
      kubernetesAt(reader).runs?.terminal?.(target, { command, message: 'Look', size }, signal) ??
        Promise.resolve(),
      { code: 'deploy/forbidden' },
    );
  });

  test('restarting makes every process anew, or one', async () => {
    const target = await world.service('again');
    await deploy(target, '1');
    const pid = (): Promise<string> => world.ask(target, '/pid').catch(() => '');
    const settled = async (old: string): Promise<string> =>
      eventually('another process serves alone', async () => {
        const now = await pid();
        const status = await provider.status(target, signal);
        const isAlone = status?.processes.length === 1 && status.processes[0]?.state === 'running';
        return isAlone && now !== '' && now !== old && now;
      });
    const first = await pid();
    await provider.scaling?.restart(target, undefined, '', signal);
    const second = await settled(first);
    await provider.scaling?.restart(target, 'web.1', '', signal);
    await settled(second);
    await assert.rejects(async () => provider.scaling?.restart(target, 'web.9', '', signal), {
      code: 'deploy/no-such-process',
    });
  });

  const changes: Readonly<Record<string, (method: string, url: string) => boolean>> = {
    'of the record': (method, url) => method === 'POST' && url.includes('/secrets?'),
    'of the release command': (method, url) => method === 'POST' && url.includes('/jobs?'),
    'of a Deployment': (method, url) => method === 'PATCH' && url.includes('/deployments/'),
    'of the Service': (method, url) => method === 'PATCH' && url.includes('/services/'),
  };
  for (const [at, [what, isIt]] of Object.entries(changes).entries())
    test(`the answer ${what} is lost, and it is sent again: one release, one roll out, one run`, async () => {
      const app = `lost-${at}`;
      const target = await world.service(app, {
        Procfile: 'web: exec python3 serve.py\nrelease: echo ran >> ran.txt\n',
      });
      let left = 1;
      const http: Http = {
        async send(request, stop) {
          const response = await nodeHttp.send(request, stop);
          if (!isIt(request.method, request.url) || left-- <= 0) return response;
          for await (const _piece of response.body);
          throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
        },
      };
      const cut = kubernetesAt(world.config, { http });
      const image = await world.image(app, '1');
      const result = await conclude(cut, target, cut.deploy(target, { image }, signal));
      assert.deepEqual([result.outcome, result.release], ['live', 1], result.error?.message);
      assert.equal((await provider.releases(target, signal)).length, 1);
      assert.equal((await list(target, '/apis/apps/v1/namespaces/NS/replicasets')).length, 1);
      assert.equal(await readFile(join(world.cluster.dir, 'images', `${app}-1`, 'ran.txt'), 'utf8'), 'ran\n');
    });

  describe('ways in', () => {
    const ways = async (name: string, user: string): Promise<Provider> => {
      const path = join(world.cluster.dir, name);
      const text = kubeconfigOf(world.cluster.url, 'TOKEN', world.cluster.ca);
      await writeFile(path, text.replace('user: { token: TOKEN }', `user: ${user}`));
      return kubernetesAt(path);
    };
    const script = async (name: string, text: string): Promise<string> => {
      const path = join(world.cluster.dir, name);
      await writeFile(path, `#!/bin/sh\n${text}\n`);
      await chmod(path, 0o755);
      return path;
    };
    let target: Target;
    before(async () => {
      target = await world.service('ways');
      await deploy(target, '1');
    });

    test('a client certificate', async () => {
      const { certFile, keyFile } = world.cluster.client;
      const files = await ways(
        'cert',
        JSON.stringify({ 'client-certificate': certFile, 'client-key': keyFile }),
      );
      assert.equal((await files.releases(target, signal)).length, 1);
      const data = async (file: string): Promise<string> => (await readFile(file)).toString('base64');
      const inline = {
        'client-certificate-data': await data(certFile),
        'client-key-data': await data(keyFile),
      };
      assert.equal((await (await ways('inline', JSON.stringify(inline))).releases(target, signal)).length, 1);
    });

    test('a token file', async () => {
      await writeFile(join(world.cluster.dir, 'token'), `${world.cluster.adminToken}\n`);
      assert.equal((await (await ways('file', '{ tokenFile: token }')).releases(target, signal)).length, 1);
    });

    test('a program, asked again when what it gave is not taken any more', async () => {
      const count = join(world.cluster.dir, 'asked');
      const give = `echo "$KUBERNETES_EXEC_INFO|$0|$1|$EXTRA" >> ${count}
test "$(wc -l < ${count})" = 1 && token=canary-old-token || token=${world.cluster.adminToken}
echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"'$token'"}}'`;
      const command = await script('give-token', give);
      const exec = {
        apiVersion: 'client.authentication.k8s.io/v1',
        command,
        args: ['a b; rm -rf /'],
        env: [{ name: 'EXTRA', value: 'x' }],
        provideClusterInfo: true,
      };
      const asked = await ways('exec', JSON.stringify({ exec }));
      assert.equal((await asked.releases(target, signal)).length, 1);
      const [first = '', second] = (await readFile(count, 'utf8')).split('\n');
      assert.ok(second, 'the refused token was asked for again');
      assert.match(first, /\|a b; rm -rf \/\|x$/);
      assert.match(first, new RegExp(`"server":"${world.cluster.url}"`));
    });

    test('a token that is not taken says so, and is not in what it says', async () => {
      const wrong = await ways('wrong', '{ token: canary-wrong-token }');
      await assert.rejects(wrong.releases(target, signal), (error: Error) => {
        assert.match(error.message, /does not take the credentials of the context test/);
        assert.doesNotMatch(`${error.message} ${error.stack ?? ''}`, /canary/);
        return true;
      });
    });

    test('acting as somebody else, one has the rights of who that is', async () => {
      const { adminToken } = world.cluster;
      const reader = await ways('as-reader', `{ token: ${adminToken}, as: reader }`);
      await assert.rejects(reader.releases(target, signal), { message: /reader.*cannot list/ });
      const groups = '[system:authenticated, "system:masters"]';
      const master = await ways(
        'as-master',
        `{ token: ${adminToken}, as: "jörg", as-groups: ${groups}, as-user-extra: { acme.com/project: [one, two] } }`,
      );
      assert.equal((await master.releases(target, signal)).length, 1);
    });

    test('through the proxy that the cluster’s entry names', async () => {
      const proxy = await startProxy();
      const path = join(world.cluster.dir, 'proxied');
      const text = kubeconfigOf(world.cluster.url, world.cluster.adminToken, world.cluster.ca);
      await writeFile(path, text.replace('{ server:', `{ proxy-url: "http://${proxy.url}", server:`));
      const proxied = kubernetesAt(path);
      assert.equal((await proxied.releases(target, signal)).length, 1);
      const { host } = new URL(world.cluster.url);
      assert.ok(proxy.seen.includes(`CONNECT ${host} -`), proxy.seen.join());
      proxy.status = 407;
      await assert.rejects(proxied.releases(target, signal), { message: /wants a user and a password/ });
      proxy.server.closeAllConnections();
      proxy.server.close();
    });

    test('who may not says what is missing', async () => {
      const reader = await ways('reader', `{ token: ${world.cluster.readerToken} }`);
      await assert.rejects(reader.releases(target, signal), {
        code: 'deploy/forbidden',
        message: /reader.*cannot list/,
      });
      const image = await world.image('ways', '2');
      const plan = await reader.plan?.(target, { image }, signal);
      assert.match(plan?.notes.at(-1)?.message ?? '', /does not let you/);
    });
  });
});
