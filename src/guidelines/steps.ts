/**
 * Long work as a generator that stops often: run to its end at once (the command line), or in slices between which the event loop
 * lives and a newer document cancels it (the language server). One body of code, so both give the same result.
 */
export type Steps<T> = Generator<undefined, T, undefined>;

export interface Slicing {
  readonly signal: AbortSignal;
  /** Lets the event loop run once. */
  pause(): Promise<void>;
  /** Milliseconds of any steady clock. */
  now(): number;
  /** How long one slice may take, in milliseconds. */
  readonly slice: number;
}

/** Runs to the end without a break. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Runs to the end in slices. Throws AbortError as soon as the signal fires. */
export async function finishInSlices<T>(steps: Steps<T>, slicing: Slicing): Promise<T> {
  let until = slicing.now() + slicing.slice;
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (slicing.now() < until) continue;
    await slicing.pause();
    slicing.signal.throwIfAborted();
    until = slicing.now() + slicing.slice;
  }
}
