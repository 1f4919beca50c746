import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { Http, HttpResponse } from '../../base/ports';

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

/** HTTP over node:http: unlike fetch it puts no idle time-out on a quiet stream. */
export const nodeHttp: Http = {
  send(request, signal) {
    return new Promise<HttpResponse>((resolve, reject) => {
      const send = request.url.startsWith('https:') ? httpsRequest : httpRequest;
      const outgoing = send(
        request.url,
        { method: request.method, headers: request.headers ?? {}, signal },
        (message) =>
          resolve({ status: message.statusCode ?? 0, headers: headersOf(message), body: textOf(message) }),
      );
      outgoing.on('error', reject);
      outgoing.end(request.body);
    });
  },
};
