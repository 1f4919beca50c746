import type { IncomingMessage } from 'node:http';
import { isString } from '../../base/json';
import type { Entry } from './ranges';

/** One call of the API, its path matched, its caller let in and its body read. */
export interface Call {
  /** The parts of the path that stand for something, decoded; one that may be left out and is, is empty. */
  readonly parameters: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
  /** What is sent, for a route that reads it itself. */
  readonly request: IncomingMessage;
  /** `http://127.0.0.1:41234` */
  readonly origin: string;
  /** Fires when the client has gone. */
  readonly signal: AbortSignal;
}

export type Answer =
  | { readonly kind: 'json'; readonly status?: number; readonly value: unknown }
  /** Pages are made of it as `Range` asks, sorted by `by` unless that says otherwise. */
  | { readonly kind: 'list'; readonly entries: readonly Entry[]; readonly by: string }
  /** Text as it comes. Bytes that the client has are left out where it says so and `resumable` is. */
  | {
      readonly kind: 'lines';
      readonly type: 'application/x-ndjson' | 'text/plain; charset=utf-8';
      readonly lines: AsyncIterable<string>;
      readonly resumable?: boolean;
    };

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: RegExp;
  /**
   * Who may call: `token`, in the form of the Platform API; `own`, the token and no form, for what Heroku has nothing of; `link`, who was
   * given the address.
   */
  readonly access: 'token' | 'own' | 'link';
  /** The body is not JSON: the route reads it. */
  readonly isRaw?: boolean;
  answer(call: Call): Promise<Answer> | Answer;
}

export const json = (value: unknown, status = 200): Answer => ({ kind: 'json', status, value });

/** A list whose entries are told only where they are on the page. */
export const pages = (entries: readonly Entry[], by: string): Answer => ({ kind: 'list', entries, by });

/** A short list; any text or number in it can be sorted by. */
export const list = (shapes: readonly Readonly<Record<string, unknown>>[], by: string): Answer =>
  pages(
    shapes.map((shape) => ({ keys: keysIn(shape), shape: () => shape })),
    by,
  );

const keysIn = (shape: Readonly<Record<string, unknown>>): Entry['keys'] =>
  Object.fromEntries(
    Object.entries(shape).filter(
      (entry): entry is [string, string | number] => isString(entry[1]) || typeof entry[1] === 'number',
    ),
  );

export const ndjson = (lines: AsyncIterable<string>): Answer => ({
  kind: 'lines',
  type: 'application/x-ndjson',
  lines,
});

export const text = (lines: AsyncIterable<string>, resumable = false): Answer => ({
  kind: 'lines',
  type: 'text/plain; charset=utf-8',
  lines,
  resumable,
});

type Made = (path: RegExp, answer: Route['answer']) => Route;

const making =
  (method: Route['method'], access: Route['access']): Made =>
  (path, answer) => ({ method, path, access, answer });

/** Routes of the Platform API. */
export const get = making('GET', 'token');
export const post = making('POST', 'token');
export const patch = making('PATCH', 'token');
export const remove = making('DELETE', 'token');
/** Routes of this platform alone. */
export const own = {
  get: making('GET', 'own'),
  post: making('POST', 'own'),
  remove: making('DELETE', 'own'),
};
/** A stream that is read at an address which was given. */
export const opened = making('GET', 'link');
