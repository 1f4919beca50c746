import { lookup as systemLookup } from 'node:dns';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import type { Web, WebReply, WebRequest } from '../../base/web';

/** Addresses that are not on the public internet (IANA's special-purpose registries, RFC 6890 and what followed). */
const special = new BlockList();
for (const [address, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  special.addSubnet(address, prefix, 'ipv4');
for (const [address, prefix] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 9],
  ['ff00::', 8],
] as const)
  special.addSubnet(address, prefix, 'ipv6');

/** Whether an IP address is one of this machine, of a private network, or of nobody. An IPv4 address within IPv6 is looked at as itself. */
export function isSpecial(address: string): boolean {
  const plain = address.replace(/%.*$/, '');
  const family = isIP(plain);
  return family === 0 || special.check(plain, family === 4 ? 'ipv4' : 'ipv6');
}

class PrivateAddress extends Error {
  readonly address: string;

  constructor(address: string) {
    super(`${address} is not on the public internet`);
    this.address = address;
  }
}

/** A look-up that fails where a name stands for any address that is not public: what is connected to is what was looked at. */
function guarded(lookup: LookupFunction): LookupFunction {
  return (host, options, callback) => {
    lookup(host, options, (error, found, family) => {
      const all = typeof found === 'string' ? [found] : (found ?? []).map(({ address }) => address);
      const wrong = error ? undefined : all.find(isSpecial);
      if (wrong === undefined) callback(error, found, family);
      else callback(new PrivateAddress(wrong), found, family);
    });
  };
}

/** `lookup` finds the addresses of names. */
export function createWeb(lookup: LookupFunction = systemLookup): Web {
  return {
    async get(request, signal) {
      signal.throwIfAborted();
      const url = new URL(request.url);
      const host = url.hostname.replace(/^\[|\]$/g, '');
      // Nothing is looked up where the address itself is written.
      if (!request.mayBePrivate && isIP(host) !== 0 && isSpecial(host))
        return { kind: 'private', address: host };
      try {
        const message = await answerOf(url, request, { lookup, signal });
        return await replyOf(message, request);
      } catch (error) {
        if (error instanceof PrivateAddress) return { kind: 'private', address: error.address };
        throw error;
      }
    },
  };
}

function answerOf(
  url: URL,
  { headers, mayBePrivate }: WebRequest,
  { lookup, signal }: { readonly lookup: LookupFunction; readonly signal: AbortSignal },
): Promise<IncomingMessage> {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const options = {
      method: 'GET',
      headers: { ...headers, 'accept-encoding': 'identity', 'user-agent': 'servicewright' },
      lookup: mayBePrivate ? lookup : guarded(lookup),
      agent: false,
      signal,
    };
    send(url, options, resolve).on('error', reject).end();
  });
}

async function replyOf(message: IncomingMessage, { mostBytes }: WebRequest): Promise<WebReply> {
  const headers = Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
  const encoding = headers['content-encoding'] ?? 'identity';
  const isLong = Number(headers['content-length'] ?? 0) > mostBytes;
  if (encoding !== 'identity' || isLong) {
    message.destroy();
    return isLong ? { kind: 'long' } : { kind: 'packed', encoding };
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.length;
    // Leaving the loop hangs up.
    if (length > mostBytes) return { kind: 'long' };
    chunks.push(chunk);
  }
  return {
    kind: 'answer',
    status: message.statusCode ?? 0,
    headers,
    text: Buffer.concat(chunks).toString('utf8'),
  };
}
