import { randomUUID } from 'node:crypto';
import { createServer, request } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { systemCode } from '../../base/errors';
import { loopback } from './ports';
import type { Target } from './target';
import { forwardUpgrade } from './upgrade';

export interface Router {
  readonly port: number;
  /** From the next request on only these; the swap is one assignment, so no request sees half of it. */
  setTargets(targets: readonly Target[]): void;
  add(target: Target): void;
  remove(target: Target): void;
  close(): Promise<void>;
}

export interface RouterOptions {
  readonly preferredPort: number;
  /** Ports that other services have on record and get back when they are booted again. */
  isReserved(port: number): boolean;
  /** Whether everybody is told so, whatever runs. */
  isInMaintenance(): boolean;
  /** What a person reads when no process can answer. */
  explain(): string;
  onProblem(text: string): void;
}

const firstPort = 5100;
const lastPort = 5999;

/** Listens on the preferred port, else on the first free one from 5100. */
export async function startRouter(options: RouterOptions): Promise<Router> {
  let targets: readonly Target[] = [];
  let turn = 0;
  const pick = (): Target | undefined => leastActive(targets, turn++);
  const server = createServer((incoming, outgoing) => {
    const target = options.isInMaintenance() ? undefined : pick();
    if (!target) unavailable(outgoing, 503, options.explain());
    else forward({ incoming, outgoing, target, retried: false, options });
  });
  // The defaults would cut long uploads after five minutes and clients that keep a connection after five seconds.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 75_000;
  server.on('upgrade', (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
    forwardUpgrade(incoming, socket, head, options.isInMaintenance() ? undefined : pick());
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  const port = await listenSomewhere(server, options);
  return {
    port,
    setTargets(next) {
      targets = next;
    },
    add(target) {
      targets = [...targets.filter((one) => one !== target), target];
    },
    remove(target) {
      targets = targets.filter((one) => one !== target);
    },
    close: () => closeServer(server),
  };
}

/** The one with the fewest requests under way; of several, each in its turn. */
export function leastActive(targets: readonly Target[], turn: number): Target | undefined {
  const least = Math.min(...targets.map(({ active }) => active));
  const idle = targets.filter(({ active }) => active === least);
  return idle[turn % Math.max(1, idle.length)];
}

async function listenSomewhere(server: Server, options: RouterOptions): Promise<number> {
  if (options.preferredPort > 0 && (await listens(server, options.preferredPort)))
    return options.preferredPort;
  for (let port = firstPort; port <= lastPort; port += 1) {
    if (!options.isReserved(port) && (await listens(server, port))) return port;
  }
  throw new Error(`no port between ${firstPort} and ${lastPort} is free`);
}

function listens(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error): void => {
      const code = systemCode(error);
      if (code === 'EADDRINUSE' || code === 'EACCES') resolve(false);
      else reject(error);
    };
    server.once('error', onError);
    server.listen(port, loopback, () => {
      server.removeListener('error', onError);
      resolve(true);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 1000).unref();
  });
}

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly target: Target;
  readonly retried: boolean;
  readonly options: RouterOptions;
}

function forward(exchange: Exchange): void {
  const { incoming, outgoing, target } = exchange;
  target.active += 1;
  let counted = true;
  outgoing.once('close', () => {
    if (!counted) return;
    counted = false;
    target.active -= 1;
    if (target.active === 0) target.onIdle?.();
  });
  send(exchange);
  incoming.once('error', () => outgoing.destroy());
}

/** RFC 9110 §9.2.2, and only without a body, which can't be sent twice. */
function isRepeatable(incoming: IncomingMessage): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = incoming.headers;
  const isEmpty = encoding === undefined && (length === undefined || length === '0');
  return isEmpty && ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE'].includes(incoming.method ?? '');
}

function send(exchange: Exchange): void {
  const { incoming, outgoing, target } = exchange;
  const repeatable = isRepeatable(incoming);
  const onward = request({
    host: target.host,
    port: target.port,
    method: incoming.method ?? 'GET',
    path: incoming.url ?? '/',
    headers: headersFor(incoming),
    // A kept connection may be closed by the service at the moment we write to it. What can't be repeated gets its own.
    agent: repeatable && !exchange.retried ? target.agent : false,
    setHost: false,
  });
  onward.once('response', (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage ?? '', endToEnd(answer.rawHeaders));
    pipeline(answer, outgoing, (error) => {
      if (error) outgoing.destroy();
    });
  });
  onward.once('error', (error) => {
    if (outgoing.headersSent || outgoing.destroyed) outgoing.destroy();
    else if (repeatable && onward.reusedSocket && !exchange.retried) send({ ...exchange, retried: true });
    else {
      exchange.options.onProblem(`${incoming.method ?? ''} got no answer from web: ${error.message}`);
      unavailable(outgoing, 502, exchange.options.explain());
    }
  });
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) onward.destroy();
  });
  if (repeatable) onward.end();
  else incoming.pipe(onward);
}

/** RFC 9110 §7.6.1: these belong to one connection and are not passed on. `expect` was answered by our own server. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
  'expect',
]);

function endToEnd(rawHeaders: readonly string[]): string[] {
  const out: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2);
    if (!hopByHop.has(name.toLowerCase())) out.push(name, value);
  }
  return out;
}

function headersFor(incoming: IncomingMessage): string[] {
  const headers = endToEnd(incoming.rawHeaders);
  const has = (name: string): boolean => incoming.headers[name] !== undefined;
  if (!has('x-forwarded-for')) headers.push('X-Forwarded-For', incoming.socket.remoteAddress ?? loopback);
  if (!has('x-forwarded-proto')) headers.push('X-Forwarded-Proto', 'http');
  if (!has('x-request-id')) headers.push('X-Request-Id', randomUUID());
  return headers;
}

function unavailable(outgoing: ServerResponse, status: 502 | 503, why: string): void {
  outgoing.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '2' });
  outgoing.end(`${why}\n`);
}
