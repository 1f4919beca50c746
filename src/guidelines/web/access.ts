/** Which addresses on the web references may be followed to: those that a configuration lists, and no others. */

/** An address that is listed, with all that stands below it. */
export interface WebEntry {
  /** `https:`, or `http:` where the list says so. */
  readonly protocol: string;
  /** With its port, where that is not the usual one. */
  readonly host: string;
  /** With a slash at its end, unless it names one file. */
  readonly path: string;
}

/** What a configuration says of references to the web. */
export interface WebList {
  readonly entries: readonly WebEntry[];
  /** Hosts whose addresses may be those of this machine or of a private network. */
  readonly privateHosts: readonly string[];
}

/** `untrusted` for a list that nobody asked for yet: its workspace is not trusted. `offline` for one that is not to be used now. */
export type WebAccess = WebList | 'off' | 'untrusted' | 'offline';

export const noWeb: WebList = { entries: [], privateHosts: [] };

/** Why an address is not followed to; undefined when it may be. */
export type WebRefusal = 'url' | 'file-url' | 'credentials' | 'unlisted' | 'untrusted' | 'offline';

export const isWeb = (address: string): boolean => /^https?:\/\//i.test(address);

/** Reads an entry of a list; a sentence for people when it is none. */
export function readEntry(text: string): WebEntry | string {
  const url = urlOf(text);
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    return `\`${text}\` is no address; write one as in https://schemas.example.com/ or https://example.com/schemas/.`;
  if (url.username !== '' || url.password !== '')
    return 'An address with a user name or password is not taken: credentials are never sent.';
  if (url.hostname.includes('*')) return `\`${text}\` is not taken: each host is named in full.`;
  if (url.search !== '' || url.hash !== '') return `\`${text}\` is not taken: it goes on behind its path.`;
  return { protocol: url.protocol, host: url.host, path: url.pathname };
}

/** What keeps an address from being followed to. */
export function refusalOf(access: WebAccess, address: string): WebRefusal | undefined {
  const url = urlOf(address);
  if (url === undefined) return 'url';
  if (url.username !== '' || url.password !== '') return 'credentials';
  if (access === 'off') return 'url';
  if (access === 'untrusted' || access === 'offline') return access;
  return access.entries.some((entry) => covers(entry, url)) ? undefined : 'unlisted';
}

function covers({ protocol, host, path }: WebEntry, url: URL): boolean {
  if (url.protocol !== protocol || url.host !== host) return false;
  if (url.pathname === path) return true;
  const folder = path.endsWith('/') ? path : `${path}/`;
  // Some servers take an encoded slash for one, and so leave the folder.
  return url.pathname.startsWith(folder) && !/%2f|%5c/i.test(url.pathname.slice(folder.length));
}

/** Whether the host of an address may be this machine, or one of a private network: the list names it so, and by more than a name that others give away. */
export function mayBePrivate({ entries, privateHosts }: WebList, address: string): boolean {
  const url = urlOf(address);
  if (url === undefined) return false;
  const isNamed = entries.some(({ host }) => host === url.host);
  return privateHosts.includes(url.hostname) || (isNamed && isLiteral(url.hostname));
}

/** A host that says itself that it is a machine nearby: an IP address, or this machine's own name. */
const isLiteral = (host: string): boolean =>
  host === 'localhost' || /^(?:\[.*\]|\d+(?:\.\d+){3})$/.test(host);

/** All lists as one. */
export function together(all: Iterable<WebAccess>): WebAccess {
  const lists = [...all].filter((one) => typeof one === 'object');
  if (lists.length === 0) return 'off';
  return {
    entries: lists.flatMap((one) => one.entries),
    privateHosts: lists.flatMap((one) => one.privateHosts),
  };
}

export function urlOf(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
