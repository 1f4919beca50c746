import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isAbort } from '../../../base/errors';
import type { CheckOptions } from '../../engine';
import { checkSteps } from '../../engine';
import type { Finding } from '../../finding';
import type { Spec } from '../../spec';
import { specSteps } from '../../spec';
import type { Slicing, Steps } from '../../steps';
import { finishInSlices } from '../../steps';

/** What is known of one version of a document. */
export interface Checked {
  readonly version: number;
  /** Undefined when the document is no API description. */
  readonly spec: Spec | undefined;
  readonly findings: readonly Finding[];
}

/** Checks documents, each version once, and gives up on a version as soon as there is a newer one. */
export interface Checker {
  /** Undefined when a newer version came before the check was done. */
  check(document: TextDocument, options: CheckOptions): Promise<Checked | undefined>;
  forget(uri: string): void;
  /** Forgets all results, for when settings changed. */
  reset(): void;
}

interface Running {
  readonly version: number;
  readonly result: Promise<Checked | undefined>;
  readonly newer: AbortController;
}

/** How a process shares its time between checks and everything else. */
export interface Turns extends Omit<Slicing, 'signal'> {
  /** Waits for some milliseconds. */
  wait(milliseconds: number): Promise<void>;
}

/** From this length on, an edit waits for a moment of quiet: even to begin a check costs more than a keystroke may. */
const large = 500_000;
const quiet = 150;

export function createChecker(turns: Turns): Checker {
  const running = new Map<string, Running>();
  const drop = (uri: string): void => {
    running.get(uri)?.newer.abort();
    running.delete(uri);
  };
  return {
    check(document, options) {
      const known = running.get(document.uri);
      if (known?.version === document.version) return known.result;
      drop(document.uri);
      const newer = new AbortController();
      const { version } = document;
      const { signal } = newer;
      const isEdit =
        known !== undefined && document.offsetAt({ line: document.lineCount, character: 0 }) > large;
      const result = (isEdit ? turns.wait(quiet) : Promise.resolve())
        .then(() => {
          signal.throwIfAborted();
          return finishInSlices(steps(document, options), { ...turns, signal });
        })
        .catch((error: unknown) => {
          if (isAbort(error)) return undefined;
          throw error;
        });
      running.set(document.uri, { version, result, newer });
      return result;
    },
    forget: drop,
    reset: () => [...running.keys()].forEach(drop),
  };
}

function* steps(document: TextDocument, options: CheckOptions): Steps<Checked> {
  const { version } = document;
  const spec = yield* specSteps(document.getText());
  const findings = spec ? yield* checkSteps(spec, options) : [];
  return { version, spec, findings };
}
