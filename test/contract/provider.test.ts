import assert from 'node:assert/strict';
import { test } from 'node:test';
import { embeddedBy } from '../helpers/embedded-contract';
import { imageOf, startEmpire } from '../helpers/empire';
import { startHeroku } from '../helpers/heroku';
import { startTestCluster } from '../helpers/kubernetes/fake';
import type { DeployRequest, Target } from '../../src/deploy';
import { conclude, eventually, startPlatform, writeFiles } from '../helpers/platform';
import type { More, Platform } from '../helpers/provider-contract';
import { ofAll, providerContract } from '../helpers/provider-contract';

const { signal } = new AbortController();

const embedded = async (): Promise<Platform> => {
  const platform = await startPlatform();
  return embeddedBy(platform, platform.provider);
};

const empire = async (): Promise<Platform> => {
  const server = await startEmpire();
  return {
    provider: server.provider,
    service: async (app) => server.target(app),
    ready: async (target, version) => ({ image: imageOf(target.app, String(version)) }),
    running: async (target) =>
      server.state.apps.get(target.app)?.releases.at(-1)?.image.split(':').at(-1) ?? '',
    broken: async (target) => ({
      request: { image: imageOf(target.app, 'missing') },
      explains: /missing not found/,
    }),
    slow: async (target) => ({ image: imageOf(target.app, 'slow') }),
    async say(target, text) {
      const app = server.state.apps.get(target.app);
      app?.log.push(text);
    },
    logLine: /^line one from web\.1$/m,
    stop: () => server.stop(),
  };
};

const heroku = async (): Promise<Platform> => {
  const server = await startHeroku();
  return {
    provider: server.provider,
    service: (app) => server.service(app),
    async ready(target, version) {
      await writeFiles(target.dir, { 'version.txt': `${version}\n` });
      return {};
    },
    async running(target) {
      const app = server.state.apps.get(target.app);
      return app?.releases.find((one) => one.version === app.running)?.code ?? '';
    },
    async broken(target) {
      await writeFiles(target.dir, { broken: 'x', 'version.txt': '2\n' });
      return { request: {}, explains: /No matching distribution found for nosuch==1/ };
    },
    async slow(target) {
      await writeFiles(target.dir, { slow: target.app === 'sixth' ? '60000' : '400' });
      return {};
    },
    async say(target, text) {
      server.state.apps.get(target.app)?.log.push(text);
    },
    logLine: /^\d{4}-\d\d-\d\dT\S+ app\[web\.1\]: listening$/m,
    firstRelease: 2,
    // From the build on, without times.
    shared: (events) =>
      events
        .slice(events.findIndex((one) => one.type === 'started'))
        .filter((one) => one.type !== 'stage')
        .filter((one) => one.type !== 'log' || !/ run v\d+/.test(one.text)),
    stop: () => server.stop(),
  };
};

/** The same suite runs against a real API server in test/platforms. */
const kubernetes = async (): Promise<Platform> => {
  const cluster = await startTestCluster({ patience: { rolloutMs: 60_000 } });
  const { rollouts } = cluster.state;
  const image = (target: Target, tag: string): DeployRequest => ({ image: imageOf(target.app, tag) });
  return {
    provider: cluster.provider,
    service: async (app) => cluster.target(app),
    ready: async (target, version) => image(target, String(version)),
    running: async (target) => rollouts.serving(target.app).at(-1) ?? '',
    broken: async (target) => ({
      request: image(target, 'broken'),
      explains: /RuntimeError: no such setting/,
    }),
    slow: async (target) => image(target, target.app === 'fourth' ? 'late' : 'slow'),
    say: async (target, text) => rollouts.say(target.app, text),
    shared: ofAll,
    logLine: /^\d{4}-\d\d-\d\dT\S+ app\[web\.1\]: listening$/m,
    stop: () => cluster.stop(),
  };
};

const onlyEmbedded: More = (platform) => {
  const begin = async (on: Platform, target: Target, request: DeployRequest): ReturnType<typeof conclude> =>
    conclude(on.provider, target, on.provider.deploy(target, request, signal));

  test('one deploy at a time: a second one is refused and disturbs nothing', async () => {
    const target = await platform().service('fifth');
    const first = begin(platform(), target, await platform().slow(target));
    await eventually(
      'a deploy is under way',
      async () => (await platform().provider.status(target, signal))?.deploy,
    );
    await assert.rejects(begin(platform(), target, {}), { code: 'deploy/refused' });
    assert.equal((await first).outcome, 'live');
  });

  test('who watches is told of changes, and the watch ends when nobody looks', async () => {
    const target = await platform().service('watched');
    await begin(platform(), target, {});
    const looking = new AbortController();
    const changes = platform().provider.changes?.(looking.signal)[Symbol.asyncIterator]();
    assert.ok(changes);
    await changes.next();
    const change = changes.next();
    await begin(platform(), target, {});
    assert.equal((await change).done, false);
    looking.abort();
    await assert.rejects(async () => {
      while (!(await changes.next()).done);
    });
  });
};

providerContract('the embedded platform', embedded, onlyEmbedded);
providerContract('Empire', empire);
providerContract('Heroku', heroku);
providerContract('Kubernetes, in recorded answers', kubernetes);
