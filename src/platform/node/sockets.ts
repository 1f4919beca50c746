import { connect as connectPlain } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Sockets } from '../../base/ports';

/** Connections over node:net and node:tls. */
export const nodeSockets: Sockets = {
  open({ host, port, tls }, signal) {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const socket: Socket = tls
        ? connectTls({ host, port, servername: host }, () => ready())
        : connectPlain({ host, port }, () => ready());
      const stop = (): void => void socket.destroy(aborted());
      signal.addEventListener('abort', stop, { once: true });
      socket.on('error', reject);
      socket.on('close', () => signal.removeEventListener('abort', stop));
      const ready = (): void => {
        socket.setEncoding('utf8');
        resolve({
          chunks: socket as AsyncIterable<string>,
          write: (text) => void socket.write(text),
          end: () => void socket.destroy(),
        });
      };
    });
  },
};

const aborted = (): Error => new DOMException('The connection was left.', 'AbortError');
