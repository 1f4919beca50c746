import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { RequestOptions } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ConnectionOptions } from 'node:tls';
import type { Http, HttpRequest, HttpResponse, HttpTls } from '../../base/ports';
import { proxyFor, proxyHeaders, readProxy } from './proxy';
import { openTunnel } from './tunnel';

async function* textOf(message: IncomingMessage): AsyncIterable<string> {
  const decoder = new TextDecoder();
  for await (const chunk of message) yield decoder.decode(chunk as Buffer, { stream: true });
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

function headersOf(message: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

type Headers = NonNullable<HttpRequest['headers']>;

/** Node writes a head as Latin-1; what holds other characters goes as UTF-8, byte for byte. */
function utf8(headers: Headers): Readonly<Record<string, string | string[]>> {
  const bytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? bytes(value) : value.map(bytes),
    ]),
  );
}

function tlsOf(tls: HttpTls | undefined): TlsOptions {
  if (!tls) return {};
  const { ca, cert, key, serverName, isUnchecked } = tls;
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(serverName === undefined ? {} : { servername: serverName }),
    ...(isUnchecked === true ? { rejectUnauthorized: false } : {}),
  };
}

/** Node says how long a body is for some methods alone: that of a DELETE would be lost. */
function headersFor({ headers = {}, body }: HttpRequest): Headers {
  if (body === undefined) return headers;
  const length = typeof body === 'string' ? Buffer.byteLength(body, 'utf8') : body.length;
  return { ...headers, 'content-length': String(length) };
}

type TlsOptions = Pick<ConnectionOptions, 'ca' | 'cert' | 'key' | 'servername' | 'rejectUnauthorized'>;

/** How long a connection may be silent before the system asks whether the other end is still there, in milliseconds. */
const keepAliveAfter = 30_000;

type OnAnswer = (message: IncomingMessage) => void;

/** What is told of a request. Both are listened for from its first moment: one that was left already fails before anything else runs. */
interface Listening {
  readonly onAnswer: OnAnswer;
  readonly onError: (error: Error) => void;
}

/** Begins a request, straight or by way of the proxy that `env` names for its address. */
export async function begin(
  request: HttpRequest,
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
  { onAnswer, onError }: Listening,
): Promise<ClientRequest> {
  signal.throwIfAborted();
  const url = new URL(request.url);
  const proxy = request.proxy === undefined ? proxyFor(request.url, env) : readProxy(request.proxy);
  const options: RequestOptions = {
    method: request.method,
    headers: utf8(headersFor(request)),
    signal,
    // A connection of its own: on one that was kept the server may hang up at that very moment, and nobody could tell whether it had
    // read the request.
    agent: false,
  };
  if (url.protocol !== 'https:')
    return (proxy ? throughProxy(proxy, url, options, onAnswer) : httpRequest(url, options, onAnswer)).on(
      'error',
      onError,
    );
  const tls = tlsOf(request.tls);
  if (!proxy) return httpsRequest(url, { ...options, ...tls }, onAnswer).on('error', onError);
  const socket = await openTunnel(proxy, url, tls, signal);
  // Only without an agent the connection that is given is used.
  const { agent: _agent, ...rest } = options;
  return httpsRequest(url, { ...rest, createConnection: () => socket }, onAnswer).on('error', onError);
}

/** Writes what comes, beyond the body that was told of, until there is nobody to read it any more. */
async function carryOn(input: AsyncIterable<string>, message: IncomingMessage): Promise<void> {
  for await (const text of input) {
    if (!message.socket.writable) return;
    message.socket.write(text, 'utf8');
  }
}

/** A proxy is asked for the whole address (RFC 9112 §3.2.2). */
// oxlint-disable-next-line max-params
function throughProxy(proxy: URL, url: URL, options: RequestOptions, onAnswer: OnAnswer): ClientRequest {
  const send = proxy.protocol === 'https:' ? httpsRequest : httpRequest;
  const headers = {
    host: url.host,
    ...(options.headers as Readonly<Record<string, string>>),
    ...proxyHeaders(proxy),
  };
  return send({ ...options, headers, host: proxy.hostname, port: proxy.port, path: url.href }, onAnswer);
}

/**
 * HTTP over node:http: unlike fetch it puts no idle time-out on a quiet stream. `env` names proxies; inside the editor none is given, since
 * there the editor's own settings hold.
 */
export function createHttp(env: Readonly<Record<string, string | undefined>>): Http {
  return {
    send(request, signal) {
      return new Promise<HttpResponse>((resolve, reject) => {
        const { body, input } = request;
        const onAnswer: OnAnswer = (message) => {
          if (input) void carryOn(input, message).catch((error: Error) => message.destroy(error));
          resolve({ status: message.statusCode ?? 0, headers: headersOf(message), body: textOf(message) });
        };
        begin(request, env, signal, { onAnswer, onError: reject }).then((outgoing) => {
          outgoing.on('socket', (socket) => socket.setKeepAlive(true, keepAliveAfter));
          // A server may answer and hang up before it has read everything: then the answer counts.
          if (typeof body === 'object') pipeline(Readable.from(body.read()), outgoing).catch(reject);
          // The end of the request would be the end of what can be written.
          else if (input && body !== undefined) outgoing.write(Buffer.from(body, 'utf8'));
          // As bytes: with a string Node would encode the head once more together with it.
          else outgoing.end(body === undefined ? undefined : Buffer.from(body, 'utf8'));
        }, reject);
      });
    },
  };
}

/** Without any proxy. */
export const nodeHttp: Http = createHttp({});
