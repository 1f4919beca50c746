import assert from 'node:assert/strict';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Target } from '../../../src/deploy';
import type { Reply } from '../../helpers/empire-http';
import { canaryKey, startHeroku } from '../../helpers/heroku';
import type { TestHeroku } from '../../helpers/heroku';
import { jsonOf, problem } from '../../helpers/heroku-replies';
import { conclude, temporaryFolder } from '../../helpers/platform';

/** Releases of images, with a docker that writes down what it was told. */

const signal = new AbortController().signal;
const id = (digit: string): string => `sha256:${digit.repeat(64)}`;
const manifest = (digit: string): Reply =>
  jsonOf(200, {
    schemaVersion: 2,
    config: { mediaType: 'application/vnd.docker.container.image.v1+json', digest: id(digit) },
  });

let heroku: TestHeroku;
let bin: string;
const path = process.env['PATH'] ?? '';
before(async () => {
  heroku = await startHeroku();
  bin = await temporaryFolder();
  await useDocker('exit 0');
  process.env['PATH'] = `${bin}:${path}`;
});
after(async () => {
  process.env['PATH'] = path;
  await heroku.stop();
  await rm(bin, { recursive: true, force: true });
});
afterEach(async () => {
  heroku.override = undefined;
  await useDocker('exit 0');
});

/** What it was called with goes to `calls`, without the key; `fails` may end it. */
async function useDocker(fails: string): Promise<void> {
  const log = join(bin, 'calls');
  await writeFile(
    join(bin, 'docker'),
    `#!/bin/sh\necho "$@ platform=$DOCKER_DEFAULT_PLATFORM auth=$(printf %s "$DOCKER_AUTH_CONFIG" | cksum)" >> '${log}'\necho "docker $1"\n${fails}\n`,
  );
  await chmod(join(bin, 'docker'), 0o755);
  await writeFile(log, '');
}

const calls = async (): Promise<readonly string[]> =>
  (await readFile(join(bin, 'calls'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => line.replace(/ platform=.*/, ''));

async function service(
  app: string,
  files: Readonly<Record<string, string>> = { Dockerfile: 'FROM scratch\n' },
): Promise<Target> {
  const target = await heroku.service(app, files);
  const registry = heroku.server.url.replace('http://', '');
  return { ...target, environment: { ...target.environment, registry } };
}

const deploy = (target: Target, request = {}): ReturnType<typeof conclude> =>
  conclude(heroku.provider, target, heroku.provider.deploy(target, request, signal));

describe('a release of images', () => {
  test('builds, pushes and releases one image for each Dockerfile, in one release', async () => {
    const target = await service('both', {
      Dockerfile: 'FROM scratch\n',
      'Dockerfile.worker': 'FROM scratch\n',
    });
    heroku.state.manifests.set('both/web', manifest('1')).set('both/worker', manifest('2'));
    const from = heroku.server.requests.length;
    const result = await deploy(target);
    assert.deepEqual([result.outcome, result.release], ['live', 3], result.error?.message);
    assert.equal(heroku.state.apps.get('both')?.stack, 'container');
    const registry = target.environment.registry ?? '';
    assert.deepEqual(await calls(), [
      `build --tag ${registry}/both/web --file Dockerfile .`,
      `build --tag ${registry}/both/worker --file Dockerfile.worker .`,
      `push ${registry}/both/web`,
      `push ${registry}/both/worker`,
    ]);
    const changes = heroku.server.requests.slice(from).filter((one) => one.method === 'PATCH');
    assert.deepEqual(
      changes.map((one) => [one.headers['accept'], JSON.parse(one.body) as unknown]),
      [
        [
          'application/vnd.heroku+json; version=3.docker-releases',
          {
            updates: [
              { type: 'web', docker_image: id('1') },
              { type: 'worker', docker_image: id('2') },
            ],
          },
        ],
      ],
    );
    const names = result.stages.map((one) => one.name);
    assert.deepEqual(names, ['preflight', 'build', 'push', 'create', 'boot']);
  });

  test('docker is given the key beside its arguments, and the platform of Heroku', async () => {
    const target = await service('keyed');
    heroku.state.manifests.set('keyed/web', manifest('1'));
    await deploy(target);
    const log = await readFile(join(bin, 'calls'), 'utf8');
    const lines = log.trim().split('\n');
    const nothing = /auth=4294967295 0$/;
    assert.match(lines[0] ?? '', /^build .* platform=linux\/amd64 auth=4294967295 0$/);
    assert.match(lines[1] ?? '', /^push /);
    assert.doesNotMatch(lines[1] ?? '', nothing);
    for (const secret of [canaryKey, Buffer.from(`_:${canaryKey}`).toString('base64')])
      assert.ok(!log.includes(secret));
  });

  test('an image that is named is taken as it is', async () => {
    const target = await service('named', {});
    heroku.state.manifests.set('named/web', manifest('3'));
    const result = await deploy(target, { image: 'ghcr.io/acme/orders:1a2b3c4' });
    assert.equal(result.outcome, 'live', result.error?.message);
    const name = `${target.environment.registry}/named/web`;
    assert.deepEqual(await calls(), [
      'pull --quiet ghcr.io/acme/orders:1a2b3c4',
      `tag ghcr.io/acme/orders:1a2b3c4 ${name}`,
      `push ${name}`,
    ]);
  });

  test('without a Dockerfile, with another registry or on a stack of buildpacks nothing is built', async () => {
    await assert.rejects(deploy(await service('none', {})), { code: 'deploy/no-dockerfile' });
    const target = await service('strange');
    const elsewhere = { ...target, environment: { ...target.environment, registry: 'ghcr.io/acme' } };
    await assert.rejects(deploy(elsewhere), { code: 'deploy/strange-registry' });
    const plan = await heroku.provider.plan?.(elsewhere, {}, signal);
    assert.deepEqual(
      plan?.notes.filter((one) => one.level === 'blocker').map((one) => one.code),
      ['deploy/strange-registry'],
    );
    heroku.state.seed('packs', '1');
    await assert.rejects(deploy(await service('packs')), { code: 'deploy/wrong-stack' });
    assert.deepEqual(await calls(), ['']);
  });

  test('a build that fails tells why and releases nothing', async () => {
    await useDocker('[ "$1" = build ] && { echo "no such stage" >&2; exit 1; }; exit 0');
    const result = await deploy(await service('unbuilt'));
    assert.deepEqual([result.outcome, result.error?.code], ['failed', 'deploy/docker-failed']);
    assert.match(result.error?.lines.join('\n') ?? '', /no such stage/);
    assert.equal(heroku.state.apps.get('unbuilt')?.releases.length, 1);
  });

  test('a push that is denied says how to sign docker in', async () => {
    await useDocker(
      '[ "$1" = push ] && { echo "unauthorized: authentication required" >&2; exit 1; }; exit 0',
    );
    const result = await deploy(await service('denied'));
    assert.deepEqual([result.outcome, result.error?.code], ['failed', 'deploy/image-denied']);
    assert.match(result.error?.fix?.label ?? '', /docker login/);
  });

  test('an image that the registry does not show is not released', async () => {
    const result = await deploy(await service('hidden'));
    assert.deepEqual([result.outcome, result.error?.code], ['failed', 'deploy/image-missing']);
    heroku.state.manifests.set('hidden/web', jsonOf(200, { manifests: [] }));
    const index = await deploy(await service('hidden'));
    assert.equal(index.error?.code, 'deploy/image-missing');
    assert.equal(heroku.state.apps.get('hidden')?.releases.length, 1);
  });

  test('leaving while docker works is a deploy that failed, and leaves nothing behind', async () => {
    await useDocker('exec sleep 60');
    const leaving = new AbortController();
    const target = await service('left');
    const events = heroku.provider.deploy(target, {}, leaving.signal);
    const seen: string[] = [];
    for await (const event of events) {
      if (event.type === 'stage' && event.stage === 'build' && event.state === 'started')
        setTimeout(() => leaving.abort(), 50);
      if (event.type === 'finished') seen.push(event.outcome, event.error?.code ?? '');
    }
    assert.deepEqual(seen, ['failed', 'deploy/cancelled']);
  });

  const isRelease = ({ method, path: at }: { readonly method: string; readonly path: string }): boolean =>
    method === 'PATCH' && at.endsWith('/formation');
  const cut: Reply = { pieces: [], end: 'reset' };
  const said: Readonly<Record<string, readonly [Reply, boolean, string]>> = {
    'a reset, and nothing was released': [cut, false, 'unknown'],
    'a reset, and it was': [cut, true, 'live'],
    'a 503, and it was': [problem(503, 'x', 'x'), true, 'live'],
    'a 422': [problem(422, 'invalid_params', 'already running the specified docker image'), false, 'failed'],
    'a yes, and nothing was released': [jsonOf(200, []), false, 'failed'],
    'no JSON, and it was': [
      { pieces: ['HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n<htm'], end: 'close' },
      true,
      'live',
    ],
  };
  for (const [name, [reply, isMade, outcome]] of Object.entries(said))
    test(`its release is answered by ${name}`, async () => {
      const app = `asked-${name.replaceAll(/\W/g, '').toLowerCase()}`.slice(0, 29);
      const target = await service(app);
      heroku.state.manifests.set(`${app}/web`, manifest('4'));
      heroku.override = (request) => {
        if (!isRelease(request)) return undefined;
        if (isMade) heroku.state.answer(request, heroku.server.url);
        return reply;
      };
      const from = heroku.server.requests.length;
      const result = await deploy(target);
      assert.equal(result.outcome, outcome, result.error?.message);
      assert.equal(heroku.server.requests.slice(from).filter(isRelease).length, 1);
      assert.ok(!JSON.stringify(result).includes(canaryKey));
    });
});

test('the image of somebody else that came in between is not taken for ours', async () => {
  const target = await service('between');
  heroku.state.manifests.set('between/web', manifest('6'));
  heroku.override = (request) => {
    if (request.method !== 'PATCH') return undefined;
    const updates = [{ type: 'web', docker_image: id('7') }];
    heroku.state.answer({ ...request, body: JSON.stringify({ updates }) }, heroku.server.url);
    return { pieces: [], end: 'reset' };
  };
  assert.equal((await deploy(target)).outcome, 'unknown');
});

describe('a promotion', () => {
  test('releases the very code of another app, with its commit', async () => {
    heroku.state.seed('orders-staging', '1a2b3c4d');
    const target = await heroku.service('orders-live', {});
    const result = await deploy(target, {
      from: { app: 'orders-staging', release: 1 },
      message: 'Promote v1 of staging',
    });
    assert.deepEqual([result.outcome, result.release], ['live', 2], result.error?.message);
    const [newest] = await heroku.provider.releases(target, signal);
    assert.equal(newest?.description, 'Deploy 1a2b3c4d, Promote v1 of staging (orders-staging v1)');
    assert.equal(newest.commit, '1a2b3c4d');
    assert.equal(heroku.state.sources.size, 0);
  });
  test('of what never was, or of an image, changes nothing', async () => {
    const target = await heroku.service('orders-nowhere', {});
    await assert.rejects(deploy(target, { from: { app: 'orders-staging', release: 99 } }), {
      code: 'deploy/no-such-release',
    });
    heroku.state.seed('orders-image', id('5'));
    await assert.rejects(deploy(target, { from: { app: 'orders-image', release: 1 } }), {
      code: 'deploy/cant-promote',
    });
    assert.ok(!heroku.state.apps.has('orders-nowhere'));
  });
});
