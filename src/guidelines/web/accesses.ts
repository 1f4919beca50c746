/** What each description may follow to the web, learnt when a reference asks for it. */
import type { WebAccess } from './access';
import { isWeb, together } from './access';

export class Accesses {
  #known = new Map<string, WebAccess>();
  readonly #asked = new Set<string>();

  /** What holds for the references of a description; `off` until it is learnt. What is on the web may lead to whatever anybody lists. */
  of(home: string): WebAccess {
    if (isWeb(home)) return together(this.#known.values());
    const known = this.#known.get(home);
    if (known === undefined) this.#asked.add(home);
    return known ?? 'off';
  }

  /** Learns what was asked for; gives whether any of it lets references be followed, or tells why not. */
  async learn(read: (home: string) => Promise<WebAccess>): Promise<boolean> {
    const known = this.#known;
    const asked = [...this.#asked];
    this.#asked.clear();
    const all = await Promise.all(asked.map(async (home) => [home, await read(home)] as const));
    // When all was forgotten meanwhile, it is asked for again.
    for (const [home, access] of all) known.set(home, access);
    return all.some(([, access]) => access !== 'off');
  }

  forget(): void {
    this.#known = new Map();
    this.#asked.clear();
  }
}
