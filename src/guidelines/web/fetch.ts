/** Fetches what references on the web name: within a list of addresses, in bounded time and size, and again only when it may have changed. */
import { isAbort, messageOf } from '../../base/errors';
import type { Fault } from '../../base/ports';
import type { Web, WebReply } from '../../base/web';
import type { WebList } from './access';
import { mayBePrivate, refusalOf, urlOf } from './access';

/** A text, or why there is none. */
export type Fetched = { readonly text: string } | Fault;

export interface FetchLimits {
  /** Milliseconds for one text, with all redirects. */
  readonly time: number;
  readonly bytes: number;
  /** Bytes of all texts that are kept. */
  readonly allBytes: number;
  readonly texts: number;
  readonly redirects: number;
  readonly atOnce: number;
  /** Milliseconds for which a text is not asked for again. */
  readonly fresh: number;
}

export const usualLimits: FetchLimits = {
  time: 10_000,
  bytes: 4 * 1024 * 1024,
  allBytes: 32 * 1024 * 1024,
  texts: 200,
  redirects: 5,
  atOnce: 4,
  fresh: 5 * 60_000,
};

interface Kept {
  readonly fetched: Fetched;
  readonly at: number;
  /** Where it was in the end, and what the server calls this version of it. */
  readonly url: string;
  readonly etag: string | undefined;
}

type Answer = Extract<WebReply, { kind: 'answer' }>;

export class Fetcher {
  readonly #web: Web;
  readonly #now: () => number;
  readonly #limits: FetchLimits;
  readonly #kept = new Map<string, Kept>();
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(web: Web, now: () => number, limits: FetchLimits = usualLimits) {
    this.#web = web;
    this.#now = now;
    this.#limits = limits;
  }

  /** Whether a text is so old that it may be another by now. What could not be had may be there any moment. */
  isOld(address: string): boolean {
    const kept = this.#kept.get(address);
    return kept === undefined || 'fault' in kept.fetched || this.#now() - kept.at > this.#limits.fresh;
  }

  /** The text at an address that the list covers. Throws AbortError when the signal fires. */
  async read(address: string, list: WebList, signal: AbortSignal): Promise<Fetched> {
    const kept = this.#kept.get(address);
    if (kept !== undefined && !this.isOld(address)) return kept.fetched;
    if (kept === undefined && this.#kept.size >= this.#limits.texts)
      return { fault: `is one more than the ${this.#limits.texts} that are fetched` };
    await this.#turn();
    try {
      const fresh = await this.#fetch(address, list, { kept, signal });
      this.#kept.set(address, fresh);
      return fresh.fetched;
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #turn(): Promise<void> {
    while (this.#running >= this.#limits.atOnce)
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#running += 1;
  }

  async #fetch(
    address: string,
    list: WebList,
    { kept, signal }: { readonly kept: Kept | undefined; readonly signal: AbortSignal },
  ): Promise<Kept> {
    const late = AbortSignal.timeout(this.#limits.time);
    const failed = (fault: string): Kept => ({
      fetched: { fault },
      at: this.#now(),
      url: address,
      etag: undefined,
    });
    try {
      return await this.#follow(address, list, { kept, signal: AbortSignal.any([signal, late]), failed });
    } catch (error) {
      if (signal.aborted) throw error;
      if (late.aborted || isAbort(error))
        return failed(`did not answer within ${this.#limits.time / 1000} seconds`);
      return failed(`can't be fetched: ${messageOf(error).replace(/\.$/, '')}`);
    }
  }

  async #follow(address: string, list: WebList, { kept, signal, failed }: Following): Promise<Kept> {
    let url = address;
    for (let hops = 0; hops <= this.#limits.redirects; hops += 1) {
      const etag = kept?.url === url ? kept.etag : undefined;
      const reply = await this.#web.get(
        {
          url,
          headers: { accept: accepted, ...(etag === undefined ? {} : { 'if-none-match': etag }) },
          mostBytes: this.#limits.bytes,
          mayBePrivate: mayBePrivate(list, url),
        },
        signal,
      );
      if (reply.kind !== 'answer') return failed(this.#faultOf(reply, url, address));
      if (reply.status === 304 && kept !== undefined) return { ...kept, at: this.#now() };
      const next = redirectOf(reply, url);
      if (next === undefined) return this.#take(reply, url, failed);
      if (refusalOf(list, next) !== undefined)
        return failed(`leads on to \`${next}\`, which \`refs.urls\` does not list`);
      url = next;
    }
    return failed(`leads on more than ${this.#limits.redirects} times`);
  }

  #take({ status, headers, text }: Answer, url: string, failed: Following['failed']): Kept {
    if (status === 401 || status === 403)
      return failed(`answers ${status}: it wants credentials, and none are sent`);
    if (status !== 200) return failed(`answers ${status}`);
    if (/^text\/html\b/i.test(headers['content-type'] ?? ''))
      return failed('is a web page, not YAML or JSON');
    const others = [...this.#kept.values()].map(({ fetched }) =>
      'text' in fetched ? fetched.text.length : 0,
    );
    if (others.reduce((sum, one) => sum + one, text.length) > this.#limits.allBytes)
      return failed(`is too much: ${inMebibytes(this.#limits.allBytes)} are fetched in all`);
    return { fetched: { text }, at: this.#now(), url, etag: headers['etag'] };
  }

  #faultOf(reply: Exclude<WebReply, Answer>, url: string, address: string): string {
    const where = url === address ? '' : `leads on to \`${url}\`, which `;
    if (reply.kind === 'long') return `${where}is longer than ${inMebibytes(this.#limits.bytes)}`;
    if (reply.kind === 'packed')
      return `${where}comes packed (${reply.encoding}), though it was asked for plain`;
    const host = urlOf(url)?.hostname ?? url;
    return `${where}is at ${reply.address}, an address of this machine or of a private network; name the host \`${host}\` in \`refs.privateHosts\` if that is meant`;
  }
}

interface Following {
  readonly kept: Kept | undefined;
  readonly signal: AbortSignal;
  readonly failed: (fault: string) => Kept;
}

const accepted = 'application/yaml, application/json;q=0.9, text/plain;q=0.8, */*;q=0.5';
const inMebibytes = (bytes: number): string => `${bytes / 1024 / 1024} MiB`;

/** Where an answer sends on to; undefined when it is one. */
function redirectOf({ status, headers }: Answer, url: string): string | undefined {
  const to = headers['location'];
  if (![301, 302, 303, 307, 308].includes(status) || to === undefined) return undefined;
  return URL.canParse(to, url) ? new URL(to, url).href : to;
}
