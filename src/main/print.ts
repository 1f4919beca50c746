import { once } from 'node:events';

/**
 * Writes texts to stdout, each when the one before it was taken: who reads slowly has all that comes wait here, and not in memory.
 * Throws AbortError on cancel.
 */
export async function print(pieces: Iterable<string>, signal: AbortSignal): Promise<void> {
  for (const piece of pieces) {
    signal.throwIfAborted();
    if (!process.stdout.write(piece)) await once(process.stdout, 'drain', { signal });
  }
}
