import { isObject, stringAt } from '../../../src/base/json';
import type { RawRequest, Reply } from '../empire-http';
import { recording } from './recordings';

export type Json = Readonly<Record<string, unknown>>;

export interface Asked {
  readonly request: RawRequest;
  readonly query: URLSearchParams;
  /** The path of the collection, and what stands in it. */
  readonly collection: string;
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
}

export const asObject = (value: unknown): Json => (isObject(value) ? value : {});
export const metaOf = (object: Json): Json => asObject(object['metadata']);
export const specOf = (object: Json): Json => asObject(object['spec']);
export const labelOf = (object: Json, key: string): string => stringAt(metaOf(object)['labels'], key) ?? '';
export function reply(status: number, body: Json | string): Reply {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type = typeof body === 'string' ? 'text/plain' : 'application/json';
  const head = `HTTP/1.1 ${status} X\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n`;
  return { pieces: [head, text], end: 'close' };
}

/** A recorded answer, about something else. */
export function renamed(name: string, from = '', to = ''): Reply {
  const { status, body } = recording(name);
  if (typeof body === 'string') return reply(status, body);
  const text = from === '' ? JSON.stringify(body) : JSON.stringify(body).replaceAll(from, to);
  return reply(status, asObject(JSON.parse(text) as unknown));
}
