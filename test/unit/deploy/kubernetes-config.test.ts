import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { UserError } from '../../../src/base/errors';
import type { Config } from '../../../src/deploy/provider';
import { labelOf, renamed } from '../../helpers/kubernetes/answers';
import type { TestCluster } from '../../helpers/kubernetes/fake';
import { canaryToken, startTestCluster } from '../../helpers/kubernetes/fake';
import { imageOf } from '../../helpers/kubernetes/target';
import { conclude } from '../../helpers/platform';
import type { RawRequest } from '../../helpers/empire-http';

/** A change of variables is a release: it is followed to its end, and one that fails is told, explained and put back. */

const { signal } = new AbortController();
const canaryValue = 'canary-variable-0123456789';
let cluster: TestCluster;
let config: Config;
let reset: () => void;

before(async () => {
  cluster = await startTestCluster();
  await writeFile(join(cluster.dir, 'Procfile'), 'web: serve\nworker: work\n');
  config = cluster.provider.config ?? assert.fail();
  await config.change(cluster.target('orders'), { SECRET: canaryValue }, 'Set SECRET', signal);
  const target = cluster.target('orders');
  const events = cluster.provider.deploy(target, { image: imageOf('orders', '1') }, signal);
  assert.equal((await conclude(cluster.provider, target, events)).outcome, 'live');
  reset = cluster.state.snapshot();
});
after(async () => {
  await cluster.stop();
  await rm(cluster.dir, { recursive: true, force: true });
});
beforeEach(() => {
  cluster.override = undefined;
  cluster.server.requests.length = 0;
  reset();
});

const change = (patch: Readonly<Record<string, string | null>>) =>
  config.change(cluster.target('orders'), patch, 'Change it', signal);

/** The error of a change, which is to have one; no secret is in it. */
async function failing(patch: Readonly<Record<string, string | null>>): Promise<UserError> {
  const error: unknown = await change(patch).then(
    () => assert.fail('it is to fail'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof UserError, String(error));
  const text = `${error.message} ${error.lines.join(' ')} ${JSON.stringify(error)}`;
  for (const secret of [canaryToken, canaryValue, Buffer.from(canaryValue).toString('base64')])
    assert.ok(!text.includes(secret), text);
  return error;
}

const versions = (): readonly string[] =>
  cluster.state
    .in('/apis/apps/v1/namespaces/team/deployments')
    .map((one) => labelOf(one, 'servicewright/release'));
const releases = async (): Promise<readonly (readonly [number, string])[]> =>
  (await cluster.provider.releases(cluster.target('orders'), signal)).map(({ version, status }) => [
    version,
    status,
  ]);

test('a change whose processes get ready is the current release when it returns', async () => {
  assert.deepEqual(await change({ LEVEL: 'debug' }), { LEVEL: 'debug', SECRET: canaryValue });
  assert.deepEqual(versions(), ['3', '3']);
  const [newest] = await releases();
  assert.deepEqual(newest, [3, 'current']);
  const status = await cluster.provider.status(cluster.target('orders'), signal);
  assert.deepEqual([status?.release, status?.deploy], [3, undefined]);
});

test('a change whose processes crash has failed, says why, and the release before goes on with its variables', async () => {
  const error = await failing({ BROKEN: 'yes', SECRET: null });
  assert.equal(error.code, 'deploy/crashed');
  assert.match(error.message, /orders v3 could not be rolled out, because web ended 3 times/);
  assert.match(error.message, /v2 goes on serving\. The variables are again what they were\.$/);
  assert.match(error.lines.join('\n'), /BackOff: Back-off restarting failed container/);
  assert.match(error.lines.join('\n'), /RuntimeError: no such setting/);
  assert.deepEqual(versions(), ['2', '2']);
  assert.deepEqual((await releases()).slice(0, 2), [
    [3, 'failed'],
    [2, 'current'],
  ]);
  assert.deepEqual(await config.read(cluster.target('orders'), undefined, signal), { SECRET: canaryValue });
  // What was typed is not lost: it is what the failed release has.
  assert.deepEqual(await config.read(cluster.target('orders'), 3, signal), { BROKEN: 'yes' });
});

test('pods of a release that failed are gone when it is told', async () => {
  await failing({ BROKEN: 'yes' });
  const status = await cluster.provider.status(cluster.target('orders'), signal);
  assert.deepEqual(
    status?.processes.map(({ name, state, release }) => [name, state, release]),
    [
      ['web.1', 'running', 2],
      ['worker.1', 'running', 2],
    ],
  );
});

test('what is right again after a failure is a release of its own', async () => {
  await failing({ BROKEN: 'yes' });
  assert.deepEqual(await change({ LEVEL: 'info' }), { LEVEL: 'info', SECRET: canaryValue });
  assert.deepEqual((await releases()).slice(0, 3), [
    [4, 'current'],
    [3, 'failed'],
    [2, 'old'],
  ]);
});

test('one that can’t be put back is not known, and tells the way back', async () => {
  let applied = 0;
  cluster.override = ({ method, path }: RawRequest) => {
    if (method !== 'PATCH' || !path.includes('/deployments/')) return undefined;
    return ++applied > 2 ? { pieces: [], end: 'reset' } : undefined;
  };
  const error = await failing({ BROKEN: 'yes' });
  assert.match(error.message, /could not be put back, so the cluster may still try it/);
  assert.doesNotMatch(error.message, /again what they were/);
  assert.match(error.fix?.label ?? '', /servicewright rollback v2 --to staging/);
});

test('one that can’t be looked at is not called live', async () => {
  let isApplied = false;
  cluster.override = ({ method, path }: RawRequest) => {
    isApplied ||= method === 'PATCH' && path.includes('/deployments/');
    return isApplied && method === 'GET' && path.includes('/pods?')
      ? { pieces: [], end: 'reset' }
      : undefined;
  };
  const error = await failing({ LEVEL: 'debug' });
  assert.equal(error.code, 'deploy/unknown');
  assert.match(error.fix?.label ?? '', /servicewright rollback v2/);
});

test('one that is refused changes nothing of what runs', async () => {
  cluster.override = ({ method, path }: RawRequest) =>
    method === 'PATCH' && path.includes('/deployments/orders-worker') ? renamed('quota') : undefined;
  const error = await failing({ LEVEL: 'debug' });
  cluster.override = undefined;
  assert.match(error.message, /refused to .*v2 goes on serving\. The variables are again what they were\.$/);
  assert.deepEqual(versions(), ['2', '2']);
  assert.deepEqual((await releases())[0], [3, 'failed']);
});
