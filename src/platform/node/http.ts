import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { RequestOptions } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Http, HttpRequest, HttpResponse, HttpTls } from '../../base/ports';

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

/** Node writes a head as Latin-1; what holds other characters goes as UTF-8, byte for byte. */
function utf8(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Buffer.from(value, 'utf8').toString('latin1')]),
  );
}

function tlsOf(tls: HttpTls | undefined): RequestOptions {
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
function headersFor({ headers = {}, body }: HttpRequest): Readonly<Record<string, string>> {
  if (body === undefined) return headers;
  const length = typeof body === 'string' ? Buffer.byteLength(body, 'utf8') : body.length;
  return { ...headers, 'content-length': String(length) };
}

/** How long a connection may be silent before the system asks whether the other end is still there, in milliseconds. */
const keepAliveAfter = 30_000;

/** HTTP over node:http: unlike fetch it puts no idle time-out on a quiet stream. */
export const nodeHttp: Http = {
  send(request, signal) {
    return new Promise<HttpResponse>((resolve, reject) => {
      const send = request.url.startsWith('https:') ? httpsRequest : httpRequest;
      const outgoing = send(
        request.url,
        // A connection of its own: on one that was kept the server may hang up at that very moment, and nobody could tell whether
        // it had read the request.
        {
          method: request.method,
          headers: utf8(headersFor(request)),
          signal,
          agent: false,
          ...tlsOf(request.tls),
        },
        (message) =>
          resolve({ status: message.statusCode ?? 0, headers: headersOf(message), body: textOf(message) }),
      );
      outgoing.on('error', reject);
      outgoing.on('socket', (socket) => socket.setKeepAlive(true, keepAliveAfter));
      const { body } = request;
      // A server may answer and hang up before it has read everything: then the answer counts.
      if (typeof body === 'object') pipeline(Readable.from(body.read()), outgoing).catch(reject);
      // As bytes: with a string Node would encode the head once more together with it.
      else outgoing.end(body === undefined ? undefined : Buffer.from(body, 'utf8'));
    });
  },
};
