import type { Pause } from '../../../base/pause';

/** Wakes who waits, before its time is over. A ring that nobody waited for ends the next wait at once. */
export class Bell {
  #isRung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#isRung = true;
    this.#wake?.();
  }

  /** Waits for a ring, `ms` at most. Throws AbortError when `signal` fires. */
  async wait(pause: Pause, ms: number, signal: AbortSignal): Promise<void> {
    const over = new AbortController();
    const paused = pause(ms, AbortSignal.any([signal, over.signal]));
    const rung = new Promise<void>((done) => (this.#wake = done));
    if (this.#isRung) this.#wake?.();
    try {
      await Promise.race([paused, rung]);
    } finally {
      this.#isRung = false;
      this.#wake = undefined;
      over.abort();
      await paused.catch(() => undefined);
    }
    signal.throwIfAborted();
  }
}
