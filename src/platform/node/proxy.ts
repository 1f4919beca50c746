import { isIP } from 'node:net';

/** Variables of the environment, as `process.env` has them. */
type Env = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for an address, by the variables that curl and Python know: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, small
 * letters first. What is on this machine is never behind a proxy. Undefined where there is none. Throws an error with the code `EPROXYURL`
 * when the variable names no http or https address.
 */
export function proxyFor(address: string, env: Env): URL | undefined {
  const url = new URL(address);
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (isLoopback(host) || isExcluded(host, portOf(url), valueOf(env, 'NO_PROXY') ?? '')) return undefined;
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  // Set and empty means none, as for curl.
  const said = valueOf(env, name) ?? valueOf(env, 'ALL_PROXY') ?? '';
  return said === '' ? undefined : readProxy(said);
}

const valueOf = (env: Env, name: string): string | undefined =>
  (env[name.toLowerCase()] ?? env[name])?.trim();

/** Throws an error with the code `EPROXYURL`. */
export function readProxy(said: string): URL {
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(said) ? said : `http://${said}`);
    if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  throw Object.assign(new Error('the address of the proxy is no http or https address'), {
    code: 'EPROXYURL',
  });
}

const portOf = (url: URL): string =>
  url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(\.\d+){3}$/.test(host);

/** `NO_PROXY`: names with all that is below them, with or without a dot before, `host:port`, addresses, IPv4 networks (`10.0.0.0/8`), `*`. */
export function isExcluded(host: string, port: string, list: string): boolean {
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => matches(host, port, entry.toLowerCase()));
}

function matches(host: string, port: string, entry: string): boolean {
  if (entry === '*') return true;
  const network = /^(\d+\.\d+\.\d+\.\d+)\/(\d{1,2})$/.exec(entry);
  if (network) return isInNetwork(host, network[1] ?? '', Number(network[2]));
  const [, named = entry, onlyPort] = /^([^:]+|\[[^\]]+\]):(\d+)$/.exec(entry) ?? [];
  if (onlyPort !== undefined && onlyPort !== port) return false;
  const name = named.replace(/^\*?\./, '').replace(/^\[|\]$/g, '');
  return host === name || (isIP(host) === 0 && host.endsWith(`.${name}`));
}

function isInNetwork(host: string, network: string, bits: number): boolean {
  if (isIP(host) !== 4 || isIP(network) !== 4 || bits > 32) return false;
  const number = (address: string): number =>
    address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - bits);
  return Math.floor(number(host) / size) === Math.floor(number(network) / size);
}

/** The header that tells a proxy who asks; empty where its address names nobody. */
export function proxyHeaders({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === '') return {};
  const said = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(said, 'utf8').toString('base64')}` };
}
