import type { LineFilter } from './filter';

/** The lines of one log as a document shows them. */
export interface LogBuffer {
  push(line: string): void;
  /** A line of ours, which is never one that comes twice. */
  note(line: string): void;
  /** Lines that come while it is paused wait. */
  pause(): void;
  resume(): void;
  readonly isPaused: boolean;
  /** Undefined shows everything; lines that are hidden stay. */
  show(filter: LineFilter | undefined, said: string): void;
  clear(): void;
  /** A stream begins again: what it repeats of the end is not taken twice. */
  again(): void;
  text(): string;
}

const mostLines = 10_000;
/** How far back a stream that begins again may reach. */
const mostRepeated = 1000;

export function createLogBuffer(most = mostLines): LogBuffer {
  const lines: string[] = [];
  const waiting: string[] = [];
  let isPaused = false;
  let filter: LineFilter | undefined;
  let said = '';
  const repeats = createRepeats();
  const add = (line: string): void => {
    lines.push(line);
    // By a tenth at once: taking one from the front of a long list each time is slow.
    if (lines.length > most * 1.1) lines.splice(0, lines.length - most);
  };
  const take = (line: string): void => {
    if (isPaused) waiting.push(line);
    else add(line);
    if (waiting.length > most) waiting.shift();
  };
  return {
    note: take,
    push(line) {
      if (!repeats.has(line)) take(line);
    },
    pause: () => void (isPaused = true),
    resume() {
      isPaused = false;
      for (const line of waiting.splice(0)) add(line);
    },
    get isPaused() {
      return isPaused;
    },
    show(next, words) {
      filter = next;
      said = words;
    },
    clear: () => void lines.splice(0),
    again: () => repeats.expect([...lines, ...waiting]),
    text() {
      const shown = filter ? lines.filter((line) => isMark(line) || filter?.(line) === true) : lines;
      const end = [
        ...(filter ? [mark(`only lines with ${said}; ${lines.length - shown.length} are hidden`)] : []),
        ...(isPaused ? [mark(`paused; ${waiting.length} more lines are waiting`)] : []),
      ];
      return [...shown, ...end].map((line) => `${line}\n`).join('');
    },
  };
}

/** What a stream that begins again repeats of the lines before; each counts once. */
function createRepeats(): { expect(lines: readonly string[]): void; has(line: string): boolean } {
  let expected: Set<string> | undefined;
  let looked = 0;
  return {
    expect(lines) {
      expected = new Set(lines.slice(-mostRepeated));
      looked = 0;
    },
    has(line) {
      looked += 1;
      if (looked > mostRepeated) expected = undefined;
      return expected?.delete(line) === true;
    },
  };
}

/** A line of ours among those of the log. */
export const mark = (text: string): string => `──── ${text} ────`;
const isMark = (line: string): boolean => line.startsWith('──── ');

/**
 * What the embedded platform says when a release takes over is a mark, and the folder in which it keeps a release is left out of paths:
 * what comes after it is what somebody looks for. Everything else stays as it is.
 */
export function withMarks(line: string): string {
  const [, at, version] = /^(\S+) platform\[api\]: Release (v\d+) is live$/.exec(line) ?? [];
  if (version !== undefined) return mark(`${version} is live since ${at}`);
  return line.replaceAll(/(?:\/[^\s"'()/]+)*\/apps\/[a-z][a-z0-9-]*\/slugs\/[0-9a-f]{20}\//g, '');
}
