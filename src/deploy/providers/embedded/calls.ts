import { UserError, isAbort } from '../../../base/errors';
import { isObject, stringAt } from '../../../base/json';
import type { Http, HttpRequest, HttpResponse } from '../../../base/ports';
import { noSuchApp, refused, unreachable } from '../../errors';
import type { Target } from '../../provider';
import { parseJson, textOf } from '../lines';

/** How to reach the engine of the embedded platform. */
export interface EngineAccess {
  /** Gives the address and the token of the running engine, starting it when there is none. */
  connect(signal: AbortSignal): Promise<{ readonly url: string; readonly token: string }>;
  /** The same, but undefined when no engine runs. */
  find(): Promise<{ readonly url: string; readonly token: string } | undefined>;
}

/** What is asked of the engine: one that was started already may be asked without starting any. */
export interface Engine {
  readonly access: EngineAccess;
  readonly call: Caller;
}

/** One call of the engine's API. */
export interface Call {
  /** For messages: `The platform refused to <what>`. */
  readonly what: string;
  readonly method: HttpRequest['method'];
  readonly path: string;
  readonly body?: unknown;
}

export type Caller = (call: Call, signal: AbortSignal) => Promise<HttpResponse>;

const noSuchProcess = (problem: unknown): UserError =>
  new UserError('deploy/no-such-process', stringAt(problem, 'message') ?? 'There is no such process.');

/** Reaches the engine, starting it where there is none; a refusal is thrown in the platform's own words. */
export function createCall(engine: EngineAccess, http: Http): Caller {
  return async (call, signal) => {
    const { url, token } = await engine.connect(signal);
    const response = await send(http, requestOf(call, url, token), call.what, signal);
    if (response.status < 400) return response;
    const problem = parseJson(await textOf(response.body));
    if (response.status === 404 && stringAt(problem, 'code') === 'embedded/no-such-app')
      throw noSuchApp(call.path.split('/')[2] ?? '');
    if (stringAt(problem, 'code') === 'embedded/no-such-process') throw noSuchProcess(problem);
    throw refused(
      call.what,
      stringAt(problem, 'message') ?? `it answered ${response.status}`,
      isObject(problem) ? stringAt(problem['fix'], 'label') : undefined,
    );
  };
}

function requestOf(call: Call, url: string, token: string): HttpRequest {
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
  const { method } = call;
  if (call.body === undefined) return { method, url: url + call.path, headers };
  const body = JSON.stringify(call.body);
  return { method, url: url + call.path, headers: { ...headers, 'content-type': 'application/json' }, body };
}

async function send(
  http: Http,
  request: HttpRequest,
  what: string,
  signal: AbortSignal,
): Promise<HttpResponse> {
  try {
    return await http.send(request, signal);
  } catch (error) {
    throw isAbort(error) ? error : unreachable(what, error);
  }
}

/** What a question is answered with; undefined when no engine runs or it knows no such app. Asking starts nothing. */
export async function readJson(
  { call, access }: Engine,
  question: Call,
  signal: AbortSignal,
): Promise<unknown> {
  if (!(await access.find())) return undefined;
  try {
    const response = await call(question, signal);
    return parseJson(await textOf(response.body));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'deploy/no-such-app') return undefined;
    throw error;
  }
}

export const appPath = (target: Target, below = ''): string =>
  `/apps/${encodeURIComponent(target.app)}${below}`;
export const get = (what: string, path: string): Call => ({ what, method: 'GET', path });
export const post = (what: string, path: string, body: unknown): Call => ({
  what,
  method: 'POST',
  path,
  body,
});
export const patch = (what: string, path: string, body: unknown): Call => ({
  what,
  method: 'PATCH',
  path,
  body,
});
export const remove = (what: string, path: string): Call => ({ what, method: 'DELETE', path });
