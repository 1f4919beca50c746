import { isObject, stringAt } from '../../../src/base/json';
import type { Reply } from '../empire-http';
import { recording } from './recordings';
import type { Asked, Json } from './answers';
import { asObject, labelOf, metaOf, renamed, reply, specOf } from './answers';

/** What they work on. */
interface Memory {
  readonly objects: Map<string, Json>;
  /** With what a server adds to what is sent. */
  born(sent: Json, namespace: string): Json;
}

/**
 * What controllers and a kubelet do with Deployments, Jobs and pods, one step with each look at the Deployments, in recorded states.
 * The tag of an image says how it goes: `broken` crashes, `missing` can't be pulled, `slow` is never ready; so does a variable `BROKEN`.
 */
export class Rollouts {
  /** How images go whose tag does not say it: `broken`, `missing`, `slow`, `late`, by tag. */
  readonly fates = new Map<string, string>();
  readonly #state: Memory;
  /** By the Deployment's path and generation: how far its roll out is. */
  readonly #steps = new Map<string, number>();
  readonly #looks = new Map<string, number>();
  /** Lines that processes said, by app; and who waits for one. */
  readonly #said = new Map<string, string[]>();
  #heard: (() => void)[] = [];
  #serial = 0;

  constructor(state: Memory) {
    this.#state = state;
  }

  snapshot(): () => void {
    const maps = [this.#steps, this.#looks].map((map) => ({ map, kept: [...map] }));
    return () => {
      for (const { map, kept } of maps) {
        map.clear();
        for (const [key, value] of kept) map.set(key, value);
      }
    };
  }

  tick(): void {
    for (const [path, object] of this.#state.objects)
      if (path.includes('/deployments/')) this.#step(path, object);
    this.#sweep();
  }

  #step(path: string, deployment: Json): void {
    const key = `${path} ${String(metaOf(deployment)['generation'])}`;
    const step = (this.#steps.get(key) ?? 0) + 1;
    this.#steps.set(key, step);
    // At first the controller has not seen it: its status is still that of the generation before.
    if (step === 1) return;
    const pods = this.#podsOf(path, deployment);
    const release = labelOf(deployment, 'servicewright/release');
    const wanted = Number(specOf(deployment)['replicas']);
    const own = pods.filter(([, pod]) => labelOf(pod, 'servicewright/release') === release);
    for (let at = own.length; at < wanted; at++) this.#addPod(path, deployment);
    if (step === 2) {
      this.#tell(path, deployment, 'deployment-progressing', {
        replicas: wanted + pods.length - own.length,
        updatedReplicas: wanted,
      });
      return;
    }
    const fate = this.#fateOf(deployment, step);
    for (const [at, pod] of this.#podsOf(path, deployment))
      if (labelOf(pod, 'servicewright/release') === release) this.#be(at, pod, fate);
    if (fate !== 'pod-ready') return;
    const extra = own.slice(wanted);
    for (const [at] of [...pods.filter((one) => !own.includes(one)), ...extra])
      this.#state.objects.delete(at);
    const all = {
      replicas: wanted,
      updatedReplicas: wanted,
      readyReplicas: wanted,
      availableReplicas: wanted,
    };
    this.#tell(path, deployment, 'deployment-done', all);
  }

  #tell(path: string, deployment: Json, name: string, numbers: Json): void {
    const status = asObject(asObject(recording(name).body)['status']);
    const observedGeneration = metaOf(deployment)['generation'];
    this.#state.objects.set(path, { ...deployment, status: { ...status, ...numbers, observedGeneration } });
  }

  #podsOf(path: string, deployment: Json): readonly (readonly [string, Json])[] {
    const collection = podsIn(path);
    const type = labelOf(deployment, 'servicewright/process');
    const app = labelOf(deployment, 'app.kubernetes.io/name');
    return [...this.#state.objects].filter(
      ([at, pod]) =>
        at.startsWith(`${collection}/`) &&
        labelOf(pod, 'servicewright/process') === type &&
        labelOf(pod, 'app.kubernetes.io/name') === app,
    );
  }

  #addPod(path: string, deployment: Json): void {
    const template = asObject(specOf(deployment)['template']);
    const name = `${stringAt(metaOf(deployment), 'name') ?? ''}-${String(++this.#serial).padStart(5, '0')}`;
    const sent = { metadata: { ...metaOf(template), name }, spec: specOf(template) };
    const pod = this.#state.born(sent, stringAt(metaOf(deployment), 'namespace') ?? '');
    this.#be(`${podsIn(path)}/${name}`, pod, 'pod-new');
  }

  #be(path: string, pod: Json, name: string): void {
    const { status } = asObject(recording(name).body);
    this.#state.objects.set(path, { ...pod, status });
  }

  /** Pods of Deployments that are gone. */
  #sweep(): void {
    const names = new Set(
      [...this.#state.objects.keys()]
        .filter((one) => one.includes('/deployments/'))
        .map((one) => one.split('/').at(-1)),
    );
    for (const [path, pod] of this.#state.objects) {
      if (!path.includes('/pods/') || labelOf(pod, 'servicewright/kind') !== 'process') continue;
      const owner = (path.split('/').at(-1) ?? '').replace(/-\d{5}$/, '');
      if (!names.has(owner)) this.#state.objects.delete(path);
    }
  }

  /** An object as it is when it is looked at; Jobs and single pods get on with each look. */
  looked(path: string): Json | undefined {
    const object = this.#state.objects.get(path);
    if (!object) return undefined;
    const looks = (this.#looks.get(path) ?? 0) + 1;
    this.#looks.set(path, looks);
    if (path.includes('/jobs/') && looks > 1) return this.#endJob(path, object);
    if (labelOf(object, 'servicewright/kind') === 'run')
      return { ...object, status: this.#runStatus(object, looks) };
    return object;
  }

  #endJob(path: string, job: Json): Json {
    const isBad = commandOf(asObject(specOf(job)['template'])).includes('exit 1');
    const name = isBad ? 'job-failed' : 'job-complete';
    const pod = {
      metadata: { labels: metaOf(job)['labels'], name: `${stringAt(metaOf(job), 'name') ?? ''}-abcde` },
    };
    const at = `${podsIn(path.replace('/apis/batch/v1/', '/apis/apps/v1/').replace('/jobs/', '/deployments/'))}/${pod.metadata.name}`;
    this.#be(at, this.#state.born(pod, ''), isBad ? 'pod-failed' : 'pod-ended');
    return { ...job, status: asObject(recording(name).body)['status'] };
  }

  #runStatus(pod: Json, looks: number): unknown {
    if (looks === 1) return asObject(recording('pod-new').body)['status'];
    if (looks === 2) return asObject(recording('pod-ready').body)['status'];
    const isBad = commandOf(pod).includes('exit ');
    return asObject(recording(isBad ? 'pod-failed' : 'pod-ended').body)['status'];
  }

  events(fields: string): Reply {
    const name = /involvedObject\.name=([^,]+)/.exec(fields)?.[1] ?? '';
    return renamed('events', 'orders-web-0123456789-abcde', name);
  }

  log({ name, query, collection }: Asked): Reply {
    const pod = this.#state.objects.get(`${collection}/${name}`);
    if (!pod) return renamed('not-found', 'orders-web', name);
    const lines = this.#linesOf(pod).map(
      (line) => `${query.get('timestamps') === 'true' ? '2026-01-01T00:00:01.000000000Z ' : ''}${line}\n`,
    );
    if (query.get('follow') !== 'true' || labelOf(pod, 'servicewright/kind') === 'run')
      return reply(200, lines.join(''));
    const said = this.#saidBy(labelOf(pod, 'app.kubernetes.io/name'));
    const gate = new Promise<void>((done) => this.#heard.push(done));
    const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n';
    const more = (): string => said.map((line) => `2026-01-01T00:00:02.000000000Z ${line}\n`).join('');
    return { pieces: [head, lines.join(''), more], end: 'stall', gate };
  }

  #linesOf(pod: Json): readonly string[] {
    const kind = labelOf(pod, 'servicewright/kind');
    if (kind === 'run') return ['hello'];
    if (kind === 'release') return ['migrated'];
    return this.#fateOf({ spec: { template: pod } }) === 'pod-crashing'
      ? ['RuntimeError: no such setting']
      : ['listening'];
  }

  #fateOf(deployment: Json, step = 0): string {
    const template = asObject(specOf(deployment)['template']);
    if (JSON.stringify(template).includes('"env.BROKEN"')) return fateOf('broken', step);
    const tag = tagOf(template);
    return fateOf(this.fates.get(tag) ?? tag, step);
  }

  #saidBy(app: string): string[] {
    const said = this.#said.get(app) ?? [];
    this.#said.set(app, said);
    return said;
  }

  say(app: string, text: string): void {
    this.#saidBy(app).push(text);
    for (const wake of this.#heard) wake();
    this.#heard = [];
  }

  /** The tags of the images that serve, the newest last. */
  serving(app: string): readonly string[] {
    return [...this.#state.objects]
      .filter(
        ([path, pod]) =>
          path.includes('/pods/') && labelOf(pod, 'app.kubernetes.io/name') === app && isReady(pod),
      )
      .map(([, pod]) => tagOf(pod));
  }
}

/** Of `/apis/apps/v1/namespaces/a/deployments/b` the pods of `a`. */
const podsIn = (path: string): string => `/api/v1/namespaces/${path.split('/')[5] ?? ''}/pods`;

const fates: Readonly<Record<string, string>> = {
  broken: 'pod-crashing',
  missing: 'pod-unpulled',
  slow: 'pod-running',
};

/** `late` is ready after some looks. */
function fateOf(tag: string, step: number): string {
  if (tag === 'late' && step < 40) return 'pod-running';
  return fates[tag] ?? 'pod-ready';
}

function containerOf(pod: Json): Json {
  const all = specOf(pod)['containers'];
  const first: unknown = Array.isArray(all) ? all[0] : undefined;
  return asObject(first);
}

const imageOf = (pod: Json): string => stringAt(containerOf(pod), 'image') ?? '';
const tagOf = (pod: Json): string => imageOf(pod).split(':').at(-1) ?? '';
const commandOf = (pod: Json): string => JSON.stringify(containerOf(pod)['command'] ?? '');

function isReady(pod: Json): boolean {
  const { status } = pod;
  const conditions = isObject(status) ? status['conditions'] : undefined;
  return JSON.stringify(conditions ?? []).includes('"type":"Ready","status":"True"');
}
