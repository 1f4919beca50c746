import { on } from 'node:events';
import { WebSocket } from 'ws';
import type { ClientOptions } from 'ws';
import type { Channel, WebSockets } from '../../base/ports';
import { tlsOf, utf8 } from './http';
import { proxyFor, readProxy } from './proxy';
import { openTunnel } from './tunnel';

type Opened = Awaited<ReturnType<WebSockets['open']>>;

/** How many messages wait for their reader before the other end is held up. */
const mostWaiting = 64;

/** WebSockets over the library ws. `env` names proxies, as for HTTP. */
export function createWebSockets(env: Readonly<Record<string, string | undefined>>): WebSockets {
  return {
    async open(to, signal) {
      signal.throwIfAborted();
      const proxy = to.proxy === undefined ? proxyFor(to.url, env) : readProxy(to.proxy);
      const tls = tlsOf(to.tls);
      const isSecure = to.url.startsWith('https:');
      if (proxy && !isSecure)
        throw Object.assign(new Error('a proxy leads to https addresses only'), { code: 'EPROXY' });
      const tunnel = proxy ? await openTunnel(proxy, new URL(to.url), tls, signal) : undefined;
      const options: ClientOptions = {
        ...tls,
        perMessageDeflate: false,
        finishRequest(request) {
          for (const [name, value] of Object.entries(utf8(to.headers ?? {}))) request.setHeader(name, value);
          request.end();
        },
        ...(tunnel ? { createConnection: () => tunnel } : {}),
      };
      return connected(new WebSocket(to.url.replace(/^http/, 'ws'), [...to.protocols], options), signal);
    },
  };
}

function connected(socket: WebSocket, signal: AbortSignal): Promise<Opened> {
  // Listened for from the first moment on: what comes right after the handshake is no less.
  const messages = on(socket, 'message', { close: ['close'], highWaterMark: mostWaiting, lowWaterMark: 1 });
  const stop = (): void => socket.terminate();
  signal.addEventListener('abort', stop, { once: true });
  let closeCode = 0;
  socket.once('close', (code) => {
    closeCode = code;
    signal.removeEventListener('abort', stop);
  });
  return new Promise((resolve, reject) => {
    socket.once('error', (error) => reject(signal.aborted ? left() : error));
    socket.once('unexpected-response', (request, answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.once('end', () => {
        request.destroy();
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(pieces).toString('utf8') });
      });
      answer.once('error', reject);
    });
    socket.once('open', () => resolve({ channel: channelOf(socket, messages, () => closeCode) }));
  });
}

function channelOf(
  socket: WebSocket,
  messages: AsyncIterable<readonly unknown[]>,
  closeCode: () => number,
): Channel {
  return {
    protocol: socket.protocol,
    messages: bytesOf(messages, closeCode),
    send: (message) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(message);
    },
    end: () => socket.close(),
  };
}

/** Closed without a word (RFC 6455 §7.1.5). */
const abnormal = 1006;

async function* bytesOf(
  messages: AsyncIterable<readonly unknown[]>,
  closeCode: () => number,
): AsyncIterable<Uint8Array> {
  for await (const [data] of messages) if (data instanceof Uint8Array) yield data;
  if (closeCode() === abnormal)
    throw Object.assign(new Error('the connection was cut'), { code: 'ECONNRESET' });
}

const left = (): Error => new DOMException('The connection was left.', 'AbortError');
