import { setTimeout as delay } from 'node:timers/promises';
import { stringAt } from '../../../src/base/json';
import type { Reply } from '../empire-http';
import type { Asked, Json } from './answers';
import { asObject, metaOf } from './answers';
import { recording } from './recordings';

/** What watches work on. */
interface Seen {
  /** What stands in a collection now. */
  in(collection: string): readonly Json[];
  /** Lets controllers get on. */
  tick(): void;
}

type Snapshot = ReadonlyMap<string, string>;

/** How many states a server remembers; who asks for one before is told so. */
const remembered = 500;

/** Watches as an API server has them: each state that was listed or told has a version, and from each one can go on. */
export class Watches {
  readonly #seen: Seen;
  readonly #snapshots = new Map<string, Snapshot>();
  #version = 0;
  /** How long the controllers take for a step while somebody watches, in milliseconds. */
  pace = 1;

  constructor(seen: Seen) {
    this.#seen = seen;
  }

  /** The objects that a query selects, and the version of that state. */
  list(asked: Asked): { readonly items: readonly Json[]; readonly resourceVersion: string } {
    const items = this.#seen.in(asked.collection).filter((one) => isSelected(one, asked.query));
    const resourceVersion = this.#remember(snapshotOf(items));
    return { items, resourceVersion };
  }

  /** Nothing of what was listed so far can be watched any more. */
  forget(): void {
    this.#snapshots.clear();
  }

  watch(asked: Asked): Reply {
    const head =
      'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n';
    return { pieces: [head], stream: this.#events(asked), end: 'close' };
  }

  async *#events(asked: Asked): AsyncIterable<string> {
    let known = this.#snapshots.get(asked.query.get('resourceVersion') ?? '');
    if (!known) {
      yield chunk({ type: 'ERROR', object: expired });
      yield '0\r\n\r\n';
      return;
    }
    for (;;) {
      await delay(this.pace);
      if (asked.kind === 'deployments') this.#seen.tick();
      const { items } = this.list(asked);
      const now = snapshotOf(items);
      for (const [name, text] of now) {
        if (known.get(name) === text) continue;
        known = new Map([...known, [name, text]]);
        yield this.#told('MODIFIED', text, known);
      }
      for (const [name, text] of known) {
        if (now.has(name)) continue;
        known = new Map([...known].filter(([one]) => one !== name));
        yield this.#told('DELETED', text, known);
      }
      // Nothing is sent, but it is seen whether somebody is still there.
      yield '';
    }
  }

  #told(type: string, text: string, known: Snapshot): string {
    const object = JSON.parse(text) as Json;
    const resourceVersion = this.#remember(known);
    const { body } = recording('watch-changed');
    return chunk({
      ...asObject(body),
      type,
      object: { ...object, metadata: { ...metaOf(object), resourceVersion } },
    });
  }

  #remember(snapshot: Snapshot): string {
    this.#version++;
    this.#snapshots.set(String(this.#version), snapshot);
    this.#snapshots.delete(String(this.#version - remembered));
    return String(this.#version);
  }
}

const snapshotOf = (items: readonly Json[]): Snapshot =>
  new Map(items.map((one) => [stringAt(metaOf(one), 'name') ?? '', JSON.stringify(one)]));

/** As a server writes it that has forgotten the version that was asked for. */
export const expired = {
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message: 'too old resource version: 1 (2)',
  reason: 'Expired',
  code: 410,
} as const;

/** A line of JSON as one piece of a chunked body (RFC 9112 §7.1). */
export function chunk(value: unknown): string {
  const line = `${JSON.stringify(value)}\n`;
  return `${Buffer.byteLength(line).toString(16)}\r\n${line}\r\n`;
}

function isSelected(object: Json, query: URLSearchParams): boolean {
  const [, name] = /^metadata\.name=(.+)$/.exec(query.get('fieldSelector') ?? '') ?? [];
  if (name !== undefined && stringAt(metaOf(object), 'name') !== name) return false;
  const selector = (query.get('labelSelector') ?? '').split(',').filter((one) => one !== '');
  return selector.every((one) => {
    const [key = '', value] = one.split('=');
    const label = stringAt(metaOf(object)['labels'], key);
    return value === undefined ? label !== undefined : label === value;
  });
}
