/**
 * Reads JSON (RFC 8259, and comments as editors allow them in `jsonc`) into a table, fast and with exact offsets. It reads sound text
 * only: at the first error it gives up and says where, and others recover what they can.
 */
import type { Steps } from './steps';
import type { Table, TableBuilder } from './table';
import { form } from './table';
import type { Span } from './tree';

export interface JsonProblem extends Span {
  readonly message: string;
}

export interface JsonText {
  readonly table: Table | undefined;
  readonly problem?: JsonProblem;
  /** Whether no other reader should try: it would drown in the nesting. */
  readonly isHopeless?: boolean;
}

export const maxDepth = 500;
const stepEvery = 2048;
export const literal =
  /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\p{L}\p{N}_$.+-])/uy;
const comment = /\/\/[^\n\r]*|\/\*[^]*?\*\//y;
const word = /[\p{L}\p{N}_$.+-]+/uy;
/** What may stand behind a backslash; control characters are not allowed at all (RFC 8259, section 7). */
const escaped = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

const kindOf = (closer: string): string => (closer === '}' ? 'object' : 'array');

/** What can be wrong with a text. */
export const wrong = {
  string: 'This string has no end, or holds a character that JSON wants escaped.',
  value:
    'JSON wants a value here: an object, an array, a string in double quotes, a number, true, false or null.',
  lastComma: 'JSON allows no comma behind the last entry.',
  end: (closer: string): string => `The text ends inside of an ${kindOf(closer)}: a ${closer} is missing.`,
  comma: (closer: string): string =>
    `JSON wants a comma before this entry, or ${closer} to end the ${kindOf(closer)}.`,
  key: 'JSON wants a key in double quotes here.',
  colon: 'JSON wants a colon behind this key.',
  more: 'JSON ends before this: the document is one value.',
  depth: `This is nested deeper than ${maxDepth} levels, which no API description needs.`,
  open: (bracket: string): string => `This \`${bracket}\` is never closed.`,
  openAbove: 'A map above is never closed: a } is missing before this.',
  closer: (bracket: string): string => `This \`${bracket}\` closes nothing.`,
};

/** What stands open: a map or a list, and what it waits for. */
interface Frame {
  readonly row: number;
  readonly isMap: boolean;
  readonly closer: '}' | ']';
  isEmpty: boolean;
}

export class JsonReader {
  readonly text: string;
  readonly out: TableBuilder;
  readonly open: Frame[] = [];
  at = 0;
  problem: JsonProblem | undefined;
  isHopeless = false;

  constructor(text: string, out: TableBuilder) {
    this.text = text;
    this.out = out;
  }

  /** The next character that is neither blank nor in a comment, or '' at the end. */
  peek(): string {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09 || code === 0xfeff) this.at += 1;
      else if (code !== 0x2f || !this.#past(comment)) return this.text[this.at] ?? '';
    }
  }

  fail(message: string, span?: Span): undefined {
    this.problem ??= { message, ...(span ?? this.#here()) };
    return undefined;
  }

  /** Goes behind the string that starts here; false when it is none. */
  string(): boolean {
    const start = this.at;
    const { text } = this;
    for (let at = start + 1; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === 0x22) {
        this.at = at + 1;
        return true;
      }
      if (code < 0x20) break;
      if (code !== 0x5c) continue;
      escaped.lastIndex = at;
      if (!escaped.test(text)) break;
      at = escaped.lastIndex - 1;
    }
    const line = text.slice(start).search(/[\r\n]|$/);
    this.fail(wrong.string, {
      start,
      end: start + line,
    });
    return false;
  }

  /** Adds the scalar that starts here; false when there is none. */
  scalar(parent: number): boolean {
    const start = this.at;
    if (this.text.charCodeAt(start) === 0x22) {
      if (!this.string()) return false;
      this.out.leaf(form.double, parent, start, this.at);
      return true;
    }
    if (this.#past(literal)) {
      this.out.leaf(form.plain, parent, start, this.at);
      return true;
    }
    this.fail(wrong.value);
    return false;
  }

  #past(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.text)) return false;
    this.at = pattern.lastIndex;
    return true;
  }

  #here(): Span {
    word.lastIndex = this.at;
    const end = word.test(this.text) ? word.lastIndex : Math.min(this.at + 1, this.text.length);
    return { start: Math.min(this.at, end), end };
  }
}

/** Reads `text`; the table is there when there is no problem, or when the problem (a trailing comma) left nothing in doubt. */
export function* jsonSteps(text: string, out: TableBuilder): Steps<JsonText> {
  out.reset();
  const reader = new JsonReader(text, out);
  if (!(yield* valueSteps(reader, -1))) return failed(reader);
  if (reader.peek() !== '') {
    reader.fail(wrong.more);
    return failed(reader);
  }
  const table = out.finish(text);
  return reader.problem === undefined ? { table } : { table, problem: reader.problem };
}

/** Reads a value to its end. Gives false at an error. */
export function* valueSteps(reader: JsonReader, parent: number): Steps<boolean> {
  if (!value(reader, parent)) return false;
  for (let count = 1; reader.open.length > 0; count += 1) {
    if (!entry(reader)) return false;
    if (count % stepEvery === 0) yield;
  }
  return true;
}

function failed({ problem, isHopeless }: JsonReader): JsonText {
  return problem === undefined ? { table: undefined } : { table: undefined, problem, isHopeless };
}

/** Reads one entry of the innermost open map or list, or closes it. Gives false at an error. */
function entry(reader: JsonReader): boolean {
  const frame = reader.open.at(-1);
  if (frame === undefined) return true;
  if (reader.peek() === frame.closer) return close(reader, frame);
  if (!frame.isEmpty) {
    if (!comma(reader, frame)) return false;
    if (reader.peek() === frame.closer) {
      const at = reader.text.lastIndexOf(',', reader.at);
      reader.fail(wrong.lastComma, { start: at, end: at + 1 });
      return close(reader, frame);
    }
  }
  frame.isEmpty = false;
  return (!frame.isMap || key(reader)) && value(reader, frame.row);
}

function comma(reader: JsonReader, frame: Frame): boolean {
  if (reader.peek() === ',') {
    reader.at += 1;
    return true;
  }
  reader.fail(reader.peek() === '' ? wrong.end(frame.closer) : wrong.comma(frame.closer));
  return false;
}

/** Reads a key and its colon. Gives false at an error. */
export function key(reader: JsonReader): boolean {
  if (reader.peek() !== '"') {
    reader.fail(wrong.key);
    return false;
  }
  const start = reader.at;
  if (!reader.string()) return false;
  const end = reader.at;
  reader.out.key(start, end);
  if (reader.peek() !== ':') {
    reader.fail(wrong.colon, { start, end });
    return false;
  }
  reader.at += 1;
  return true;
}

function close(reader: JsonReader, { row }: Frame): boolean {
  reader.at += 1;
  reader.out.close(row, reader.at);
  reader.open.pop();
  return true;
}

/** Reads a scalar whole, or opens a map or a list. Gives false at an error. */
function value(reader: JsonReader, parent: number): boolean {
  const head = reader.peek();
  if (head !== '{' && head !== '[') return reader.scalar(parent);
  if (reader.open.length >= maxDepth) {
    reader.isHopeless = true;
    reader.fail(wrong.depth);
    return false;
  }
  const isMap = head === '{';
  const row = reader.out.open(isMap ? form.flowMap : form.flowList, parent, reader.at);
  reader.at += 1;
  reader.open.push({ row, isMap, closer: isMap ? '}' : ']', isEmpty: true });
  return true;
}
