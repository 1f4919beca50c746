import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A server that takes over the connection of an attached run, as pkg/hijack does: a head, then raw bytes both ways until either end. */
export interface TerminalServer {
  readonly url: string;
  /** The heads and bodies of the requests. */
  readonly requests: string[];
  /** What was typed. */
  readonly typed: () => string;
  stop(): Promise<void>;
}

/** It greets, echoes what it reads, and hangs up at `exit`. */
export async function serveTerminal(): Promise<TerminalServer> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  let typed = '';
  const server = createServer((socket) => {
    sockets.add(socket);
    let request = '';
    let isTaken = false;
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      const text = bytes.toString('utf8');
      if (isTaken) {
        typed += text;
        socket.write(`\0echo: ${text}`);
        if (typed.includes('exit\r')) socket.end();
        return;
      }
      request += text;
      const length = Number(/content-length: (\d+)/i.exec(request)?.[1] ?? 0);
      const end = request.indexOf('\r\n\r\n');
      if (end < 0 || Buffer.byteLength(request.slice(end + 4)) < length) return;
      isTaken = true;
      requests.push(request);
      socket.write(
        'HTTP/1.1 200 OK\r\nContent-Type: application/vnd.empire.raw-stream\r\n\r\nattached to container\r\n',
      );
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    typed: () => typed,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}
