import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { badJson, bodyTooLarge } from '../errors';
import { loopback } from '../run/ports';
import type { Answer, Call, Route } from './call';
import type { Links } from './links';
import { writeJson, writeLines, writeList, writeProblem } from './output';
import type { Problem } from './problems';
import { problem, problemOf } from './problems';

const largestBody = 1024 * 1024;

export interface Doors {
  readonly routes: readonly Route[];
  readonly token: string;
  readonly links: Links;
}

/**
 * Serves the routes on loopback, to who holds the token, or was given an address. A request with an `Origin`, or for another host than
 * this one, comes from a page in a browser (DNS rebinding) and is refused before anything else is looked at.
 */
export async function serveApi(doors: Doors): Promise<Server> {
  const server = createServer((request, response) => {
    const said = request.headers['request-id'];
    const id = typeof said === 'string' && /^[\w, -]{1,200}$/.test(said) ? said : randomUUID();
    response.setHeader('request-id', id);
    handle(doors, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else writeProblem(response, problemOf(error));
    });
  });
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, loopback, resolve);
  });
  return server;
}

async function handle(doors: Doors, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isLocal(request))
    return writeProblem(response, problem(403, 'forbidden', 'This API is for programs of this machine.'));
  const url = new URL(request.url ?? '/', 'http://localhost');
  const matching = doors.routes.filter((route) => route.path.test(url.pathname));
  const route = matching.find((one) => one.method === request.method);
  const refusal = refusalOf(doors, { request, url, route, isKnown: matching.length > 0 });
  if (refusal || !route) return refusal ? writeProblem(response, refusal) : undefined;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const call: Call = {
    parameters: parametersOf(route.path, url.pathname),
    query: url.searchParams,
    headers: request.headers,
    body: hasBody(route) ? await readBody(request) : undefined,
    request,
    origin: `http://${loopback}:${request.socket.localPort ?? 0}`,
    signal: gone.signal,
  };
  await write(request, response, await route.answer(call));
}

interface Asked {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly route: Route | undefined;
  /** Whether the path is known, be it for other methods. */
  readonly isKnown: boolean;
}

/** Whoever has neither the token nor a good address is told nothing, not even which paths there are. */
function refusalOf({ token, links }: Doors, { request, url, route, isKnown }: Asked): Problem | undefined {
  if (route?.access === 'link')
    return links.isGood(url.pathname, url.searchParams)
      ? undefined
      : problem(404, 'not_found', 'This address was never given, or is no longer good.');
  if (!isAuthorized(request, token))
    return problem(401, 'unauthorized', 'The token of engine.json is missing or wrong.');
  if (!route) {
    const message = `${request.method ?? ''} ${url.pathname} does not exist.`;
    return isKnown ? problem(405, 'method_not_allowed', message) : problem(404, 'not_found', message);
  }
  if (route.access === 'token' && !isVersioned(request))
    return problem(
      406,
      'not_acceptable',
      'Say which version of the API is meant: Accept: application/vnd.heroku+json; version=3.',
    );
  return undefined;
}

const isVersioned = ({ headers }: IncomingMessage): boolean =>
  /^application\/vnd\.heroku\+json; ?version=3(\.[a-z-]+)?$/.test(headers.accept ?? '');

function isLocal({ headers, socket }: IncomingMessage): boolean {
  const allowed = [loopback, 'localhost', '[::1]'].map((host) => `${host}:${socket.localPort ?? 0}`);
  return headers.origin === undefined && allowed.includes(headers.host ?? '');
}

/** `Bearer <token>`, or as some of Heroku's clients do, the token as the password of nobody. */
function isAuthorized({ headers }: IncomingMessage, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const given = digest(headers.authorization ?? '');
  const basic = Buffer.from(`:${token}`).toString('base64');
  return [`Bearer ${token}`, `Basic ${basic}`].some((one) => timingSafeEqual(given, digest(one)));
}

const parametersOf = (pattern: RegExp, path: string): readonly string[] =>
  (pattern.exec(path) ?? []).slice(1).map((one: string | undefined) => decoded(one ?? ''));

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return part;
    throw error;
  }
}

const hasBody = ({ method, isRaw }: Route): boolean => isRaw !== true && method !== 'GET';

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > largestBody) throw bodyTooLarge();
    chunks.push(bytes);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    throw error instanceof SyntaxError ? badJson() : error;
  }
}

function write(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> | void {
  if (answer.kind === 'lines') return writeLines(request, response, answer);
  if (answer.kind === 'list') return writeList(request, response, answer);
  writeJson(request, response, answer.status ?? 200, answer.value);
}
