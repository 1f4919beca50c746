import type { IncomingMessage, ServerResponse } from 'node:http';
import { createHash, timingSafeEqual } from 'node:crypto';
import { UserError } from '../../base/errors';
import { badRequest } from '../errors';
import { loopback } from '../run/ports';
import { toFailure } from './deploying';

/** One call of the API, its path matched and its body read. */
export interface Call {
  readonly parameters: readonly string[];
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** Fires when the client has gone. */
  readonly signal: AbortSignal;
}

export type Answer =
  | { readonly kind: 'json'; readonly status?: number; readonly value: unknown }
  | {
      readonly kind: 'lines';
      readonly type: 'application/x-ndjson' | 'text/plain; charset=utf-8';
      readonly lines: AsyncIterable<string>;
      readonly headers?: Readonly<Record<string, string>>;
    };

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: RegExp;
  answer(call: Call): Promise<Answer> | Answer;
}

const largestBody = 1024 * 1024;

const statusOf: Readonly<Record<string, number>> = {
  'embedded/bad-request': 422,
  'embedded/deploy-running': 409,
  'embedded/too-late': 409,
  'embedded/no-such-app': 404,
  'embedded/no-such-deploy': 404,
  'embedded/no-such-release': 422,
  'embedded/no-such-process': 422,
  'embedded/too-many': 422,
  'embedded/given-variable': 422,
  'embedded/config-failed': 422,
  'embedded/never-deployed': 409,
};

/** The calls of clients of before. */
export const legacyHandler =
  (routes: readonly Route[], token: string) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    handle(routes, token, { request, response }).catch((error: unknown) => refuse(response, error));
  };

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function handle(
  routes: readonly Route[],
  token: string,
  { request, response }: Exchange,
): Promise<void> {
  if (!isLocal(request)) return json(response, 403, { message: 'This API is for programs of this machine.' });
  if (!isAuthorized(request, token))
    return json(response, 401, { message: 'The token of engine.json is missing or wrong.' });
  const url = new URL(request.url ?? '/', 'http://localhost');
  const matching = routes.filter((route) => route.path.test(url.pathname));
  const route = matching.find((one) => one.method === request.method);
  if (!route) {
    const status = matching.length > 0 ? 405 : 404;
    return json(response, status, { message: `${request.method ?? ''} ${url.pathname} does not exist.` });
  }
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const parameters = (route.path.exec(url.pathname) ?? [])
    .slice(1)
    // A part of the path that may be left out, and is.
    .map((one: string | undefined) => decodeURIComponent(one ?? ''));
  const hasBody = request.method === 'POST' || request.method === 'PATCH';
  const body = hasBody ? await readBody(request) : undefined;
  const answer = await route.answer({ parameters, query: url.searchParams, body, signal: gone.signal });
  if (answer.kind === 'json') json(response, answer.status ?? 200, answer.value);
  else await stream(response, answer);
}

function isLocal({ headers, socket }: IncomingMessage): boolean {
  const allowed = [loopback, 'localhost', '[::1]'].map((host) => `${host}:${socket.localPort ?? 0}`);
  return headers.origin === undefined && allowed.includes(headers.host ?? '');
}

function isAuthorized({ headers }: IncomingMessage, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${token}`));
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > largestBody) throw badRequest('The body is larger than 1 MiB');
    chunks.push(bytes);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    throw error instanceof SyntaxError ? badRequest('The body is no JSON') : error;
  }
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(value)}\n`);
}

async function stream(response: ServerResponse, answer: Extract<Answer, { kind: 'lines' }>): Promise<void> {
  response.writeHead(200, { 'content-type': answer.type, 'cache-control': 'no-store', ...answer.headers });
  response.flushHeaders();
  for await (const line of answer.lines) {
    if (response.destroyed) return;
    response.write(`${line}\n`);
  }
  response.end();
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (error instanceof UserError) json(response, statusOf[error.code] ?? 400, toFailure(error));
  else json(response, 500, { message: error instanceof Error ? error.message : String(error) });
}
