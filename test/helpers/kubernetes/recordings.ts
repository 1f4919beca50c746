import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isObject } from '../../../src/base/json';

/** Answers of a real API server, kept by name; test/platforms/kubernetes-recordings.test.ts makes them and compares them anew. */
export interface Recording {
  readonly status: number;
  /** A value of JSON, or the text of a log. */
  readonly body: unknown;
}

export const recordingsPath = resolve('test/fixtures/kubernetes/recordings.json');

let kept: Readonly<Record<string, Recording>> | undefined;

export function recording(name: string): Recording {
  kept ??= readRecordings();
  const found = kept[name];
  if (!found) throw new Error(`There is no recording ${name}.`);
  return found;
}

export function readRecordings(): Readonly<Record<string, Recording>> {
  const all: unknown = JSON.parse(readFileSync(recordingsPath, 'utf8'));
  const entries = isObject(all) ? Object.entries(all) : [];
  return Object.fromEntries(
    entries.flatMap(([name, one]) =>
      isObject(one) && typeof one['status'] === 'number'
        ? [[name, { status: one['status'], body: one['body'] }]]
        : [],
    ),
  );
}

const moment = '2026-01-01T00:00:00Z';

/** What differs from run to run, and what nobody needs, taken out: times, ids, who wrote which field, values of secrets. */
export function scrub(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => scrub(one));
  if (isObject(value)) {
    const entries = Object.entries(value).filter(([name]) => name !== 'managedFields' && name !== 'selfLink');
    const isSecret = value['kind'] === 'Secret';
    return Object.fromEntries(
      entries.map(([name, one]) => [
        name,
        isSecret && name === 'data' ? { release: 'e30=' } : scrub(one, name),
      ]),
    );
  }
  if (key === 'uid') return '00000000-0000-4000-8000-000000000000';
  if (key === 'resourceVersion') return '1';
  if (typeof value !== 'string') return value;
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return moment;
  return value
    .replaceAll(
      /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g,
      '00000000-0000-4000-8000-000000000000',
    )
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, moment)
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:6443')
    .replaceAll(/-[0-9a-f]{8,10}-[a-z0-9]{5}\b/g, '-0123456789-abcde')
    .replaceAll(/canary-[\w-]+/g, 'scrubbed');
}

/** The keys and the kinds of values, however deep; of lists the first member. */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (isObject(value))
    return Object.fromEntries(
      Object.keys(value)
        .toSorted()
        .map((name) => [name, shapeOf(value[name])]),
    );
  return value === null ? 'null' : typeof value;
}
