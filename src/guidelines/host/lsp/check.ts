import { isAbort } from '../../../base/errors';
import type { CheckOptions } from '../../engine';
import type { Slicing } from '../../steps';
import { finishInSlices } from '../../steps';
import type { Checked, OpenDocument } from './open';

/** Checks documents, each version once, and gives up on a version as soon as there is a newer one. */
export interface Checker {
  /** Undefined when a newer version came before the check was done. */
  check(document: OpenDocument, options: CheckOptions): Promise<Checked | undefined>;
  /** As `check`, but may give what is told ahead of the rest, when that is not known yet. */
  first(document: OpenDocument, options: CheckOptions): Promise<Checked | undefined>;
  forget(uri: string): void;
  /** Forgets all results, for when settings changed. */
  reset(): void;
}

interface Running {
  readonly document: OpenDocument;
  readonly version: number;
  readonly result: Promise<Checked | undefined>;
  readonly first: Promise<Checked | undefined>;
  readonly newer: AbortController;
}

/** How a process shares its time between checks and everything else. */
export type Turns = Omit<Slicing, 'signal'>;

export function createChecker(turns: Turns, settle: (signal: AbortSignal) => Promise<void>): Checker {
  const running = new Map<string, Running>();
  const drop = (uri: string): void => {
    running.get(uri)?.newer.abort();
    running.delete(uri);
  };
  const run = (document: OpenDocument, options: CheckOptions): Running => {
    const { uri, version } = document;
    const known = running.get(uri);
    // Another document may be opened under the name, and the version, of one that was closed.
    if (known?.document === document && known.version === version) return known;
    drop(uri);
    const newer = new AbortController();
    const { signal } = newer;
    const work = async (tell: (early: Checked) => void): Promise<Checked | undefined> => {
      try {
        await settle(signal);
        return await finishInSlices(document.checkSteps(options, tell), { ...turns, signal });
      } catch (error) {
        if (isAbort(error)) return undefined;
        throw error;
      }
    };
    let result: Promise<Checked | undefined> = Promise.resolve(undefined);
    const first = new Promise<Checked | undefined>((resolve, reject) => {
      result = work(resolve);
      result.then(resolve, reject);
    });
    // Who asks for it hears of it when it failed; nobody may.
    first.catch(() => undefined);
    const started = { document, version, result, first, newer };
    running.set(uri, started);
    return started;
  };
  return {
    check: (document, options) => run(document, options).result,
    async first(document, options) {
      const { result, first } = run(document, options);
      // What is known already is all of it.
      const known = await Promise.race([result, Promise.resolve('running' as const)]);
      return known === 'running' ? first : known;
    },
    forget: drop,
    reset: () => [...running.keys()].forEach(drop),
  };
}
