import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** An HTTP server as bare sockets: it answers with any bytes, cut where a test wants, which no HTTP library would let it. */

export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The bytes of the body. */
  readonly bytes: Buffer;
  /** The bytes of the head, for what must be there to the letter. */
  readonly head: Buffer;
}

/** What is sent: pieces, each when the one before was written and `gate` let it pass; then how the connection ends. */
export interface Reply {
  readonly pieces: readonly (Buffer | string | (() => Buffer | string))[];
  /** `reset` cuts it with RST, `stall` leaves it open and silent. */
  readonly end: 'close' | 'reset' | 'stall';
  /** Waited for before the last piece. */
  readonly gate?: Promise<void>;
  /** Sent after the pieces, as it comes, until the other end hangs up. */
  readonly stream?: AsyncIterable<string>;
}

export interface RawServer {
  readonly url: string;
  readonly requests: RawRequest[];
  /** How many connections are open. */
  open(): number;
  stop(): Promise<void>;
}

/** `upgrade` takes over the connections that ask for another protocol. */
export async function serveRaw(
  answer: (request: RawRequest) => Reply,
  upgrade?: (request: RawRequest, socket: Socket) => void,
): Promise<RawServer> {
  const requests: RawRequest[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let received = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      // A TLS handshake, RFC 8446: to a plain server it is nonsense.
      if (received[0] === 0x16) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
      const request = parse(received);
      if (!request) return;
      received = Buffer.alloc(0);
      requests.push(request);
      if (upgrade && request.headers['upgrade'] !== undefined) {
        socket.removeAllListeners('data');
        upgrade(request, socket);
      } else void reply(socket, answer(request));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    open: () => sockets.size,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

function parse(bytes: Buffer): RawRequest | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = bytes.subarray(0, end);
  const [first = '', ...lines] = head.toString('utf8').split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  const length = Number(headers['content-length'] ?? 0);
  const body = bytes.subarray(end + 4);
  if (body.length < length) return undefined;
  const [method = '', path = ''] = first.split(' ');
  return { method, path, headers, body: body.toString('utf8'), bytes: body, head };
}

export async function reply(socket: Socket, { pieces, end, gate, stream }: Reply): Promise<void> {
  for (const [at, piece] of pieces.entries()) {
    if (gate && at === pieces.length - 1) await gate;
    if (socket.destroyed) return;
    await new Promise<void>((done) =>
      socket.write(typeof piece === 'function' ? piece() : piece, () => done()),
    );
  }
  for await (const piece of stream ?? []) {
    if (socket.destroyed) return;
    if (piece !== '') await new Promise<void>((done) => socket.write(piece, () => done()));
  }
  if (end === 'close') socket.end();
  else if (end === 'reset') socket.resetAndDestroy();
}
