import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Channel, WebSockets } from '../../base/ports';
import { FrameReader, frameOf, longestPayload, opcodes } from './frames';
import { begin } from './http';

type To = Parameters<WebSockets['open']>[0];

/** How long the other end may take to say goodbye, in milliseconds. */
const farewell = 2000;

/**
 * WebSockets over node:http: the way there (certificates, proxies, headers) is that of every request. `env` names proxies, as for HTTP.
 * Messages of bytes both ways; what is text comes as its bytes.
 */
export function createWebSockets(env: Readonly<Record<string, string | undefined>>): WebSockets {
  return {
    open(to, signal) {
      const key = randomBytes(16).toString('base64');
      return new Promise((resolve, reject) => {
        const onAnswer = (answer: IncomingMessage): void =>
          void readAll(answer).then((text) => resolve({ status: answer.statusCode ?? 0, text }), reject);
        begin(requestOf(to, key), env, signal, { onAnswer, onError: reject }).then((outgoing) => {
          outgoing.on('upgrade', (answer: IncomingMessage, socket: Duplex, head: Buffer) => {
            const why = whyNot(answer, key, to.protocols);
            if (why !== undefined) socket.destroy();
            if (why === undefined) resolve({ channel: channelOf(socket, head, answer, signal) });
            else reject(Object.assign(new Error(why), { code: 'EPROTOCOL' }));
          });
          outgoing.end();
        }, reject);
      });
    },
  };
}

function requestOf({ protocols, ...to }: To, key: string): Parameters<typeof begin>[0] {
  const headers = {
    ...to.headers,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': key,
    'sec-websocket-protocol': protocols.join(', '),
  };
  return { ...to, method: 'GET', headers };
}

async function readAll(answer: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of answer) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

/** Why an answer is none of a server that speaks it with us (RFC 6455 §4.1). */
function whyNot({ headers }: IncomingMessage, key: string, protocols: readonly string[]): string | undefined {
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  if (headers['sec-websocket-accept'] !== accept) return 'the server did not take the handshake';
  const taken = headers['sec-websocket-protocol'];
  const isOffered = taken === undefined ? protocols.length === 0 : protocols.includes(taken);
  return isOffered ? undefined : 'the server speaks none of the protocols that were offered';
}

function channelOf(socket: Duplex, head: Buffer, { headers }: IncomingMessage, signal: AbortSignal): Channel {
  const stop = (): void => void socket.destroy(new DOMException('The connection was left.', 'AbortError'));
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  socket.once('close', () => signal.removeEventListener('abort', stop));
  // Whoever reads is told; without anybody an error must not end the process.
  socket.on('error', () => undefined);
  let isLeft = false;
  const write = (opcode: number, payload: Uint8Array): void => {
    if (socket.writable) socket.write(frameOf(opcode, payload));
  };
  return {
    protocol: headers['sec-websocket-protocol'] ?? '',
    messages: messagesOf(socket, head, { write, isLeft: () => isLeft }),
    send: (message) => write(opcodes.binary, message),
    end() {
      isLeft = true;
      write(opcodes.close, normal);
      leave(socket);
    },
  };
}

/** What was written gets there; who does not hang up in turn is hung up on. */
function leave(socket: Duplex): void {
  socket.end();
  setTimeout(() => socket.destroy(), farewell).unref();
}

/** The status of a close that is meant: 1000. */
const normal = Buffer.from([0x03, 0xe8]);

interface Own {
  write(opcode: number, payload: Uint8Array): void;
  isLeft(): boolean;
}

async function* messagesOf(socket: Duplex, head: Buffer, own: Own): AsyncIterable<Uint8Array> {
  try {
    yield* untilClosed(socket, head, own);
  } finally {
    leave(socket);
  }
}

async function* untilClosed(socket: Duplex, head: Buffer, own: Own): AsyncIterable<Uint8Array> {
  const reader = new FrameReader();
  let parts: Uint8Array[] = [];
  for await (const bytes of withHead(head, socket))
    for (const { opcode, isLast, payload } of reader.take(bytes)) {
      if (opcode === opcodes.close) {
        own.write(opcodes.close, payload.subarray(0, 2));
        return;
      }
      if (opcode === opcodes.ping) own.write(opcodes.pong, payload);
      if (opcode > opcodes.binary) continue;
      parts.push(payload);
      if (sizeOf(parts) > longestPayload) throw new RangeError('a message is too long');
      if (!isLast) continue;
      yield Buffer.concat(parts);
      parts = [];
    }
  if (!own.isLeft()) throw Object.assign(new Error('the connection was cut'), { code: 'ECONNRESET' });
}

const sizeOf = (parts: readonly Uint8Array[]): number => parts.reduce((sum, one) => sum + one.length, 0);

/** What came together with the answer comes first. */
async function* withHead(head: Buffer, socket: Duplex): AsyncIterable<Uint8Array> {
  if (head.length > 0) yield head;
  for await (const bytes of socket.iterator({ destroyOnReturn: false })) yield bytes as Buffer;
}
