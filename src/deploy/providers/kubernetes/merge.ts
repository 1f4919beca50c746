/**
 * Several streams of lines as one, in the order in which lines come; `first` may add more of them. Ends when all have, and throws what
 * one throws.
 */
export async function* merged(
  first: (add: (lines: AsyncIterable<string>) => void) => AsyncIterable<string>,
  signal: AbortSignal,
): AsyncIterable<string> {
  const waiting: string[] = [];
  let running = 0;
  let failure: { readonly error: unknown } | undefined;
  let wake = (): void => undefined;
  const add = (lines: AsyncIterable<string>): void => {
    running++;
    void (async () => {
      try {
        for await (const line of lines) {
          waiting.push(line);
          wake();
        }
      } catch (error) {
        failure ??= { error };
      } finally {
        running--;
        wake();
      }
    })();
  };
  add(first(add));
  const stop = (): void => wake();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for (;;) {
      const line = waiting.shift();
      if (line !== undefined) yield line;
      else if (failure) throw failure.error;
      else if (running === 0) return;
      else {
        signal.throwIfAborted();
        await new Promise<void>((done) => {
          wake = done;
        });
      }
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
