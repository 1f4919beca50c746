import type { Position, Range } from '../base/text';
import type { Chunk } from './chunk';
import type { Span } from './tree';

/** Lines of a document that is cut into chunks, each of which knows its own. */
export class DocumentLines {
  readonly #chunks: () => readonly Chunk[];
  #last: Chunk | undefined;

  constructor(chunks: () => readonly Chunk[]) {
    this.#chunks = chunks;
  }

  /** How many lines there are; the last may be empty. */
  get count(): number {
    const last = this.#chunks().at(-1);
    return last === undefined ? 1 : last.line + last.breaks + 1;
  }

  positionAt(offset: number): Position {
    const chunk = this.chunkAt(offset);
    if (chunk === undefined) return { line: 0, character: 0 };
    const { line, character } = chunk.lines.positionAt(offset - chunk.start);
    // A piece of JSON starts anywhere in its line.
    return { line: line + chunk.line, character: line === 0 ? chunk.character + character : character };
  }

  rangeOf(span: Span): Range {
    return { start: this.positionAt(span.start), end: this.positionAt(span.end) };
  }

  /** The offset of a position; one outside of the text gives the nearest inside. */
  offsetAt({ line, character }: Position): number {
    return line >= this.count ? this.#length : Math.min(this.startOf(line) + character, this.endOf(line));
  }

  get #length(): number {
    const last = this.#chunks().at(-1);
    return last === undefined ? 0 : last.start + last.text.length;
  }

  lineOf(offset: number): number {
    return this.positionAt(offset).line;
  }

  startOf(line: number): number {
    if (line === 0) return 0;
    // The chunk in which the line before ends.
    const chunk = lastWith(this.#chunks(), (one) => one.line < line);
    return chunk === undefined ? 0 : chunk.start + chunk.lines.startOf(line - chunk.line);
  }

  /** The offset of the line's end, before its line break. */
  endOf(line: number): number {
    const chunk = lastWith(this.#chunks(), (one) => one.line <= line);
    return chunk === undefined ? 0 : chunk.start + chunk.lines.endOf(line - chunk.line);
  }

  /** The chunk that holds an offset; the last for the end of the text. */
  chunkAt(offset: number): Chunk | undefined {
    const last = this.#last;
    // Who asks for one place mostly asks for its neighbour next.
    if (last?.isGone === false && last.start <= offset && offset < last.start + last.text.length) return last;
    return (this.#last = this.#find(offset));
  }

  /** The same, but in JSON between two pieces the first of them: what was written last stands there. */
  chunkBefore(offset: number): Chunk | undefined {
    const chunk = this.chunkAt(offset);
    return chunk?.shape !== undefined && chunk.start === offset ? this.chunkAt(offset - 1) : chunk;
  }

  #find(offset: number): Chunk | undefined {
    return lastWith(this.#chunks(), (chunk) => chunk.start <= offset);
  }
}

/** The last chunk for which `holds`, which holds for all before it. */
function lastWith(chunks: readonly Chunk[], holds: (chunk: Chunk) => boolean): Chunk | undefined {
  let [low, high] = [0, chunks.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const chunk = chunks[middle];
    if (chunk !== undefined && holds(chunk)) low = middle;
    else high = middle - 1;
  }
  return chunks[low];
}
