import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { RawRequest, Reply } from '../../helpers/empire-http';
import type { TestCluster } from '../../helpers/kubernetes/fake';
import { canaryToken, startTestCluster } from '../../helpers/kubernetes/fake';
import { kubeconfigOf } from '../../helpers/kubernetes/kubeconfig';
import { labelOf, metaOf, renamed } from '../../helpers/kubernetes/answers';
import { stringAt } from '../../../src/base/json';
import { imageOf, kubernetesAt, targetIn } from '../../helpers/kubernetes/target';
import { conclude, temporaryFolder } from '../../helpers/platform';

/**
 * Everything that can happen to a request, in each stage of a deploy: never two releases, never an outcome that is not so, never a
 * release that nobody wrote down, never a secret in a text.
 */

const { signal } = new AbortController();
const canaryValue = 'canary-variable-0123456789';
let cluster: TestCluster;
let serial = 0;
let reset: () => void;
/** An app whose first release set a variable and whose second one runs. */
const app = 'orders';
const dirs = new Map<string, string>();

before(async () => {
  cluster = await startTestCluster();
  for (const release of ['', 'migrate', 'exit 1']) {
    const dir = await temporaryFolder();
    await writeFile(
      join(dir, 'Procfile'),
      `web: serve\nworker: work\n${release === '' ? '' : `release: ${release}\n`}`,
    );
    dirs.set(release, dir);
  }
  await cluster.provider.config?.change(cluster.target(app), { SECRET: canaryValue }, 'Set SECRET', signal);
  const first = await tell('v1', '');
  assert.equal(first.outcome, 'live', first.text);
  reset = cluster.state.snapshot();
});
after(async () => {
  await cluster.stop();
  for (const dir of [cluster.dir, ...dirs.values()]) await rm(dir, { recursive: true, force: true });
});
beforeEach(() => {
  cluster.override = undefined;
  cluster.server.requests.length = 0;
  reset();
});

const page = (status: number): Reply => ({
  pieces: [
    `HTTP/1.1 ${status} Bad\r\nContent-Type: text/html\r\nContent-Length: 26\r\n\r\n<html><h1>Proxy</h1></html`,
  ],
  end: 'close',
});
/** A refusal of Kubernetes' own, with the token in it, as a careless proxy would. */
const problem = (status: number, reason: string): Reply => {
  const text = JSON.stringify({
    kind: 'Status',
    status: 'Failure',
    reason,
    message: `no: ${canaryToken}`,
    code: status,
  });
  return {
    pieces: [
      `HTTP/1.1 ${status} X\r\nContent-Type: application/json\r\nContent-Length: ${text.length}\r\n\r\n${text}`,
    ],
    end: 'close',
  };
};
const ok = (text: string): Reply => ({
  pieces: [`HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`],
  end: 'close',
});

/** Whether it is lost (nobody knows whether it was done) or refused (it was not). */
const faults: Readonly<Record<string, { readonly reply: Reply; readonly is: 'lost' | 'refused' }>> = {
  'a reset': { reply: { pieces: [], end: 'reset' }, is: 'lost' },
  'an empty reply': { reply: { pieces: [], end: 'close' }, is: 'lost' },
  'half a head': { reply: { pieces: ['HTTP/1.1 200 OK\r\nConte'], end: 'close' }, is: 'lost' },
  'a head and a reset': {
    reply: { pieces: ['HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{"kind"'], end: 'reset' },
    is: 'lost',
  },
  'half a body': {
    reply: { pieces: ['HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{"kind":"Sec'], end: 'close' },
    is: 'lost',
  },
  'half a line, cleanly': { reply: ok('{"kind":"Secret","metada'), is: 'lost' },
  'what is no JSON': { reply: ok('hello'), is: 'lost' },
  'bytes that are no text': {
    reply: {
      pieces: ['HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n', Buffer.from([0xff, 0xfe])],
      end: 'close',
    },
    is: 'lost',
  },
  'a 429': { reply: problem(429, 'TooManyRequests'), is: 'lost' },
  'a 500': { reply: problem(500, 'InternalError'), is: 'lost' },
  'a 502 page': { reply: page(502), is: 'lost' },
  'a 503': { reply: problem(503, 'ServiceUnavailable'), is: 'lost' },
  'a 504 page': { reply: page(504), is: 'lost' },
  'a 404 page': { reply: page(404), is: 'lost' },
  'a redirection': {
    reply: {
      pieces: ['HTTP/1.1 302 Found\r\nLocation: https://evil.example\r\nContent-Length: 0\r\n\r\n'],
      end: 'close',
    },
    is: 'lost',
  },
  'an ended token': { reply: renamed('unauthorized'), is: 'refused' },
  'a right that is missing': { reply: problem(403, 'Forbidden'), is: 'refused' },
  'a quota': { reply: renamed('quota'), is: 'refused' },
  'an object that is not valid': { reply: renamed('invalid'), is: 'refused' },
};

type Match = (request: RawRequest) => boolean;
const has =
  (method: string, path: RegExp): Match =>
  (request) =>
    request.method === method && path.test(request.path);
const isRecord = has('POST', /\/secrets\?/);

interface Told {
  readonly outcome: string;
  readonly code: string | undefined;
  readonly release: number | undefined;
  readonly text: string;
}

/** Deploys its third release under `override`. */
async function deployUnder(
  override: (request: RawRequest) => Reply | undefined,
  tag = 'v2',
  release = '',
): Promise<Told> {
  cluster.override = override;
  const told = await tell(tag, release);
  cluster.override = undefined;
  assertNoSecret(told.text);
  const made = cluster.server.requests.filter(isRecord).map(({ body }) => /"name":"([^"]+)"/.exec(body)?.[1]);
  assert.ok(new Set(made).size <= 1, 'never two releases of one deploy');
  return told;
}

async function tell(tag: string, release: string): Promise<Told> {
  const target = targetIn(app, dirs.get(release) ?? '', { namespace: 'team' });
  try {
    const events = cluster.provider.deploy(target, { image: imageOf(app, tag), message: tag }, signal);
    const result = await conclude(cluster.provider, target, events);
    return {
      outcome: result.outcome,
      code: result.error?.code,
      release: result.release,
      text: JSON.stringify(result),
    };
  } catch (error) {
    assert.ok(error instanceof Error && error.name === 'UserError', String(error));
    const text = `${error.message} ${String(error.stack)} ${JSON.stringify(error)}`;
    return {
      outcome: 'thrown',
      code: 'code' in error ? String(error.code) : undefined,
      release: undefined,
      text,
    };
  }
}

function assertNoSecret(text: string): void {
  for (const secret of [canaryToken, canaryValue, Buffer.from(canaryValue).toString('base64')])
    assert.ok(!text.includes(secret), `a secret got out: ${text}`);
}

const deployments = () =>
  cluster.state
    .in('/apis/apps/v1/namespaces/team/deployments')
    .filter((one) => labelOf(one, 'app.kubernetes.io/name') === app);
const records = () =>
  cluster.state
    .in('/api/v1/namespaces/team/secrets')
    .filter((one) => labelOf(one, 'app.kubernetes.io/name') === app);

/** What stands on the cluster is what was told. */
function assertTrue({ outcome, text, release }: Told): void {
  const versions = deployments().map((one) => labelOf(one, 'servicewright/release'));
  if (outcome === 'live') {
    assert.deepEqual(versions, ['3', '3'], text);
    assert.equal(release, 3);
  }
  if (outcome === 'failed' || outcome === 'thrown') assert.deepEqual(versions, ['2', '2'], text);
  const wasRolledOut = versions.includes('3');
  if (wasRolledOut) assert.equal(records().length, 3, 'what was rolled out is written down');
  assert.equal(new Set(records().map((one) => labelOf(one, 'servicewright/release'))).size, records().length);
}

const stages: Readonly<
  Record<
    string,
    { readonly match: Match; readonly lost: string; readonly refused: string; readonly release?: string }
  >
> = {
  'while it checks the releases': { match: has('GET', /\/secrets\?/), lost: 'thrown', refused: 'thrown' },
  'while it checks the Deployments': {
    match: has('GET', /\/deployments\?/),
    lost: 'thrown',
    refused: 'thrown',
  },
  'while it checks the pods': { match: has('GET', /\/pods\?/), lost: 'thrown', refused: 'thrown' },
  'while it checks who owns the Service': {
    match: has('GET', /\/services\//),
    lost: 'thrown',
    refused: 'thrown',
  },
  'at the record': { match: isRecord, lost: 'failed', refused: 'failed' },
  'at the release command': {
    match: has('POST', /\/jobs\?/),
    lost: 'unknown',
    refused: 'failed',
    release: 'migrate',
  },
  'while the release command runs': {
    match: has('GET', /\/jobs\//),
    lost: 'unknown',
    refused: 'unknown',
    release: 'migrate',
  },
  'at the output of the release command': {
    match: has('GET', /\/log\?/),
    lost: 'live',
    refused: 'live',
    release: 'migrate',
  },
  'at the first Deployment': {
    match: has('PATCH', /\/deployments\/[\w-]+-web\?/),
    lost: 'unknown',
    refused: 'failed',
  },
  'at the second Deployment': {
    match: has('PATCH', /\/deployments\/[\w-]+-worker\?/),
    lost: 'unknown',
    refused: 'failed',
  },
  'at the Service': { match: has('PATCH', /\/services\//), lost: 'unknown', refused: 'failed' },
  'when it is marked': { match: has('PATCH', /\/secrets\//), lost: 'live', refused: 'live' },
};

for (const [stage, { match, lost, refused, release }] of Object.entries(stages))
  describe(stage, () => {
    for (const [name, { reply, is }] of Object.entries(faults)) {
      test(`${name}, always`, async () => {
        const told = await deployUnder((request) => (match(request) ? reply : undefined), 'v2', release);
        const expected = is === 'lost' ? lost : refused;
        // What the put back needs may be what is refused.
        const also =
          stage === 'at the second Deployment' || stage === 'at the Service' ? 'unknown' : expected;
        assert.ok([expected, also].includes(told.outcome), `${told.outcome} ${told.text}`);
        assertTrue(told);
      });
      if (is === 'lost')
        test(`${name}, once`, async () => {
          let left = 1;
          const told = await deployUnder(
            (request) => (match(request) && left-- > 0 ? reply : undefined),
            'v2',
            release,
          );
          const isRead = stage.startsWith('while it checks');
          const isJudged = isRead && /half a line|no JSON|no text|500|404 page|redirection/.test(name);
          assert.equal(told.outcome, isJudged ? 'thrown' : 'live', told.text);
          assertTrue(told);
        });
      if (is === 'lost' && !stage.startsWith('while'))
        test(`${name} in place of the answer, after it was done`, async () => {
          let left = 1;
          const told = await deployUnder(
            (request) => {
              if (!match(request) || left-- <= 0 || request.method === 'GET') return undefined;
              cluster.state.answer(request);
              return reply;
            },
            'v2',
            release,
          );
          assert.equal(told.outcome, 'live', told.text);
          assertTrue(told);
        });
    }
  });

describe('when it was applied', () => {
  const looks: Readonly<Record<string, RegExp>> = { Deployments: /\/deployments\?/, pods: /\/pods\?/ };
  for (const [what, path] of Object.entries(looks))
    for (const [name, { reply }] of Object.entries(faults)) {
      let isApplied = false;
      const seen = (request: RawRequest): boolean => {
        isApplied ||= request.method === 'PATCH' && request.path.includes('/services/');
        return isApplied && request.method === 'GET' && path.test(request.path);
      };
      test(`${name} answers each look at the ${what}: not known`, async () => {
        isApplied = false;
        const told = await deployUnder((request) => (seen(request) ? reply : undefined));
        assert.deepEqual([told.outcome, told.release], ['unknown', 3], told.text);
        assertTrue(told);
      });
      test(`${name} answers one look at the ${what}`, async () => {
        isApplied = false;
        let left = 1;
        const told = await deployUnder((request) => (seen(request) && left-- > 0 ? reply : undefined));
        assert.equal(told.outcome, 'live', told.text);
        assertTrue(told);
      });
    }
});

describe('a deploy that fails', () => {
  for (const [name, { reply }] of Object.entries(faults)) {
    for (const [what, path] of Object.entries({ log: /\/log\?/, events: /\/events\?/ }))
      test(`${name} answers its ${what}: it has failed all the same`, async () => {
        const told = await deployUnder((request) => (path.test(request.path) ? reply : undefined), 'broken');
        assert.deepEqual([told.outcome, told.code], ['failed', 'deploy/crashed'], told.text);
        assertTrue(told);
      });
    test(`${name} when it is put back: not known`, async () => {
      let applied = 0;
      const told = await deployUnder((request) => {
        if (request.method !== 'PATCH' || !/\/deployments\//.test(request.path)) return undefined;
        return ++applied > 2 ? reply : undefined;
      }, 'broken');
      assert.equal(told.outcome, 'unknown', told.text);
      assert.match(told.text, /could not be put back.*roll back to v2/);
    });
  }
  test('it says why, with the words of the cluster and of the process', async () => {
    const told = await deployUnder(() => undefined, 'broken');
    assert.match(told.text, /RuntimeError: no such setting/);
    assert.match(told.text, /BackOff: Back-off restarting failed container/);
    assert.match(told.text, /v2 goes on serving/);
  });
  test('a release command that fails rolls out nothing', async () => {
    const told = await deployUnder(() => undefined, 'v2', 'exit 1');
    assert.deepEqual(
      [told.outcome, told.code, told.release],
      ['failed', 'deploy/release-failed', 3],
      told.text,
    );
    assertTrue(told);
  });
  test('one that never gets ready is put back when the cluster’s own limit is over', async () => {
    const told = await deployUnder((request) => {
      if (request.method !== 'GET' || !request.path.includes('/deployments?')) return undefined;
      const answer = cluster.state.answer(request);
      const [head = '', body = ''] = answer.pieces.map(String);
      const late = body.replaceAll('"ReplicaSetUpdated"', '"ProgressDeadlineExceeded"');
      return {
        ...answer,
        pieces: [head.replace(/Content-Length: \d+/, `Content-Length: ${Buffer.byteLength(late)}`), late],
      };
    }, 'slow');
    assert.deepEqual([told.outcome, told.code], ['failed', 'deploy/not-rolled-out'], told.text);
    assertTrue(told);
  });
});

describe('a deploy that is cancelled', () => {
  /** Cancels when the roll out is seen, under `override`. */
  const cancelledUnder = async (override: (request: RawRequest) => Reply | undefined): Promise<Told> => {
    const target = targetIn(app, dirs.get('') ?? '', { namespace: 'team' });
    const slow = cluster.provider.deploy(target, { image: imageOf(app, 'slow') }, signal);
    let cancelling: Promise<unknown> = Promise.resolve();
    const events = async function* () {
      for await (const event of slow) {
        yield event;
        if (event.type !== 'log') continue;
        cluster.override = override;
        const id = cluster.state
          .in('/api/v1/namespaces/team/secrets')
          .find((one) => labelOf(one, 'servicewright/release') === '3');
        const deploy = stringAt(metaOf(id ?? {})['annotations'], 'servicewright/deploy') ?? '';
        cancelling = cluster.provider.cancel(target, deploy, signal).catch((error: unknown) => error);
      }
    };
    const result = await conclude(cluster.provider, target, events());
    await cancelling;
    cluster.override = undefined;
    assertNoSecret(JSON.stringify(result));
    return {
      outcome: result.outcome,
      code: result.error?.code,
      release: result.release,
      text: JSON.stringify(result),
    };
  };
  test('is put back', async () => {
    const told = await cancelledUnder(() => undefined);
    assert.deepEqual([told.outcome, told.code], ['failed', 'deploy/cancelled'], told.text);
    assertTrue(told);
  });
  for (const [name, { reply }] of Object.entries(faults))
    test(`${name} when it is put back: not known`, async () => {
      const told = await cancelledUnder(({ method, path }) =>
        method === 'PATCH' && path.includes('/deployments/') ? reply : undefined,
      );
      assert.deepEqual([told.outcome, told.code], ['unknown', 'deploy/cancelled'], told.text);
    });
});

describe('what never got there', () => {
  const tried = async (config: string): Promise<unknown> => {
    const path = join(cluster.dir, `config-${++serial}`);
    await writeFile(path, config);
    const provider = kubernetesAt(path);
    const target = cluster.target('orders');
    return conclude(provider, target, provider.deploy(target, { image: imageOf('orders', 'v1') }, signal));
  };
  test('a name that nobody knows', async () => {
    await assert.rejects(tried(kubeconfigOf('https://cluster.invalid:6443', canaryToken)), {
      code: 'deploy/unreachable',
    });
  });
  test('a port where nothing listens', async () => {
    const gone = await startTestCluster();
    await gone.stop();
    await assert.rejects(tried(kubeconfigOf(gone.server.url, canaryToken)), { code: 'deploy/unreachable' });
  });
  test('a server that speaks no TLS', async () => {
    const url = cluster.server.url.replace('http:', 'https:');
    await assert.rejects(tried(kubeconfigOf(url, canaryToken)), (error: Error) =>
      /TLS|ended before/.test(error.message),
    );
  });
  test('a stall ends with a word', async () => {
    const stalled = await startTestCluster({ patience: { askMs: 300 } });
    stalled.override = () => ({ pieces: [], end: 'stall' });
    const target = stalled.target('orders');
    const events = stalled.provider.deploy(target, { image: imageOf('orders', 'v1') }, signal);
    await assert.rejects(conclude(stalled.provider, target, events), { code: 'deploy/no-answer' });
    await stalled.stop();
  });
  test('a stall at what explains a failure changes nothing of it', async () => {
    const stalled = await startTestCluster({ patience: { askMs: 300 } });
    stalled.override = ({ path }) =>
      /\/(log|events)\?/.test(path) ? { pieces: [], end: 'stall' } : undefined;
    const target = stalled.target('orders');
    const events = stalled.provider.deploy(target, { image: imageOf('orders', 'broken') }, signal);
    const result = await conclude(stalled.provider, target, events);
    assert.deepEqual(
      [result.outcome, result.error?.code],
      ['failed', 'deploy/crashed'],
      result.error?.message,
    );
    await stalled.stop();
  });
  test('a stall at the roll out is not known', async () => {
    const stalled = await startTestCluster({ patience: { askMs: 300 } });
    stalled.override = ({ method, path }) =>
      method === 'PATCH' && path.includes('/deployments/') ? { pieces: [], end: 'stall' } : undefined;
    const target = stalled.target('orders');
    const events = stalled.provider.deploy(target, { image: imageOf('orders', 'v1') }, signal);
    const result = await conclude(stalled.provider, target, events);
    assert.deepEqual([result.outcome, result.release], ['unknown', 1], result.error?.message);
    await stalled.stop();
  });
});
