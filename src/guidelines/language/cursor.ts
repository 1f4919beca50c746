/**
 * Where a cursor stands, told from the text before it alone: a text is seldom YAML or JSON while it is written. Reads block YAML by lines
 * and indents, flow YAML and JSON by brackets.
 */
import type { PathSegment } from '../tree';
import { FlowReader } from './cursor-flow';
import { plain } from './cursor-key';

export interface Cursor {
  /** To the map that gets a key, or to the value that is written. */
  readonly path: readonly PathSegment[];
  /** `start`: a value begins here, and nobody knows whether it will be a map. */
  readonly on: 'key' | 'value' | 'start';
  /** What is written of the word already, without its opening quote. */
  readonly word: string;
  readonly quote: '' | '"' | "'";
  readonly style: 'block' | 'flow' | 'json';
  /** The column that the entry of the cursor starts in; Infinity inside of brackets, where that says nothing. */
  readonly indent: number;
}

interface Frame {
  readonly indent: number;
  readonly key: PathSegment;
}

const keyed =
  /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|(?![-?:](?:\s|$)|[[\]{},#&*!|>'"%@`])[^\n]*?)[ \t]*:(?=[ \t]|$)[ \t]*/;

/** Reads the text before a cursor; undefined in comments and in texts of several lines, where nothing can be proposed. */
export function cursorAt(before: string): Cursor | undefined {
  if (/^[\s\uFEFF]*[{[]/.test(before)) {
    const reader = new FlowReader('json');
    reader.read(before);
    return reader.cursor([]);
  }
  return new BlockReader(before).cursor();
}

/** The same in a piece of JSON, which starts between the brackets of a map, but for the one that holds the first bracket. */
export function cursorInJson(before: string, isFirst: boolean): Cursor | undefined {
  const reader = new FlowReader('json');
  return reader.read(isFirst ? before : `{${before}`) ? undefined : reader.cursor([]);
}

class BlockReader {
  readonly #lines: readonly string[];
  readonly #frames: Frame[] = [];
  /** The indent that a text of several lines is deeper than. */
  #textBelow = -1;
  #flow: FlowReader | undefined;
  /** A quoted text that goes on in the next line. */
  #open: '' | '"' | "'" = '';

  constructor(before: string) {
    this.#lines = before.split(/\r\n|\n|\r/);
  }

  cursor(): Cursor | undefined {
    const last = this.#lines.length - 1;
    for (const [at, line] of this.#lines.entries()) {
      const found = this.#line(line, at === last);
      if (at === last) return found;
    }
    return undefined;
  }

  #line(line: string, isLast: boolean): Cursor | undefined {
    if (this.#flow !== undefined) return this.#inFlow(`\n${line}`, isLast);
    if (this.#open !== '') return this.#inQuotes(line);
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    const rest = line.slice(indent);
    if (this.#textBelow >= 0) {
      if (rest === '' || indent > this.#textBelow) return undefined;
      this.#textBelow = -1;
    }
    if (rest.startsWith('#') || (rest === '' && !isLast) || /^(?:---|\.\.\.)(?:\s|$)/.test(line))
      return undefined;
    return this.#content(rest, indent, isLast);
  }

  #content(text: string, column: number, isLast: boolean): Cursor | undefined {
    let [rest, indent] = [text, column];
    for (let dash = /^-(?:[ \t]+|$)/.exec(rest); dash !== null; dash = /^-(?:[ \t]+|$)/.exec(rest)) {
      this.#item(indent);
      indent += Math.max(2, dash[0].length);
      rest = rest.slice(dash[0].length);
    }
    const hasDash = indent !== column;
    const key = keyed.exec(rest);
    if (key === null) {
      if (!hasDash) this.#leave(indent);
      return this.#value(rest, { indent, isLast, on: hasDash ? 'start' : this.#isMap(indent) });
    }
    this.#leave(indent);
    this.#frames.push({ indent, key: plain(key[1] ?? '') });
    return this.#value(rest.slice(key[0].length), { indent, isLast, on: 'value' });
  }

  /** In a line of its own, deeper than its key, a value may still be a map; beside other keys it is one. */
  #isMap(indent: number): 'start' | 'key' {
    const top = this.#frames.at(-1);
    return top === undefined || indent === 0 ? 'key' : 'start';
  }

  #value(text: string, { indent, isLast, on }: Line): Cursor | undefined {
    // Anchors and tags stand before a value.
    const value = text.replace(/^(?:[&!]\S*[ \t]+)*/, '');
    if (value.startsWith('{') || value.startsWith('[')) {
      this.#flow = new FlowReader('flow');
      return this.#inFlow(value, isLast);
    }
    if (/^[|>]/.test(value)) this.#textBelow = indent;
    if (/(?:^|\s)#/.test(value) || /^[|>*]/.test(value)) return undefined;
    const quote = quoteOf(value);
    const isOpen = quote !== '' && !isClosed(value, quote);
    if (!isLast) {
      if (isOpen) this.#open = quote;
      return undefined;
    }
    if (quote !== '' && !isOpen) return undefined;
    return { path: this.#path(), on, word: value.slice(quote.length), quote, style: 'block', indent };
  }

  #inFlow(text: string, isLast: boolean): Cursor | undefined {
    const isDone = this.#flow?.read(text) === true;
    const cursor = isLast && !isDone ? this.#flow?.cursor(this.#path()) : undefined;
    if (isDone) this.#flow = undefined;
    return cursor;
  }

  #inQuotes(line: string): undefined {
    if (this.#open !== '' && isClosed(this.#open + line, this.#open)) this.#open = '';
    return undefined;
  }

  #item(indent: number): void {
    while ((this.#frames.at(-1)?.indent ?? -1) > indent) this.#frames.pop();
    const top = this.#frames.at(-1);
    const isNext = top?.indent === indent && typeof top.key === 'number';
    const key = isNext && typeof top.key === 'number' ? top.key + 1 : 0;
    if (isNext) this.#frames.pop();
    this.#frames.push({ indent, key });
  }

  /** Leaves everything that is not above an entry in this column. */
  #leave(indent: number): void {
    while ((this.#frames.at(-1)?.indent ?? -1) >= indent) this.#frames.pop();
  }

  #path(): readonly PathSegment[] {
    return this.#frames.map(({ key }) => key);
  }
}

/** What follows the keys and dashes of a line. */
interface Line {
  readonly indent: number;
  readonly isLast: boolean;
  readonly on: Cursor['on'];
}

function quoteOf(value: string): Cursor['quote'] {
  if (value.startsWith('"')) return '"';
  return value.startsWith("'") ? "'" : '';
}

function isClosed(value: string, quote: '"' | "'"): boolean {
  return quote === '"' ? /^"(?:[^"\\]|\\.)*"/.test(value) : /^'(?:[^']|'')*'/.test(value);
}
