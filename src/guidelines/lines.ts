import type { Position, Range } from '../base/text';
import type { Span } from './tree';

/** Where the lines of a text start; `\n`, `\r\n` and a lone `\r` end a line, as in the Language Server Protocol. */
export class Lines {
  readonly #text: string;
  readonly #starts: readonly number[];
  /** The line that was found last: the next is mostly the same, or near. */
  #last = 0;

  constructor(text: string) {
    this.#text = text;
    const starts = [0];
    if (text.includes('\r')) {
      for (let at = nextBreak(text, 0); at < text.length; at = nextBreak(text, at)) {
        at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1;
        starts.push(at);
      }
    } else {
      for (let feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', feed + 1))
        starts.push(feed + 1);
    }
    this.#starts = starts;
  }

  get count(): number {
    return this.#starts.length;
  }

  positionAt(offset: number): Position {
    const line = this.lineOf(offset);
    return { line, character: Math.max(0, offset - this.startOf(line)) };
  }

  rangeOf(span: Span): Range {
    return { start: this.positionAt(span.start), end: this.positionAt(span.end) };
  }

  /** The offset of a position; one outside of the text gives the nearest inside. */
  offsetAt(position: Position): number {
    if (position.line >= this.#starts.length) return this.#text.length;
    return Math.min(this.startOf(position.line) + position.character, this.endOf(position.line));
  }

  lineOf(offset: number): number {
    const starts = this.#starts;
    const last = this.#last;
    if ((starts[last] ?? 0) <= offset && offset < (starts[last + 1] ?? Infinity)) return last;
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    this.#last = low;
    return low;
  }

  startOf(line: number): number {
    return this.#starts[line] ?? this.#text.length;
  }

  /** The offset of the line's end, before its line break. */
  endOf(line: number): number {
    let end = this.#starts[line + 1] ?? this.#text.length;
    const floor = this.startOf(line);
    while (end > floor && (this.#text[end - 1] === '\n' || this.#text[end - 1] === '\r')) end -= 1;
    return end;
  }
}

function nextBreak(text: string, from: number): number {
  const feed = text.indexOf('\n', from);
  const end = feed < 0 ? text.length : feed;
  const carriage = text.slice(from, end).indexOf('\r');
  return carriage < 0 ? end : from + carriage;
}
