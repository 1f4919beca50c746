import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';

/** A proxy that leads every name to this machine. */
export interface TestProxy {
  readonly server: Server;
  /** What was asked for, with the credentials that came along. */
  readonly seen: string[];
  /** Names and values of the headers of each request that was not for a tunnel, as they came. */
  readonly heads: (readonly string[])[];
  /** `host:port` */
  readonly url: string;
  /** What tunnels are answered with. */
  status: number;
}

export async function startProxy(): Promise<TestProxy> {
  const seen: string[] = [];
  const heads: (readonly string[])[] = [];
  const proxy = { status: 200, seen, heads, url: '', server: createServer() };
  proxy.server.on('request', (request, answer) => {
    heads.push(request.rawHeaders);
    seen.push(
      `${request.method ?? ''} ${request.url ?? ''} ${request.headers['proxy-authorization'] ?? '-'}`,
    );
    answer.end(`asked for ${request.url ?? ''}`);
  });
  proxy.server.on('connect', (request, socket) => {
    seen.push(`CONNECT ${request.url ?? ''} ${request.headers['proxy-authorization'] ?? '-'}`);
    if (proxy.status !== 200) {
      socket.end(`HTTP/1.1 ${proxy.status} No\r\n\r\n`, () => socket.destroy());
      return;
    }
    const onward = connect(Number((request.url ?? '').split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Yes\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    for (const side of [onward, socket]) side.on('error', () => side.destroy());
  });
  await new Promise<void>((done) => proxy.server.listen(0, '127.0.0.1', done));
  proxy.url = `127.0.0.1:${(proxy.server.address() as AddressInfo).port}`;
  return proxy;
}
