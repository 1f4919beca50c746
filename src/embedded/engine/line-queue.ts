/** Lines pushed on one side and taken one by one on the other. */
export interface LineQueue {
  push(line: string): void;
  /** What is in the queue is still given. */
  end(): void;
  readonly lines: AsyncIterable<string>;
}

/** A client that does not read is not waited for: of what it has not taken, the oldest lines go first. */
const mostWaiting = 10_000;

export function lineQueue(signal: AbortSignal): LineQueue {
  const waiting: string[] = [];
  let ended = false;
  let wake: () => void = () => undefined;
  const end = (): void => {
    ended = true;
    wake();
  };
  signal.addEventListener('abort', end, { once: true });
  return {
    push(line) {
      waiting.push(line);
      if (waiting.length > mostWaiting) waiting.shift();
      wake();
    },
    end,
    lines: (async function* take() {
      while (!signal.aborted) {
        const line = waiting.shift();
        if (line !== undefined) yield line;
        else if (ended) return;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    })(),
  };
}
