/** Ctrl-C and a polite request to end. */
export interface Interrupts {
  /** Fires at the first, unless somebody listens. */
  readonly signal: AbortSignal;
  /** From now on `listener` is called instead. */
  readonly onInterrupt: (listener: () => void) => void;
}

/** Who asks so often wants out, whatever is still going on. */
const enough = 3;
const interruptedCode = 130;

export function createInterrupts(): Interrupts {
  const controller = new AbortController();
  let listener = (): void => controller.abort();
  let count = 0;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (++count >= enough) process.exit(interruptedCode);
      listener();
    });
  return {
    signal: controller.signal,
    onInterrupt: (next) => {
      listener = next;
    },
  };
}
