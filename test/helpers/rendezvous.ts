import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** Where one-off dynos are met: who knows the secret is greeted, then hears `says`, and then the connection ends as `end` says. */
export interface Rendezvous {
  readonly url: string;
  readonly heard: string[];
  says: readonly (Buffer | string)[];
  end: 'close' | 'reset' | 'stall';
  stop(): Promise<void>;
}

export const rendezvousSecret = 'canaryRendezvousSecret';

export async function startRendezvous(): Promise<Rendezvous> {
  const sockets = new Set<Socket>();
  const heard: string[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.once('data', (bytes) => void greet(socket, bytes.toString('utf8')));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const meeting: Rendezvous = {
    url: `rendezvous://127.0.0.1:${(server.address() as AddressInfo).port}/${rendezvousSecret}`,
    heard,
    says: [],
    end: 'close',
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
  const greet = async (socket: Socket, said: string): Promise<void> => {
    heard.push(said);
    if (said !== `${rendezvousSecret}\r\n`) return void socket.destroy();
    for (const piece of ['rendezvous\r\n', ...meeting.says])
      await new Promise<void>((done) => socket.write(piece, () => done()));
    if (meeting.end === 'close') socket.end();
    else if (meeting.end === 'reset') socket.resetAndDestroy();
  };
  return meeting;
}
