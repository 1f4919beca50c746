import { isAbort } from '../../base/errors';
import { isObject, stringAt } from '../../base/json';
import type { Http, HttpRequest, HttpResponse } from '../../base/ports';
import { noSuchApp, refused, unreachable } from '../errors';
import type { DeployEvent } from '../event';
import type { DeployRequest, Provider, Target } from '../provider';
import { readEvent, readReleases, readStatus } from './embedded-wire';
import { linesOf, parseJson, textOf } from './lines';

/** How to reach the engine of the embedded platform. */
export interface EngineAccess {
  /** Gives the address and the token of the running engine, starting it when there is none. */
  connect(signal: AbortSignal): Promise<{ readonly url: string; readonly token: string }>;
  /** The same, but undefined when no engine runs. */
  find(): Promise<{ readonly url: string; readonly token: string } | undefined>;
}

/** The platform of this machine, spoken to over its Heroku-shaped HTTP API. */
export function createEmbeddedProvider(engine: EngineAccess, http: Http): Provider {
  const call = createCall(engine, http);
  const app = (target: Target, below = ''): string => `/apps/${encodeURIComponent(target.app)}${below}`;
  const get = (what: string, path: string): Call => ({ what, method: 'GET', path });
  const post = (what: string, path: string, body: unknown): Call => ({ what, method: 'POST', path, body });
  const deployPath = (target: Target, deploy: string): string =>
    app(target, `/deploys/${encodeURIComponent(deploy)}`);
  return {
    id: 'embedded',
    title: 'This machine',
    caps: { source: 'tree', cancel: 'full', attach: true, rollback: true, logs: true },
    deploy(target, request, signal) {
      const body = bodyOf(target, request);
      return events(call, post(`deploy ${target.app}`, app(target, '/deploys'), body), signal);
    },
    attach: (target, deploy, signal) =>
      events(call, get(`follow the deploy of ${target.app}`, deployPath(target, deploy)), signal),
    async cancel(target, deploy, signal) {
      await call(post('cancel the deploy', `${deployPath(target, deploy)}/cancel`, {}), signal);
    },
    async releases(target, signal) {
      const found = await readJson(call, get('list releases', app(target, '/releases')), engine, signal);
      return readReleases(found);
    },
    rollback: (target, version, signal) =>
      events(call, post(`roll back ${target.app}`, app(target, '/releases'), { release: version }), signal),
    async status(target, signal) {
      const found = await readJson(call, get('say how it is', app(target)), engine, signal);
      if (found === undefined) return undefined;
      const dynos = await readJson(call, get('list processes', app(target, '/dynos')), engine, signal);
      return readStatus(found, dynos);
    },
    async *changes(signal) {
      if (!(await engine.find())) return;
      const response = await call(get('tell of changes', '/events'), signal);
      for await (const line of linesOf(response.body)) if (line !== '') yield;
    },
    async *logs(target, options, signal) {
      const query = `?tail=${options.tail}&lines=${options.lines}`;
      const response = await call(get('show logs', app(target, `/logs${query}`)), signal);
      yield* linesOf(response.body);
    },
  };
}

interface Call {
  /** For messages: `The platform refused to <what>`. */
  readonly what: string;
  readonly method: HttpRequest['method'];
  readonly path: string;
  readonly body?: unknown;
}

type Caller = (call: Call, signal: AbortSignal) => Promise<HttpResponse>;

function createCall(engine: EngineAccess, http: Http): Caller {
  return async (call, signal) => {
    const { url, token } = await engine.connect(signal);
    const response = await send(http, requestOf(call, url, token), call.what, signal);
    if (response.status < 400) return response;
    const problem = parseJson(await textOf(response.body));
    if (response.status === 404 && stringAt(problem, 'code') === 'embedded/no-such-app')
      throw noSuchApp(call.path.split('/')[2] ?? '');
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
async function readJson(
  call: Caller,
  question: Call,
  engine: EngineAccess,
  signal: AbortSignal,
): Promise<unknown> {
  if (!(await engine.find())) return undefined;
  try {
    const response = await call(question, signal);
    return parseJson(await textOf(response.body));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'deploy/no-such-app') return undefined;
    throw error;
  }
}

async function* events(call: Caller, request: Call, signal: AbortSignal): AsyncIterable<DeployEvent> {
  const response = await call(request, signal);
  for await (const line of linesOf(response.body)) {
    const event = readEvent(parseJson(line));
    if (event) yield event;
  }
}

function bodyOf(target: Target, request: DeployRequest): unknown {
  const { config, name: environment } = target.environment;
  return { source: target.dir, environment, health: target.health, config, ...request };
}
