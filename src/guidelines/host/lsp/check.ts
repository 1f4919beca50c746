import { isAbort } from '../../../base/errors';
import type { CheckOptions } from '../../engine';
import type { Slicing } from '../../steps';
import { finishInSlices } from '../../steps';
import type { Checked, OpenDocument } from './open';

/** Checks documents, each version once, and gives up on a version as soon as there is a newer one. */
export interface Checker {
  /** Undefined when a newer version came before the check was done. */
  check(document: OpenDocument, options: CheckOptions): Promise<Checked | undefined>;
  forget(uri: string): void;
  /** Forgets all results, for when settings changed. */
  reset(): void;
}

interface Running {
  readonly document: OpenDocument;
  readonly version: number;
  readonly result: Promise<Checked | undefined>;
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
  return {
    check(document, options) {
      const { uri, version } = document;
      const known = running.get(uri);
      // Another document may be opened under the name, and the version, of one that was closed.
      if (known?.document === document && known.version === version) return known.result;
      drop(uri);
      const newer = new AbortController();
      const { signal } = newer;
      const work = async (): Promise<Checked | undefined> => {
        try {
          await settle(signal);
          return await finishInSlices(document.checkSteps(options), { ...turns, signal });
        } catch (error) {
          if (isAbort(error)) return undefined;
          throw error;
        }
      };
      const result = work();
      running.set(uri, { document, version, result, newer });
      return result;
    },
    forget: drop,
    reset: () => [...running.keys()].forEach(drop),
  };
}
