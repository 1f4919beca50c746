import { connect, createServer } from 'node:net';

export const loopback = '127.0.0.1';

/** A free loopback port, chosen by the system. Somebody may take it before it is used; a boot that meets this fails and says so. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, loopback, resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}

/** The loopback address that takes connections on `port`: IPv4, else IPv6 (some programs bind `localhost` to that alone). */
export async function listeningHost(port: number): Promise<string | undefined> {
  for (const host of [loopback, '::1']) if (await accepts(host, port)) return host;
  return undefined;
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1000 });
    const settle = (yes: boolean): void => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
    socket.once('timeout', () => settle(false));
  });
}
