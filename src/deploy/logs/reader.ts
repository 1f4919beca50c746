import { UserError, isAbort, messageOf } from '../../base/errors';
import type { Pause } from '../../base/pause';
import type { Provider, Target } from '../provider';
import type { LogBuffer } from './buffer';
import { mark, withMarks } from './buffer';

/** What reading a log takes. */
export interface Reading {
  readonly provider: Provider;
  readonly target: Target;
  readonly buffer: LogBuffer;
  readonly pause: Pause;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /** Told after each line. */
  changed(): void;
}

const linesAtFirst = 500;
const waitsMs = [500, 1000, 2000, 5000, 10_000, 30_000];

/** Errors that trying again does not mend. */
const final = /^deploy\/(not-signed-in|no-logs|no-such-app|cant|bad-app-name|no-url|not-the-api)$/;

/**
 * Reads the log into the buffer until the signal fires. A stream that is cut is taken up again, with a mark of the gap and without the
 * lines that come twice; what can't be mended by waiting ends it, with the reason as a line. Never throws.
 */
export async function readLog(reading: Reading): Promise<void> {
  const { buffer, signal, changed, pause } = reading;
  const say = (line: string): void => {
    buffer.note(line);
    changed();
  };
  for (let failures = 0; !signal.aborted; failures++) {
    const end = await readOnce(reading, () => {
      failures = 0;
    });
    if (end === 'left') return;
    if (end.isFinal) {
      say(mark(end.why));
      return;
    }
    if (failures === 0)
      say(
        mark(`cut at ${reading.now().toISOString()} (${end.why.replace(/\.$/, '')}); lines may be missing`),
      );
    buffer.again();
    const wait = waitsMs[Math.min(failures, waitsMs.length - 1)] ?? 1000;
    await pause(wait, signal).catch(() => undefined);
  }
}

type End = 'left' | { readonly why: string; readonly isFinal: boolean };

async function readOnce(
  { provider, target, buffer, signal, changed }: Reading,
  heard: () => void,
): Promise<End> {
  try {
    for await (const line of provider.logs(target, { tail: true, lines: linesAtFirst }, signal)) {
      heard();
      buffer.push(withMarks(line));
      changed();
    }
    return signal.aborted ? 'left' : { why: 'the platform ended it.', isFinal: false };
  } catch (error) {
    if (isAbort(error) || signal.aborted) return 'left';
    const isFinal = error instanceof UserError && final.test(error.code);
    return { why: messageOf(error), isFinal };
  }
}
