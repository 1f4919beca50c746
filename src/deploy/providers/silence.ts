import type { Pause } from '../../base/pause';

/** The same items, and undefined each time that nothing has come for `everyMs`. Ends and throws as they do. */
export async function* withSilences<T>(
  items: AsyncIterable<T>,
  pause: Pause,
  everyMs: number,
): AsyncIterable<T | undefined> {
  const reading = items[Symbol.asyncIterator]();
  let next = reading.next();
  try {
    for (;;) {
      const got = await within(next, pause, everyMs);
      if (got === 'silence') yield undefined;
      else if (got.done === true) return;
      else {
        yield got.value;
        next = reading.next();
      }
    }
  } finally {
    // What is under way ends first, which may take as long as the silence; whoever leaves does not wait for it.
    next.catch(() => undefined);
    void reading.return?.()?.catch(() => undefined);
  }
}

/** Leaves no timer behind, however it ends. */
async function within<T>(work: Promise<T>, pause: Pause, ms: number): Promise<T | 'silence'> {
  const waiting = new AbortController();
  const silence = pause(ms, waiting.signal).then(
    () => 'silence' as const,
    () => 'silence' as const,
  );
  try {
    return await Promise.race([work, silence]);
  } finally {
    waiting.abort();
  }
}
