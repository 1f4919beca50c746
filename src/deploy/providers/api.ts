import { UserError, isAbort, messageOf, systemCode } from '../../base/errors';
import type { Pause } from '../../base/pause';
import type { Http, HttpRequest, HttpResponse } from '../../base/ports';
import { connectionLost, neverSent, noAnswer, serverUnreachable } from '../errors/api';
import { textOf } from './lines';

/**
 * A platform's HTTP API: one way to ask, to change and to open a stream. Questions are repeated where the answer may be better a moment
 * later; nothing that changes something is ever sent twice.
 */
export interface Api {
  /** Asks, with a deadline, up to three times. Gives whatever was answered, also a refusal. */
  ask(call: ApiCall, signal: AbortSignal): Promise<Answer>;
  /** Sends once, with a longer deadline. */
  change(call: ApiCall, signal: AbortSignal): Promise<Answer>;
  /** Sends once and gives the response as it comes, without any deadline: a deploy may be quiet for long. */
  open(call: ApiCall, signal: AbortSignal): Promise<HttpResponse>;
}

export interface ApiCall {
  /** Completes "asked to …". */
  readonly what: string;
  readonly method: HttpRequest['method'];
  /** Below the API's address: `/apps/orders`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Goes on after the body, on a connection that the server takes over. */
  readonly input?: AsyncIterable<string>;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Names in lower case; left out where nobody asks for them. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Times in milliseconds; tests have shorter ones. */
export interface Patience {
  readonly askMs: number;
  readonly changeMs: number;
  readonly retriesMs: readonly number[];
}

export const usualPatience: Patience = { askMs: 30_000, changeMs: 120_000, retriesMs: [500, 2000] };

export interface ApiParts {
  readonly http: Http;
  /** The address, without a slash at its end. */
  readonly url: string;
  /** Who is asked, for messages; its origin unless said. */
  readonly where?: string;
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
  readonly patience: Patience;
  readonly pause: Pause;
}

const worthRepeating = new Set([429, 502, 503, 504]);
const longestWaitMs = 30_000;

/** Throws UserError `deploy/unreachable` (nothing was sent), `deploy/connection-lost` or `deploy/no-answer` (it may have been), AbortError. */
export function createApi(parts: ApiParts): Api {
  const open: Api['open'] = async (call, signal) => {
    try {
      return await parts.http.send(requestOf(call, parts), signal);
    } catch (error) {
      throw isAbort(error) ? error : explained(error, call, parts);
    }
  };
  const once = async (call: ApiCall, withinMs: number, signal: AbortSignal): Promise<Answer & Waits> => {
    const deadline = AbortSignal.timeout(withinMs);
    try {
      const response = await open(call, AbortSignal.any([signal, deadline]));
      const { status, headers } = response;
      return { status, headers, text: await textOf(response.body), waitMs: askedToWait(response) };
    } catch (error) {
      signal.throwIfAborted();
      if (deadline.aborted) throw noAnswer(whereOf(parts), call.what, withinMs / 1000);
      throw error instanceof UserError ? error : explained(error, call, parts);
    }
  };
  return {
    open,
    change: (call, signal) => once(call, parts.patience.changeMs, signal),
    async ask(call, signal) {
      for (const waitMs of parts.patience.retriesMs) {
        const answer = await orUndefined(once(call, parts.patience.askMs, signal));
        if (answer && !worthRepeating.has(answer.status)) return answer;
        await parts.pause(Math.min(answer?.waitMs ?? waitMs, longestWaitMs), signal);
      }
      return once(call, parts.patience.askMs, signal);
    },
  };
}

interface Waits {
  /** What `Retry-After` said, in milliseconds. */
  readonly waitMs: number | undefined;
}

/** Undefined when the question is worth another try. */
async function orUndefined<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof UserError && error.code === 'deploy/connection-lost') return undefined;
    throw error;
  }
}

/** RFC 9110, 10.2.3; a date is not worth its parsing. */
function askedToWait({ headers }: HttpResponse): number | undefined {
  const seconds = Number(headers['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
}

function requestOf({ method, path, headers, body, input }: ApiCall, parts: ApiParts): HttpRequest {
  const all = { ...parts.headers, ...headers };
  if (body === undefined) return { method, url: parts.url + path, headers: all };
  const text = JSON.stringify(body);
  return {
    method,
    url: parts.url + path,
    headers: { 'content-type': 'application/json', ...all },
    body: text,
    ...(input ? { input } : {}),
  };
}

const whereOf = ({ where, url }: Pick<ApiParts, 'where' | 'url'>): string => where ?? originOf(url);

/** What a request that threw is to the person. */
export function explained(
  error: unknown,
  call: Pick<ApiCall, 'what'>,
  parts: Pick<ApiParts, 'where' | 'url'>,
): UserError {
  const where = whereOf(parts);
  const why = neverSent(codeOf(error));
  return why === undefined ? connectionLost(where, call.what, error) : serverUnreachable(where, why, error);
}

/** Of several addresses of a name each failed in its own way; the first stands for all. */
function codeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError) return systemCode(error.errors[0]);
  return systemCode(error) ?? (/wrong version number/.test(messageOf(error)) ? 'EPROTO' : undefined);
}

/** Scheme, host and port. */
export function originOf(url: string): string {
  return /^[a-z]+:\/\/[^/]+/i.exec(url)?.[0] ?? url;
}
