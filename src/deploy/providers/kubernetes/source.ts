import { isAbort } from '../../../base/errors';
import { linesOf, textOf } from '../lines';
import type { Bell } from './bell';
import type { Client, KubeParts } from './client';
import type { Listing } from './reading';
import { askList, get } from './reading';
import { readWatchEvent } from './watch-event';
import type { Meta } from './wire';

/** How long one watch lasts before the server ends it, in seconds. */
const longest = 300;

/** What a server says of a watch that it will say of the next one too: it is not allowed, or not known here. */
const never = new Set([401, 403, 404, 405, 406, 501]);

/**
 * A list that is kept up to date: listed once, then watched from there. A watch that is cut goes on where it was; what may have been
 * missed is listed again. So is everything from time to time while a watch is silent, since a connection may be dead without a word.
 * Where watching is not allowed, each look lists.
 */
export class Source<T extends Meta> {
  readonly #parts: Pick<KubeParts, 'now' | 'pause' | 'patience'>;
  readonly #client: Client;
  readonly #listing: Listing<T>;
  readonly #bell: Bell;
  readonly #items = new Map<string, T>();
  #resourceVersion = '';
  /** When the server last said something of it, in milliseconds. */
  #heardAt = 0;
  #isStale = true;
  #isWatchable = true;
  /** Of the watch that is open, or being opened. */
  #watch: AbortController | undefined;

  /** The bell rings when something changes. */
  constructor(
    { parts, client, bell }: { readonly parts: KubeParts; readonly client: Client; readonly bell: Bell },
    listing: Listing<T>,
  ) {
    this.#parts = parts;
    this.#client = client;
    this.#bell = bell;
    this.#listing = listing;
  }

  /** What is there now. Throws the UserError of a list that can't be had. */
  async look(signal: AbortSignal): Promise<readonly T[]> {
    if (this.#isDue()) {
      await this.#list(signal);
      this.#startWatch(signal);
    }
    return [...this.#items.values()];
  }

  /** What was seen until now does not count any more. */
  forget(): void {
    this.#isStale = true;
  }

  close(): void {
    this.#watch?.abort();
    this.#watch = undefined;
  }

  #isDue(): boolean {
    const silence = this.#parts.now().getTime() - this.#heardAt;
    return this.#isStale || this.#watch === undefined || silence >= this.#parts.patience.silentMs;
  }

  async #list(signal: AbortSignal): Promise<void> {
    // Its events could be older than what is listed.
    this.close();
    this.#isStale = true;
    const { items, resourceVersion } = await askList(this.#client, this.#listing, signal);
    this.#items.clear();
    for (const item of items) this.#items.set(item.name, item);
    this.#resourceVersion = resourceVersion;
    this.#heard();
    this.#isStale = false;
  }

  #heard(): void {
    this.#heardAt = this.#parts.now().getTime();
  }

  #startWatch(signal: AbortSignal): void {
    if (!this.#isWatchable || this.#resourceVersion === '') return;
    const watch = new AbortController();
    this.#watch = watch;
    void this.#follow(AbortSignal.any([signal, watch.signal])).then(() => {
      if (this.#watch === watch) this.#watch = undefined;
    });
  }

  /** Until it is of no more use. Never throws. */
  async #follow(signal: AbortSignal): Promise<void> {
    try {
      while (await this.#once(signal)) await this.#parts.pause(this.#parts.patience.lookEveryMs, signal);
    } catch {
      // Whatever it was: the next look lists, and says what is wrong where that fails too.
    }
  }

  /** One watch to its end; gives whether the next can begin where it ended. */
  async #once(signal: AbortSignal): Promise<boolean> {
    let told = 0;
    try {
      const { path, query } = this.#listing;
      const from = `resourceVersion=${encodeURIComponent(this.#resourceVersion)}`;
      const more = `watch=true&allowWatchBookmarks=true&timeoutSeconds=${longest}&${from}`;
      const { status, body } = await this.#client.open(get('watch', `${path}?${query}&${more}`), signal);
      if (status !== 200) {
        this.#isWatchable = !never.has(status);
        await textOf(body);
        return false;
      }
      for await (const line of linesOf(body)) {
        if (!this.#take(line)) return false;
        told++;
      }
    } catch (error) {
      if (isAbort(error)) throw error;
    }
    return told > 0;
  }

  /** False where something was missed. */
  #take(line: string): boolean {
    const event = readWatchEvent(line, this.#listing.read);
    if (event.kind === 'lost') return false;
    this.#heard();
    this.#resourceVersion = event.resourceVersion;
    if (event.kind === 'put') this.#items.set(event.item.name, event.item);
    if (event.kind === 'gone') this.#items.delete(event.name);
    if (event.kind !== 'mark') this.#bell.ring();
    return true;
  }
}
