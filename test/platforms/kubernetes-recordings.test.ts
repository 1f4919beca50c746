import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { isObject, stringAt } from '../../src/base/json';
import type { Http } from '../../src/base/ports';
import type { Provider, Target } from '../../src/deploy';
import { nodeHttp } from '../../src/platform/node/http';
import { kubeconfigOf } from '../helpers/kubernetes/kubeconfig';
import type { Recording } from '../helpers/kubernetes/recordings';
import { readRecordings, recordingsPath, scrub, shapeOf } from '../helpers/kubernetes/recordings';
import { imageOf, kubernetesAt } from '../helpers/kubernetes/target';
import { startWorld } from '../helpers/kubernetes/world';
import type { KubeWorld } from '../helpers/kubernetes/world';
import { conclude } from '../helpers/platform';

/**
 * The answers that tests without a cluster are given come from a real one, by the provider's own requests. Each run makes them anew and
 * compares their shapes with what is kept; SERVICEWRIGHT_RECORD=1 keeps the new ones.
 */

const { signal } = new AbortController();

interface Heard extends Recording {
  readonly method: string;
  readonly path: string;
}

function listening(heard: Heard[]): Http {
  return {
    async send(request, stop) {
      const response = await nodeHttp.send(request, stop);
      const note = (text: string): void => {
        const body: unknown = text.startsWith('{') ? JSON.parse(text) : text;
        const path = request.url.replace(/^https:\/\/[^/]+/, '');
        heard.push({ method: request.method, path, status: response.status, body });
      };
      const { body } = response;
      const isWatch = request.url.includes('watch=true');
      const told = async function* (): AsyncIterable<string> {
        let text = '';
        for await (const chunk of body) {
          text += chunk;
          // A watch is left before it ends: each of its lines is heard as it comes.
          while (isWatch && text.includes('\n')) {
            note(text.slice(0, text.indexOf('\n')));
            text = text.slice(text.indexOf('\n') + 1);
          }
          yield chunk;
        }
        if (!isWatch) note(text);
      };
      return { ...response, body: told() };
    },
  };
}

/** The list of pods that are processes, not release commands. */
const processes = /\/pods\?.*kind%3Dprocess/;

/** Which of what was heard is kept, by name. */
const wanted: Readonly<Record<string, (heard: readonly Heard[]) => Recording | undefined>> = {
  'secret-created': one('POST', /\/secrets\?/, 201),
  'secret-exists': one('POST', /\/secrets\?/, 409),
  'secret-marked': one('PATCH', /\/secrets\//, 200),
  'secrets-none': list(/\/secrets\?/),
  'deployments-none': list(/\/deployments\?/),
  'pods-none': list(/\/pods\?/),
  'deployment-created': one('PATCH', /\/deployments\/[\w-]+\?.*force=true$/, 201),
  'deployment-changed': one('PATCH', /\/deployments\/[\w-]+\?.*force=true$/, 200),
  'deployment-progressing': item(/\/deployments\?/, (status) => status['unavailableReplicas'] === 1),
  'deployment-done': item(
    /\/deployments\?/,
    (status) => status['availableReplicas'] === 1 && status['replicas'] === 1,
  ),
  'deployment-scaled': one('PATCH', /\/deployments\/[\w-]+\/scale\?/, 200),
  'deployment-gone': one('DELETE', /\/deployments\//, 200),
  'service-created': one('PATCH', /\/services\//, 201),
  'ingress-created': one('PATCH', /\/ingresses\//, 201),
  // As it is once a node took it: what is before that may be heard or not.
  'pod-new': item(processes, (status, spec) => !('containerStatuses' in status) && 'nodeName' in spec),
  'pod-running': item(
    processes,
    (status) => stateIn(status) === 'running' && !readyIn(status) && restartsIn(status) === 0,
  ),
  'pod-ready': item(processes, (status) => readyIn(status)),
  'pod-crashing': item(
    processes,
    (status) => reasonIn(status) === 'CrashLoopBackOff' && restartsIn(status) >= 3,
  ),
  'pod-unpulled': item(processes, (status) => reasonIn(status) === 'ImagePullBackOff'),
  'pod-failed': item(/\/pods\?/, (status) => status['phase'] === 'Failed'),
  'pod-run': one('POST', /\/pods\?/, 201),
  'pod-ended': one(
    'GET',
    /\/pods\/[\w-]+$/,
    200,
    (body) => stringAt(statusOf(body), 'phase') === 'Succeeded',
  ),
  'job-created': one('POST', /\/jobs\?/, 201),
  'job-complete': one('GET', /\/jobs\//, 200, (body) => /"Complete"/.test(JSON.stringify(body))),
  'job-failed': one('GET', /\/jobs\//, 200, (body) => /"type":"Failed"/.test(JSON.stringify(body))),
  events: one(
    'GET',
    /\/events\?/,
    200,
    (body) => isObject(body) && Array.isArray(body['items']) && body['items'].length > 0,
  ),
  'watch-changed': one('GET', /\/deployments\?.*watch=true/, 200, (body) => typeIn(body) === 'MODIFIED'),
  'not-found': one('GET', /\/deployments\/[\w-]+$/, 404),
  'no-namespace': one('POST', /\/secrets\?/, 404),
  forbidden: one('GET', /\/secrets\?/, 403),
  quota: one('PATCH', /\/deployments\//, 403),
  unauthorized: one('GET', /\/deployments\?/, 401),
  invalid: one('PATCH', /\/ingresses\//, 422),
};

const typeIn = (body: unknown): string => stringAt(body, 'type') ?? '';

function one(method: string, path: RegExp, status: number, fits: (body: unknown) => boolean = () => true) {
  return (all: readonly Heard[]): Recording | undefined =>
    all.find(
      (each) => each.method === method && path.test(each.path) && each.status === status && fits(each.body),
    );
}

function itemsOf(all: readonly Heard[], path: RegExp): readonly unknown[] {
  return all
    .filter((each) => each.method === 'GET' && path.test(each.path) && each.status === 200)
    .flatMap(({ body }) => {
      if (!isObject(body)) return [];
      if (isObject(body['object'])) return [body['object']];
      return Array.isArray(body['items']) ? (body['items'] as readonly unknown[]) : [];
    });
}

type Part = Readonly<Record<string, unknown>>;

function item(path: RegExp, fits: (status: Part, spec: Part) => boolean) {
  return (all: readonly Heard[]): Recording | undefined => {
    const body = itemsOf(all, path).find((each) => !isGoing(each) && fits(statusOf(each), specOf(each)));
    return body === undefined ? undefined : { status: 200, body };
  };
}

function list(path: RegExp) {
  return one(
    'GET',
    path,
    200,
    (body) => isObject(body) && Array.isArray(body['items']) && body['items'].length === 0,
  );
}

const statusOf = (value: unknown): Readonly<Record<string, unknown>> =>
  isObject(value) && isObject(value['status']) ? value['status'] : {};
/** What is on its way out has more to say than what stays. */
const isGoing = (value: unknown): boolean =>
  isObject(value) && stringAt(value['metadata'], 'deletionTimestamp') !== undefined;
const specOf = (value: unknown): Part => (isObject(value) && isObject(value['spec']) ? value['spec'] : {});
const containerIn = (status: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  const all = status['containerStatuses'];
  const first: unknown = Array.isArray(all) ? all[0] : undefined;
  return isObject(first) ? first : {};
};
const stateIn = (status: Readonly<Record<string, unknown>>): string => {
  const { state } = containerIn(status);
  return isObject(state) ? (Object.keys(state)[0] ?? '') : '';
};
const reasonIn = (status: Readonly<Record<string, unknown>>): string => {
  const { state } = containerIn(status);
  return stringAt(isObject(state) ? state['waiting'] : undefined, 'reason') ?? '';
};
const restartsIn = (status: Readonly<Record<string, unknown>>): number =>
  Number(containerIn(status)['restartCount'] ?? 0);
const readyIn = (status: Readonly<Record<string, unknown>>): boolean => containerIn(status)['ready'] === true;

test('what was recorded is what a real API server answers', async () => {
  const world = await startWorld();
  const heard: Heard[] = [];
  try {
    await scenario(world, heard);
  } finally {
    await world.stop();
  }
  const made: Record<string, Recording> = {};
  for (const [name, find] of Object.entries(wanted)) {
    const found = find(heard);
    assert.ok(found, `${name} was not heard`);
    made[name] = { status: found.status, body: scrub(found.body) };
  }
  if (process.env['SERVICEWRIGHT_RECORD'] === '1') {
    await mkdir(dirname(recordingsPath), { recursive: true });
    const lines = Object.entries(made).map(
      ([name, each]) => `${JSON.stringify(name)}: ${JSON.stringify(each)}`,
    );
    await writeFile(recordingsPath, `{\n${lines.join(',\n')}\n}\n`);
    return;
  }
  const kept = readRecordings();
  assert.deepEqual(Object.keys(kept), Object.keys(made));
  for (const [name, each] of Object.entries(made)) {
    assert.equal(kept[name]?.status, each.status, name);
    assert.deepEqual(shapeOf(kept[name]?.body), shapeOf(each.body), name);
  }
});

async function scenario(world: KubeWorld, heard: Heard[]): Promise<void> {
  const http = listening(heard);
  const provider = kubernetesAt(world.config, { http });
  const deploy = (target: Target, image: string, by: Provider = provider) =>
    conclude(by, target, by.deploy(target, { image }, signal));
  const target = await world.service(
    'orders',
    { Procfile: 'web: sleep 0.3; exec python3 serve.py\nrelease: echo migrated; test "$STEP" != bad\n' },
    { ingress: { host: 'orders.example.com' } },
  );
  const image = await world.image('orders', '1');
  assert.equal((await deploy(target, image)).outcome, 'live');
  assert.equal((await deploy(target, await world.image('orders', '2'))).outcome, 'live');
  const broken = await world.image('orders', 'broken', {
    'serve.py': 'raise RuntimeError("no such setting")\n',
  });
  assert.equal((await deploy(target, broken)).outcome, 'failed');
  const bad = { ...target, environment: { ...target.environment, config: { STEP: 'bad' } } };
  assert.equal((await deploy(bad, image)).outcome, 'failed');
  await provider.scaling?.scale(target, [{ type: 'web', quantity: 2 }], '', signal);
  for await (const _line of provider.runs?.run(target, 'sleep 0.1; echo hello', '', signal) ?? []);
  // Several at once take the same number.
  const both = await world.service('both');
  const first = await world.image('both', '1');
  await Promise.all([deploy(both, first), deploy(both, first), deploy(both, first)]);
  const absent = await world.service('absent');
  assert.equal((await deploy(absent, imageOf('absent', 'nowhere'))).outcome, 'failed');
  const nowhere = { ...target, environment: { ...target.environment, namespace: 'nowhere' } };
  assert.equal((await deploy(nowhere, image)).outcome, 'failed');
  await refusals(world, http, target, image);
}

async function refusals(world: KubeWorld, http: Http, target: Target, image: string): Promise<void> {
  const provider = kubernetesAt(world.config, { http });
  const { environment } = target;
  const wrong = { ...target, environment: { ...environment, ingress: { host: 'Not A Host' } } };
  await provider.plan?.(wrong, { image }, signal);
  const full = await world.service('full');
  await world.cluster.call('POST', '/api/v1/namespaces/full/resourcequotas', {
    metadata: { name: 'none' },
    spec: { hard: { 'count/deployments.apps': '0' } },
  });
  for (let tries = 0; tries < 50; tries++) {
    const plan = await provider.plan?.(full, { image }, signal);
    if (plan?.notes.some((note) => note.level === 'blocker')) break;
    await new Promise((done) => setTimeout(done, 50));
  }
  for (const token of [world.cluster.readerToken, 'canary-wrong']) {
    const path = join(world.cluster.dir, `config-${token}`);
    await writeFile(path, kubeconfigOf(world.cluster.url, token, world.cluster.ca));
    const other = kubernetesAt(path, { http });
    await assert.rejects(other.releases(target, signal));
  }
}
