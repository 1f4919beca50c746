import { isObject, stringAt } from '../../../src/base/json';
import type { RawRequest, Reply } from '../empire-http';
import type { Asked, Json } from './answers';
import { asObject, metaOf, renamed, reply, specOf } from './answers';
import { recording } from './recordings';
import { Rollouts } from './rollouts';
import { Watches } from './watches';

/**
 * A cluster's memory on loopback. What it answers are recorded bodies of a real API server with the names of what was asked for, and
 * what its controllers do is told in the recorded states of Deployments and pods.
 */
export class KubeState {
  readonly objects = new Map<string, Json>();
  readonly rollouts: Rollouts;
  readonly watches = new Watches({
    in: (collection) => this.in(collection),
    tick: () => this.rollouts.tick(),
  });
  #serial = 0;

  constructor() {
    this.rollouts = new Rollouts({
      objects: this.objects,
      born: (sent, namespace) => this.born(sent, namespace),
    });
  }

  answer(request: RawRequest): Reply {
    const url = new URL(request.path, 'http://cluster');
    const found = /^(.*\/namespaces\/([^/]+)\/(\w+))(?:\/([^/]+))?(?:\/(log|scale))?$/.exec(url.pathname);
    const [, collection = '', namespace = '', kind = '', name, below] = found ?? [];
    const asked: Asked = { request, query: url.searchParams, collection, namespace, kind, name: name ?? '' };
    if (below === 'log') return this.rollouts.log(asked);
    if (below === 'scale') return this.#scale(asked);
    if (asked.name === '') return request.method === 'POST' ? this.#create(asked) : this.#list(asked);
    return this.#one(asked);
  }

  #one(asked: Asked): Reply {
    const { request, collection, name } = asked;
    if (request.method === 'PATCH') return this.#patch(asked);
    if (request.method === 'DELETE') return this.#remove(asked);
    const object = this.rollouts.looked(`${collection}/${name}`);
    return object ? reply(200, object) : this.#missing(asked);
  }

  /** Gives how to come back to what it is now. */
  snapshot(): () => void {
    const objects = [...this.objects];
    const forget = this.rollouts.snapshot();
    return () => {
      this.objects.clear();
      for (const [path, object] of objects) this.objects.set(path, object);
      forget();
    };
  }

  in(collection: string): readonly Json[] {
    return [...this.objects]
      .filter(([path]) => path.slice(0, path.lastIndexOf('/')) === collection)
      .map(([, one]) => one);
  }

  /** With what a server adds to what is sent. */
  born(sent: Json, namespace: string): Json {
    const meta = metaOf(sent);
    this.#serial++;
    const uid = `00000000-0000-4000-8000-${String(this.#serial).padStart(12, '0')}`;
    const creationTimestamp = new Date(Date.UTC(2026, 0, 1) + this.#serial * 1000)
      .toISOString()
      .replace('.000', '');
    return {
      ...sent,
      metadata: {
        ...meta,
        namespace,
        uid,
        creationTimestamp,
        resourceVersion: String(this.#serial),
        generation: 1,
      },
    };
  }

  #create({ request, query, collection, namespace }: Asked): Reply {
    const sent = parse(request.body);
    const name = stringAt(metaOf(sent), 'name') ?? '';
    const path = `${collection}/${name}`;
    if (this.objects.has(path)) return renamed('secret-exists', 'both-v1', name);
    const made = this.born(sent, namespace);
    if (query.get('dryRun') === null) this.objects.set(path, made);
    return reply(201, made);
  }

  #list(asked: Asked): Reply {
    const { query, kind } = asked;
    if (kind === 'events') return { ...this.rollouts.events(query.get('fieldSelector') ?? '') };
    if (kind === 'deployments') this.rollouts.tick();
    if (query.get('watch') === 'true') return this.watches.watch(asked);
    const { items, resourceVersion } = this.watches.list(asked);
    const body = asObject(recording(`${kind}-none`).body);
    return reply(200, { ...body, metadata: { ...metaOf(body), resourceVersion }, items });
  }

  #patch({ request, query, collection, namespace, name, ...asked }: Asked): Reply {
    const path = `${collection}/${name}`;
    const sent = parse(request.body);
    const old = this.objects.get(path);
    if (request.headers['content-type'] === 'application/merge-patch+json') {
      if (!old) return this.#missing({ request, query, collection, namespace, name, ...asked });
      const next = bump(old, merge(old, sent));
      this.objects.set(path, next);
      return reply(200, next);
    }
    const made = old ? bump(old, applied(old, sent)) : this.born(applied(undefined, sent), namespace);
    if (query.get('dryRun') === null) this.objects.set(path, made);
    return reply(old ? 200 : 201, made);
  }

  #scale({ request, collection, name }: Asked): Reply {
    const path = `${collection}/${name}`;
    const old = this.objects.get(path);
    if (old) this.objects.set(path, bump(old, merge(old, parse(request.body))));
    return renamed('deployment-scaled', 'orders-web', name);
  }

  #remove({ collection, name, ...asked }: Asked): Reply {
    if (!this.objects.delete(`${collection}/${name}`)) return this.#missing({ collection, name, ...asked });
    this.rollouts.tick();
    return renamed('deployment-gone', 'absent-web', name);
  }

  #missing({ name, kind }: Asked): Reply {
    const { status, body } = recording('not-found');
    const text = JSON.stringify(body).replaceAll('orders-web', name).replace('deployments.apps', kind);
    return reply(status, asObject(JSON.parse(text) as unknown));
  }
}

const parse = (text: string): Json => asObject(text === '' ? {} : (JSON.parse(text) as unknown));

/** A merge patch, RFC 7396. */
function merge(old: Json, patch: Json): Json {
  const next: Record<string, unknown> = { ...old };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete next[key];
    else next[key] = isObject(value) ? merge(asObject(next[key]), value) : value;
  }
  return next;
}

/** Only what was sent is ours: the quantity stays. */
function applied(old: Json | undefined, sent: Json): Json {
  if (sent['kind'] !== 'Deployment') return { ...old, ...sent };
  const replicas = old
    ? specOf(old)['replicas']
    : specOf(asObject(recording('deployment-created').body))['replicas'];
  return { status: {}, ...old, ...sent, spec: { ...specOf(sent), replicas } };
}

/** The same spec is the same generation. */
function bump(old: Json, next: Json): Json {
  const isSame = JSON.stringify(old['spec']) === JSON.stringify(next['spec']);
  const generation = Number(metaOf(old)['generation']) + (isSame ? 0 : 1);
  const { uid, creationTimestamp, namespace } = metaOf(old);
  return { ...next, metadata: { ...metaOf(next), uid, creationTimestamp, namespace, generation } };
}
