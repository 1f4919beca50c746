import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { compareReleases, comparisonTexts } from '../../../src/deploy/compare';
import { withImages } from '../../../src/deploy/providers/empire/images';
import { nextEnvironment, promotionWish } from '../../../src/deploy/promote';
import type { Release, Target } from '../../../src/deploy';
import { localEnvironment } from '../../../src/services/environment';
import { nodeProcesses } from '../../../src/platform/node/processes';
import type { TestEmpire } from '../../helpers/empire';
import { imageOf, startEmpire } from '../../helpers/empire';
import { makeRepository } from '../../helpers/git-repository';
import { temporaryFolder } from '../../helpers/platform';

const signal = new AbortController().signal;
let dir: string;
let empire: TestEmpire;
before(async () => {
  dir = await temporaryFolder();
  empire = await startEmpire();
});
after(async () => {
  await empire.stop();
  await rm(dir, { recursive: true, force: true });
});

const release = (version: number, more: Partial<Release> = {}): Release => ({
  version,
  status: 'old',
  createdAt: '2026-11-24T10:00:00Z',
  description: 'Deploy',
  dirty: false,
  eligible: true,
  ...more,
});

test('two releases beside each other: image, commits, names of variables, and no value', async () => {
  const repository = makeRepository(join(dir, 'orders'));
  const [first, second] = [repository.commit({ a: '1' }), repository.commit({ b: '1' })];
  empire.state.seed('orders', imageOf('orders', first));
  const app = empire.state.apps.get('orders');
  assert.ok(app);
  app.config = { KEPT: 'k', API_KEY: 'old-secret', GONE: 'g' };
  empire.state.seed('orders', imageOf('orders', second));
  const target: Target = { ...empire.target('orders'), dir: repository.dir };
  const configs: Readonly<Record<number, Readonly<Record<string, string>>>> = {
    1: { KEPT: 'k', API_KEY: 'old-secret', GONE: 'g' },
    2: { KEPT: 'k', API_KEY: 'new-secret', FRESH: 'f' },
  };
  const provider = {
    ...empire.provider,
    config: { read: async (_: Target, n = 0) => configs[n] ?? {}, change: async () => ({}) },
  };
  const releases = await empire.provider.releases(target, signal);
  const [newer, older] = releases;
  assert.ok(newer && older);
  const comparison = await compareReleases({ provider, target }, [newer, older], nodeProcesses, signal);
  assert.deepEqual(comparison.config, { added: ['FRESH'], changed: ['API_KEY'], removed: ['GONE'] });
  assert.deepEqual(
    comparison.commits?.map((one) => one.commit),
    [second],
  );
  const texts = comparisonTexts(comparison);
  assert.match(texts.older, /^release: v1 /);
  assert.match(texts.older, /\nAPI_KEY=•••••• {2}\(other value\)\nGONE=••••••\nKEPT=••••••\n$/);
  assert.match(texts.newer, /\nAPI_KEY=•••••• {2}\(changed\)\nFRESH=••••••\nKEPT=••••••\n/);
  assert.match(texts.newer, new RegExp(`image: .*${second}`));
  assert.doesNotMatch(texts.older + texts.newer, /secret/);
});

test('what a platform does not tell is said, and breaks nothing', async () => {
  const { config: _, ...provider } = empire.provider;
  const pair = [release(1, { processes: { web: 'a' }, quantities: { web: 2 } }), release(2)] as const;
  const target = empire.target('orders');
  const texts = comparisonTexts(await compareReleases({ provider, target }, pair, nodeProcesses, signal));
  assert.match(
    texts.older,
    /# Processes\nweb: a\n\n# Quantities\nweb=2\n\n# Config\nThe platform does not tell/,
  );
});

test('the next environment is the one that the file names next', () => {
  const environments = ['local', 'staging', 'production'].map((name) => ({ ...localEnvironment, name }));
  assert.equal(nextEnvironment(environments, 'local')?.name, 'staging');
  assert.equal(nextEnvironment(environments, 'production'), undefined);
  assert.equal(nextEnvironment(environments, 'nowhere'), undefined);
});

test('a promotion is the very image, or that of the commit, or is refused with the reason', async () => {
  const repository = makeRepository(join(dir, 'promoted'));
  const commit = repository.commit({ a: '1' });
  const to = empire.target('orders');
  const target: Target = { ...to, dir: repository.dir, environment: { ...to.environment, name: 'local' } };
  const withRegistry: Target = { ...to, environment: { ...to.environment, registry: 'ghcr.io/acme' } };
  const promoted = (one: Release, goal = withRegistry): ReturnType<typeof promotionWish> =>
    promotionWish(
      {
        from: { target, provider: empire.provider },
        to: { target: goal, provider: empire.provider },
        release: one,
      },
      nodeProcesses,
      signal,
    );
  assert.deepEqual(await promoted(release(3, { image: 'ghcr.io/acme/orders:1' }), to), {
    message: 'Promote v3 of local',
    image: 'ghcr.io/acme/orders:1',
  });
  const short = release(3, { commit: commit.slice(0, 12) });
  assert.equal((await promoted(short)).image, `ghcr.io/acme/orders:${commit}`);
  const refused = { code: 'deploy/cant-promote' };
  await assert.rejects(promoted({ ...short, dirty: true }), {
    ...refused,
    message: /made of files that no commit holds/,
  });
  await assert.rejects(promoted(short, to), { ...refused, message: /names no registry/ });
  await assert.rejects(promoted(release(3, { commit: 'f'.repeat(12) })), {
    ...refused,
    message: /not known in this repository/,
  });
  const tree = { ...empire.provider, caps: { ...empire.provider.caps, source: 'tree' as const } };
  await assert.rejects(
    promotionWish(
      { from: { target, provider: empire.provider }, to: { target: to, provider: tree }, release: short },
      nodeProcesses,
      signal,
    ),
    { ...refused, message: /takes the files of a folder/ },
  );
});

test('Empire’s releases that changed a variable or went back run the image of the release before', () => {
  const releases = [
    release(5, { description: 'Set A config var (jane)' }),
    release(4, { description: 'Rollback to v1 (jane)' }),
    release(3, { description: 'Set A config var (jane)' }),
    release(2, { image: 'acme/orders:2222222' }),
    release(1, { image: 'acme/orders:1111111' }),
  ];
  const images = withImages(releases);
  assert.deepEqual(
    images.map((one) => one.commit ?? one.image?.slice(-7)),
    ['1111111', '1111111', '2222222', '2222222', '1111111'],
  );
  assert.equal(withImages(releases.slice(0, 2))[0]?.image, undefined, 'what is not told is not guessed');
});
