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
      const waiting = new AbortController();
      const silence = pause(everyMs, waiting.signal).then(
        () => 'silence' as const,
        () => 'silence' as const,
      );
      const got = await Promise.race([next, silence]);
      waiting.abort();
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
