/**
 * Reads JSON (RFC 8259, and comments as editors allow them in `jsonc`) into the tree, fast and with exact offsets. It reads whole and
 * sound text only: at the first error it gives up and says where, and `document.ts` lets the YAML reader recover what it can.
 */
import type { Steps } from './steps';
import type { Scalar, Span } from './tree';
import { TreeNode } from './tree';

export interface JsonProblem extends Span {
  readonly message: string;
}

export interface JsonText {
  readonly root: TreeNode | undefined;
  readonly problem?: JsonProblem;
  /** Whether no other reader should try: it would drown in the nesting. */
  readonly isHopeless?: boolean;
}

const maxDepth = 500;
const stepEvery = 2048;
const literal = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const blank = /(?:[ \t\r\n\uFEFF]+|\/\/[^\n\r]*|\/\*[^]*?\*\/)*/y;
const anyString = /"[^"\\]*(?:\\[^][^"\\]*)*"/y;
/** Escapes have to be undone; control characters are not allowed (RFC 8259, section 7). */
const needsCare = /[\\\p{Cc}]/u;
const word = /[\p{L}\p{N}_$.+-]+/uy;

interface Token extends Span {
  readonly value: Scalar;
}

/** What stands open: a map or a list, and what it waits for. */
interface Frame {
  readonly node: TreeNode;
  readonly closer: '}' | ']';
}

class Reader {
  readonly text: string;
  at = 0;
  problem: JsonProblem | undefined;
  isHopeless = false;

  constructor(text: string) {
    this.text = text;
  }

  /** The next character that is neither blank nor in a comment, or '' at the end. */
  peek(): string {
    blank.lastIndex = this.at;
    blank.exec(this.text);
    this.at = blank.lastIndex;
    return this.text[this.at] ?? '';
  }

  fail(message: string, span?: Span): undefined {
    this.problem ??= { message, ...(span ?? this.#here()) };
    return undefined;
  }

  string(): Token | undefined {
    const start = this.at;
    const found = this.#match(anyString);
    const value = found === undefined ? undefined : stringValue(found);
    if (value !== undefined) return { start, end: this.at, value };
    const line = this.text.slice(start).search(/[\r\n]|$/);
    return this.fail('This string has no end, or holds a character that JSON wants escaped.', {
      start,
      end: start + line,
    });
  }

  scalar(): Token | undefined {
    if (this.text[this.at] === '"') return this.string();
    const start = this.at;
    const found = this.#match(literal);
    if (found === undefined || this.#match(word) !== undefined) {
      this.at = start;
      return this.fail(
        'JSON wants a value here: an object, an array, a string in double quotes, a number, true, false or null.',
      );
    }
    return { start, end: this.at, value: literalValue(found) };
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return undefined;
    this.at = pattern.lastIndex;
    return found[0];
  }

  #here(): Span {
    word.lastIndex = this.at;
    const end = word.test(this.text) ? word.lastIndex : Math.min(this.at + 1, this.text.length);
    return { start: Math.min(this.at, end), end };
  }
}

/** What a string in quotes says; undefined when JSON does not allow it. */
function stringValue(quoted: string): string | undefined {
  if (!needsCare.test(quoted)) return quoted.slice(1, -1);
  try {
    return String(JSON.parse(quoted));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function literalValue(text: string): Scalar {
  if (text === 'true') return true;
  if (text === 'false') return false;
  return text === 'null' ? null : Number(text);
}

/** Reads `text`; the tree is there when there is no problem, or when the problem (a trailing comma) left nothing in doubt. */
export function* jsonSteps(text: string): Steps<JsonText> {
  const reader = new Reader(text);
  const open: Frame[] = [];
  const root = value(reader, open, undefined, undefined);
  for (let count = 1; root !== undefined && open.length > 0; count += 1) {
    if (!entry(reader, open)) return failed(reader);
    if (count % stepEvery === 0) yield;
  }
  if (root === undefined) return failed(reader);
  if (reader.peek() !== '') {
    reader.fail('JSON ends before this: the document is one value.');
    return failed(reader);
  }
  return reader.problem === undefined ? { root } : { root, problem: reader.problem };
}

function failed({ problem, isHopeless }: Reader): JsonText {
  return problem === undefined ? { root: undefined } : { root: undefined, problem, isHopeless };
}

/** Reads one entry of the innermost open map or list, or closes it. Gives false at an error. */
function entry(reader: Reader, open: Frame[]): boolean {
  const frame = open.at(-1);
  if (frame === undefined) return true;
  const isFirst = frame.node.children.length === 0;
  if (reader.peek() === frame.closer) return close(reader, open, frame);
  if (!isFirst && !comma(reader, frame)) return false;
  if (reader.peek() === frame.closer) {
    if (isFirst) return close(reader, open, frame);
    const at = reader.text.lastIndexOf(',', reader.at);
    reader.fail('JSON allows no comma behind the last entry.', { start: at, end: at + 1 });
    return close(reader, open, frame);
  }
  if (frame.node.kind === 'list') return value(reader, open, frame.node, undefined) !== undefined;
  const key = keyOf(reader);
  return key !== undefined && value(reader, open, frame.node, key) !== undefined;
}

function comma(reader: Reader, frame: Frame): boolean {
  if (reader.peek() === ',') {
    reader.at += 1;
    return true;
  }
  const end = frame.closer === '}' ? 'object' : 'array';
  reader.fail(
    reader.peek() === ''
      ? `The text ends inside of an ${end}: a ${frame.closer} is missing.`
      : `JSON wants a comma before this entry, or ${frame.closer} to end the ${end}.`,
  );
  return false;
}

function keyOf(reader: Reader): Token | undefined {
  if (reader.peek() !== '"') return reader.fail('JSON wants a key in double quotes here.');
  const key = reader.string();
  if (key === undefined) return undefined;
  if (reader.peek() !== ':') return reader.fail('JSON wants a colon behind this key.', key);
  reader.at += 1;
  return key;
}

function close(reader: Reader, open: Frame[], frame: Frame): boolean {
  reader.at += 1;
  frame.node.close(reader.at);
  open.pop();
  return true;
}

/** Reads a scalar whole, or opens a map or a list. */
function value(reader: Reader, open: Frame[], parent?: TreeNode, key?: Token): TreeNode | undefined {
  const head = reader.peek();
  const place = {
    parent,
    key: key === undefined ? undefined : String(key.value),
    keySpan: key === undefined ? undefined : { start: key.start, end: key.end },
  };
  if (head !== '{' && head !== '[') {
    const token = reader.scalar();
    if (token === undefined) return undefined;
    return attach(
      new TreeNode({
        kind: 'scalar',
        style: typeof token.value === 'string' ? 'double' : 'plain',
        ...token,
        ...place,
      }),
    );
  }
  if (open.length >= maxDepth) {
    reader.isHopeless = true;
    return reader.fail(`This is nested deeper than ${maxDepth} levels, which no API description needs.`);
  }
  const kind = head === '{' ? 'map' : 'list';
  const node = attach(new TreeNode({ kind, style: 'flow', start: reader.at, end: reader.at, ...place }));
  reader.at += 1;
  open.push({ node, closer: head === '{' ? '}' : ']' });
  return node;
}

function attach(node: TreeNode): TreeNode {
  node.parent?.append(node);
  return node;
}
