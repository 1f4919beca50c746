import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { loopback } from '../run/ports';

/** Where a client and a command that runs once meet, as at Heroku's rendezvous: whoever says the secret first gets the line. */
export interface Meetings {
  /** The address of one meeting; `begin` is called when somebody came, `miss` when nobody did for a while. */
  offer(meeting: Meeting): string;
  close(): void;
}

export interface Meeting {
  begin(socket: Socket): void;
  miss(): void;
}

const withinMs = 60_000;
const longestGreeting = 200;

export async function openMeetings(): Promise<Meetings> {
  const waiting = new Map<string, Meeting>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    greet(socket, (secret) => {
      const meeting = waiting.get(secret);
      waiting.delete(secret);
      return meeting;
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, loopback, resolve);
  });
  return {
    offer(meeting) {
      const secret = randomBytes(32).toString('base64url');
      waiting.set(secret, meeting);
      setTimeout(() => {
        if (waiting.delete(secret)) meeting.miss();
      }, withinMs).unref();
      return `rendezvous://${loopback}:${portOf(server)}/${secret}`;
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** Reads the first line; nothing that comes after it is read, for a command that runs once has no input here. */
function greet(socket: Socket, find: (secret: string) => Meeting | undefined): void {
  let said = Buffer.alloc(0);
  socket.setTimeout(withinMs, () => socket.destroy());
  const onData = (bytes: Buffer): void => {
    said = Buffer.concat([said, bytes]);
    const end = said.indexOf('\n');
    if (end < 0 && said.length <= longestGreeting) return;
    socket.off('data', onData);
    const meeting = end < 0 ? undefined : find(said.subarray(0, end).toString('utf8').trim());
    if (!meeting) return void socket.destroy();
    socket.setTimeout(0);
    socket.write('rendezvous\r\n');
    meeting.begin(socket);
  };
  socket.on('data', onData);
}
