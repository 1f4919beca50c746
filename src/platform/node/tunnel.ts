import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect } from 'node:tls';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
import { proxyHeaders } from './proxy';

/** A connection through a proxy to a server that speaks TLS: CONNECT (RFC 9110 §9.3.6), then the handshake with the server itself. */
// oxlint-disable-next-line max-params
export async function openTunnel(
  proxy: URL,
  target: URL,
  tls: ConnectionOptions,
  signal: AbortSignal,
): Promise<TLSSocket> {
  const socket = await connectThrough(proxy, target, signal);
  const { hostname } = target;
  return new Promise((resolve, reject) => {
    const host = hostname.replace(/^\[|\]$/g, '');
    // A certificate may be for an address, but an address is no server name (RFC 6066 §3).
    const name = isIP(host) === 0 ? { servername: host } : {};
    const secure = connect({ host, ...name, ALPNProtocols: ['http/1.1'], ...tls, socket });
    const onAbort = (): void => void secure.destroy(new DOMException('It was cancelled.', 'AbortError'));
    signal.addEventListener('abort', onAbort, { once: true });
    const over = (): void => signal.removeEventListener('abort', onAbort);
    secure.once('secureConnect', () => {
      over();
      secure.removeListener('error', reject);
      resolve(secure);
    });
    secure.once('error', (error) => {
      over();
      reject(error);
    });
  });
}

function connectThrough(proxy: URL, target: URL, signal: AbortSignal): Promise<Socket> {
  const host = `${target.hostname}:${target.port === '' ? 443 : target.port}`;
  const send = proxy.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = send({
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port === '' ? (proxy.protocol === 'https:' ? 443 : 80) : proxy.port,
      method: 'CONNECT',
      path: host,
      headers: { host, ...proxyHeaders(proxy) },
      agent: false,
      signal,
    });
    outgoing.once('connect', (answer, socket: Socket) => {
      if (answer.statusCode === 200) resolve(socket);
      else {
        socket.destroy();
        reject(refusal(answer.statusCode ?? 0));
      }
    });
    // A proxy that does not know CONNECT answers as a server does.
    outgoing.once('response', (answer) => {
      answer.resume();
      reject(refusal(answer.statusCode ?? 0));
    });
    outgoing.once('error', (error) => reject(error.name === 'AbortError' ? error : asProxyError(error)));
    outgoing.end();
  });
}

const refusal = (status: number): Error =>
  Object.assign(new Error(`the proxy answered ${status}`), {
    code: status === 407 ? 'EPROXYAUTH' : 'EPROXY',
  });

/** What went wrong before the proxy was reached was not the server's doing. */
const asProxyError = (cause: Error): Error =>
  Object.assign(new Error(`the proxy can't be reached: ${cause.message}`, { cause }), { code: 'EPROXYDOWN' });
