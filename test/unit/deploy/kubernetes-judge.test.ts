import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readProcfile } from '../../../src/deploy/procfile';
import { judge } from '../../../src/deploy/providers/kubernetes/judge';
import { merged } from '../../../src/deploy/providers/kubernetes/merge';
import { deploymentOf, ingressOf } from '../../../src/deploy/providers/kubernetes/objects';
import type { ReleaseRecord } from '../../../src/deploy/providers/kubernetes/record';
import { configHash, recordOf, secretOf } from '../../../src/deploy/providers/kubernetes/record';
import { readDeployment, readPod, readSecret } from '../../../src/deploy/providers/kubernetes/wire';
import { targetIn } from '../../helpers/kubernetes/target';

/** The pure parts: what a release is as objects, and what is made of what a cluster shows. */

const record: ReleaseRecord = {
  version: 3,
  deploy: 'ours',
  image: 'ghcr.io/acme/orders:1a2b3c4',
  processes: [{ type: 'web', command: 'serve' }],
  plain: { MODE: 'plain', BOTH: 'plain' },
  config: { SECRET: 'größer', BOTH: 'secret' },
  description: 'Deploy',
  createdAt: '2026-01-01T00:00:00Z',
  salt: 'salt',
  status: 'created',
  isCancelled: false,
};

const deployment = (generation: number, status: object, deploy = 'ours', replicas = 1) =>
  readDeployment({
    metadata: { name: 'orders-web', generation, annotations: { 'servicewright/deploy': deploy } },
    spec: { replicas },
    status,
  }) ?? assert.fail();
const pod = (containerStatuses: readonly object[], isReady = false) =>
  readPod({
    metadata: { name: 'p', labels: { 'servicewright/process': 'web', 'servicewright/release': '3' } },
    status: { conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }], containerStatuses },
  }) ?? assert.fail();
const running = { name: 'app', state: { running: {} } };
const look = (
  deployments: Parameters<typeof judge>[0]['deployments'],
  pods: Parameters<typeof judge>[0]['pods'],
  isPullOver = false,
) => judge({ app: 'orders', record, deployments, pods, isPullOver });

describe('a roll out', () => {
  const over = { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' };
  const all = { observedGeneration: 2, replicas: 1, updatedReplicas: 1, availableReplicas: 1 };
  const cases: Readonly<Record<string, readonly [ReturnType<typeof look>, string]>> = {
    'whose status is of the generation before says nothing, not even that it failed': [
      look([deployment(2, { ...all, observedGeneration: 1, conditions: [over] })], [pod([running], true)]),
      'waiting boot',
    ],
    'that the cluster gave up has failed': [
      look([deployment(2, { ...all, conditions: [over] })], [pod([running])]),
      'failed',
    ],
    'with everything ready and nothing older is live': [
      look([deployment(2, all)], [pod([running], true)]),
      'live',
    ],
    'with older pods left is not yet': [
      look([deployment(2, { ...all, replicas: 2 })], [pod([running], true)]),
      'waiting drain',
    ],
    'whose pod runs and is not ready waits for its health': [
      look([deployment(2, all)], [pod([running])]),
      'waiting health',
    ],
    'that serves with older pods alone is not live': [
      look([deployment(2, { ...all, updatedReplicas: 0 })], []),
      'waiting boot',
    ],
    'of no processes is live at once': [
      look([deployment(2, { observedGeneration: 2 }, 'ours', 0)], []),
      'live',
    ],
    'that another deploy changed is not ours': [look([deployment(2, all, 'theirs')], []), 'overtaken'],
    'that is not there is missing': [look([], []), 'missing'],
    'whose image is refused waits at first': [
      look([deployment(2, all)], [pod([{ name: 'app', state: { waiting: { reason: 'ErrImagePull' } } }])]),
      'waiting boot',
    ],
    'whose image is refused for long has failed': [
      look(
        [deployment(2, all)],
        [pod([{ name: 'app', state: { waiting: { reason: 'ImagePullBackOff' } } }])],
        true,
      ),
      'failed',
    ],
    'whose secret is not there has failed': [
      look(
        [deployment(2, all)],
        [pod([{ name: 'app', state: { waiting: { reason: 'CreateContainerConfigError' } } }])],
      ),
      'failed',
    ],
    'whose process ended once may still come': [
      look([deployment(2, all)], [pod([{ ...running, restartCount: 1 }])]),
      'waiting health',
    ],
    'whose process ended three times has failed': [
      look([deployment(2, all)], [pod([{ ...running, restartCount: 3 }])]),
      'failed',
    ],
    'is judged by our own container beside a mesh’s': [
      look([deployment(2, all)], [pod([{ name: 'mesh', restartCount: 9, state: { running: {} } }, running])]),
      'waiting health',
    ],
  };
  for (const [name, [verdict, expected]] of Object.entries(cases))
    test(name, () =>
      assert.equal(verdict.kind === 'waiting' ? `waiting ${verdict.stage}` : verdict.kind, expected),
    );
});

describe('a release', () => {
  test('is kept as a secret and read as it was', () => {
    const secret = readSecret(secretOf('orders', record));
    assert.ok(secret);
    assert.deepEqual(recordOf(secret), record);
    assert.doesNotMatch(JSON.stringify(secretOf('orders', record)), /größer|"secret"/);
  });

  test('somebody else’s secret is none', () => {
    for (const data of [{}, { release: 'eA==' }, { release: 'e30=' }, { release: '###' }])
      assert.equal(
        recordOf(
          readSecret({ metadata: { name: 'a', labels: { 'servicewright/release': '3' } }, data }) ??
            assert.fail(),
        ),
        undefined,
      );
  });

  test('its hash changes with a variable, and tells nothing without the salt', async () => {
    const hash = await configHash(record);
    assert.match(hash, /^[0-9a-f]{16}$/);
    assert.equal(await configHash({ ...record, config: { BOTH: 'secret', SECRET: 'größer' } }), hash);
    assert.notEqual(await configHash({ ...record, config: { ...record.config, SECRET: 'x' } }), hash);
    assert.notEqual(await configHash({ ...record, salt: 'other' }), hash);
  });

  test('a Deployment names secrets and never holds them; how many run is not said', () => {
    const { environment } = targetIn('orders', '/w');
    const wanted = { app: 'orders', record, hash: 'h', environment, deadline: 300 };
    const text = JSON.stringify(deploymentOf(wanted, { type: 'web', command: 'serve' }));
    assert.doesNotMatch(text, /größer|"secret"|replicas/);
    assert.match(text, /\{"name":"MODE","value":"plain"\}/);
    assert.match(
      text,
      /\{"name":"BOTH","valueFrom":\{"secretKeyRef":\{"name":"orders-v3","key":"env\.BOTH"\}\}\}/,
    );
    assert.match(text, /"tcpSocket":\{"port":"http"\}/, 'without a path that answers, who listens is ready');
    assert.doesNotMatch(text, /"value":"plain"\},\{"name":"BOTH","value"/);
    assert.equal(ingressOf(wanted), undefined);
  });
});

test('a Procfile is read, or all that is wrong with it is told', () => {
  assert.deepEqual(readProcfile('# a\n\nweb: serve now\r\nrelease: migrate\nwork_er: go\n'), {
    processes: [
      { type: 'web', command: 'serve now' },
      { type: 'work_er', command: 'go' },
    ],
    release: 'migrate',
  });
  assert.deepEqual(readProcfile('web serve\nweb: a\nweb: b\n'), {
    faults: ['line 1: "web serve" is not "<type>: <command>"', 'line 3: web is there twice'],
  });
  assert.ok('faults' in readProcfile('release: migrate\n'));
});

describe('several logs as one', () => {
  const { signal } = new AbortController();
  async function* from(...lines: readonly string[]): AsyncIterable<string> {
    for (const line of lines) {
      await Promise.resolve();
      yield line;
    }
  }
  test('hold every line and end when all have', async () => {
    const seen: string[] = [];
    const first = (add: (lines: AsyncIterable<string>) => void): AsyncIterable<string> => {
      add(from('a', 'b'));
      add(from('c'));
      return from('d');
    };
    for await (const line of merged(first, signal)) seen.push(line);
    assert.deepEqual(new Set(seen), new Set(['a', 'b', 'c', 'd']));
  });
  test('throw what one throws, after what was said', async () => {
    const broken = async function* (): AsyncIterable<string> {
      yield 'a';
      throw new Error('cut');
    };
    const seen: string[] = [];
    await assert.rejects(async () => {
      for await (const line of merged(() => broken(), signal)) seen.push(line);
    }, /cut/);
    assert.deepEqual(seen, ['a']);
  });
});
