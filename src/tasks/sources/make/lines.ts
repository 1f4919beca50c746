import { backslashesBefore, unknown } from './text';

/** One line as make reads it: physical lines that a backslash continues belong together. */
export interface LogicalLine {
  /** The text without its last line end; continued lines keep their backslash and newline. */
  readonly raw: string;
  /** Zero-based. */
  readonly line: number;
  readonly endLine: number;
}

export interface LineReader {
  next(): LogicalLine | undefined;
}

/** Reads the logical lines of a text whose line ends are `\n` (see `cleanText`). */
export function createLineReader(text: string): LineReader {
  let offset = 0;
  let line = 0;
  return {
    next() {
      if (offset >= text.length) return undefined;
      const start = offset;
      const first = line;
      for (;;) {
        const newline = text.indexOf('\n', offset);
        const end = newline < 0 ? text.length : newline;
        offset = end + 1;
        line++;
        if (newline >= 0 && offset < text.length && backslashesBefore(text, end) % 2 === 1) continue;
        return { raw: text.slice(start, end), line: first, endLine: line - 1 };
      }
    },
  };
}

/** The text of a file as the reader wants it: no byte order mark, `\n` line ends, no mark for unknown text. Columns stay true. */
export function cleanText(text: string): string {
  let clean = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (clean.includes('\r')) clean = clean.replaceAll('\r\n', '\n');
  return clean.includes(unknown) ? clean.replaceAll(unknown, '\uFFFD') : clean;
}
