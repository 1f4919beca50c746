import { connect } from 'node:net';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Target } from './target';

/** Passes an upgraded connection (a web socket) through as bytes, both ways, until either side ends it. */
export function forwardUpgrade(
  incoming: IncomingMessage,
  socket: Socket,
  head: Buffer,
  target: Target | undefined,
): void {
  if (!target) {
    socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
    return;
  }
  const onward = connect({ host: target.host, port: target.port });
  target.sockets.add(onward);
  onward.setNoDelay(true);
  onward.once('connect', () => {
    onward.write(requestHead(incoming));
    onward.write(head);
    onward.pipe(socket).pipe(onward);
  });
  const end = (): void => {
    target.sockets.delete(onward);
    onward.destroy();
    socket.destroy();
  };
  for (const side of [onward, socket]) {
    side.once('error', end);
    side.once('close', end);
  }
}

function requestHead(incoming: IncomingMessage): string {
  const lines = [`${incoming.method ?? 'GET'} ${incoming.url ?? '/'} HTTP/1.1`];
  for (let at = 0; at + 1 < incoming.rawHeaders.length; at += 2) {
    lines.push(incoming.rawHeaders.slice(at, at + 2).join(': '));
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
}
