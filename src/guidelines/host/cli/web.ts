/** What references follow to the web on the command line: what the configuration of each description lists, unless told not to. */
import type { CliContext } from '../../../base/cli';
import type { Loaded, WebPort } from '../../project/port';
import type { WebAccess } from '../../web/access';
import { Accesses } from '../../web/accesses';
import { Fetcher } from '../../web/fetch';
import type { LintOptions } from './options';

export class CliWeb implements WebPort {
  readonly #options: Pick<LintOptions, 'configurations' | 'isOffline'>;
  readonly #signal: AbortSignal;
  readonly #fetcher: Fetcher;
  readonly #accesses = new Accesses();

  constructor(options: Pick<LintOptions, 'configurations' | 'isOffline'>, { web, now, signal }: CliContext) {
    this.#options = options;
    this.#signal = signal;
    this.#fetcher = new Fetcher(web, () => now().getTime());
  }

  accessOf(home: string): WebAccess {
    return this.#accesses.of(home);
  }

  /** Reads the configurations of those who asked; gives whether more can be said of their references than before. */
  learn(): Promise<boolean> {
    const { configurations, isOffline } = this.#options;
    return this.#accesses.learn(async (home) => {
      const { web } = await configurations.planFor(home);
      return isOffline && web !== 'off' ? 'offline' : web;
    });
  }

  async fetch(address: string): Promise<Loaded> {
    const access = this.#accesses.of(address);
    return typeof access === 'object'
      ? this.#fetcher.read(address, access, this.#signal)
      : { fault: 'is not to be fetched' };
  }
}
