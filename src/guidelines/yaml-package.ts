/**
 * The one door to the `yaml` package: it reads what our own reader leaves to it (tags, complex keys, several documents), and tells what
 * is wrong with a text that is no sound YAML, keeping what can be kept of it.
 */
import type { Document, Node as YamlNode, Scalar as YamlScalar, YAMLMap, YAMLSeq } from 'yaml';
import { Composer, Lexer, Parser, isAlias, isMap, isScalar, isSeq } from 'yaml';
import { messageOf } from '../base/errors';
import type { Steps } from './steps';
import type { SyntaxProblem } from './syntax-problem';
import type { ReaderError } from './syntax-problem';
import type { Form, Table, TableBuilder } from './table';
import { form } from './table';
import type { Scalar, Span } from './tree';

export interface YamlText {
  readonly table: Table;
  /** In the order of the text. */
  readonly errors: readonly ReaderError[];
  readonly problem: SyntaxProblem | undefined;
  /** Up to here the table is what the text says. */
  readonly certainUntil: number;
}

const maxDepth = 500;
const stepEvery = 1024;

/** Reads a text; of several documents the first. Never throws: what can't be read is an error in the result. */
export function* packageSteps(text: string, out: TableBuilder): Steps<YamlText> {
  out.reset();
  try {
    // Offsets are to be those of the text with its byte order mark.
    const shift = text.startsWith('\uFEFF') ? 1 : 0;
    const document = yield* composeSteps(text.slice(shift));
    return build(document, { text, shift, out });
  } catch (error) {
    // The composer is recursive: nesting that no stack holds ends here.
    if (!(error instanceof RangeError)) throw error;
    out.reset();
    const problem = { message: tooDeep(messageOf(error)), start: 0, end: 1 };
    return { table: out.finish(text), errors: [], problem, certainUntil: 0 };
  }
}

function build(
  document: Document | undefined,
  { text, shift, out }: { readonly text: string; readonly shift: number; readonly out: TableBuilder },
): YamlText {
  const builder = new Builder(shift, out);
  if (document?.contents) builder.build(document.contents, -1, 0);
  const errors = shifted(document?.errors ?? [], shift);
  const certainUntil = Math.min(builder.certainUntil, errors[0]?.pos[0] ?? Infinity);
  return { table: out.finish(text), errors, problem: builder.problem, certainUntil };
}

function shifted(errors: readonly ReaderError[], shift: number): readonly ReaderError[] {
  return errors
    .map(({ code, message, pos }): ReaderError => ({ code, message, pos: [pos[0] + shift, pos[1] + shift] }))
    .toSorted((a, b) => a.pos[0] - b.pos[0]);
}

const tooDeep = (why: string): string =>
  `This text is nested deeper than any API description needs, so it is not read (${why}).`;

/** Lexing and parsing are two thirds of the work and stop often; composing does not stop. */
function* composeSteps(text: string): Steps<Document | undefined> {
  const parser = new Parser();
  // Duplicate keys are a rule of our own: the package compares each key with every other.
  const composer = new Composer({ uniqueKeys: false, logLevel: 'silent', version: '1.2' });
  let count = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) for (const document of composer.next(token)) return document;
    count += 1;
    if (count % stepEvery === 0) yield;
  }
  for (const token of parser.end()) for (const document of composer.next(token)) return document;
  for (const document of composer.end(true, text.length)) return document;
  return undefined;
}

/** Turns the package's nodes into rows. Aliases stay aliases: nothing is copied, so an alias bomb is as small as its text. */
class Builder {
  readonly #shift: number;
  readonly #out: TableBuilder;
  problem: SyntaxProblem | undefined;
  certainUntil = Infinity;

  constructor(shift: number, out: TableBuilder) {
    this.#shift = shift;
    this.#out = out;
  }

  build(node: unknown, parent: number, empty: number): void {
    this.#build(node, parent, empty, 0);
  }

  #build(node: unknown, parent: number, empty: number, depth: number): void {
    const { start, end } = rangeOf(node, this.#shift) ?? { start: empty, end: empty };
    if (depth > maxDepth) {
      this.problem ??= { message: tooDeep(`more than ${maxDepth} levels`), start, end: start + 1 };
      this.certainUntil = Math.min(this.certainUntil, start);
      this.#out.leaf(form.plain, parent, start, start);
      return;
    }
    const row = this.#out.open(formOf(node), parent, start);
    const anchor = anchorOf(node);
    if (anchor !== undefined) this.#out.anchor(anchor, row);
    if (isMap(node)) this.#entries(node, row, depth);
    else if (isSeq(node)) for (const item of node.items) this.#build(item, row, start, depth + 1);
    else if (!isAlias(node)) this.#out.make(row, undefined, valueOf(isScalar(node) ? node : undefined));
    this.#out.close(row, end);
  }

  #entries(map: YAMLMap<unknown, unknown>, row: number, depth: number): void {
    for (const { key, value } of map.items) {
      const span = rangeOf(key, this.#shift) ?? {
        start: empty(map, this.#shift),
        end: empty(map, this.#shift),
      };
      this.#out.make(this.#out.count, keyText(key), undefined);
      this.#out.key(span.start, span.end);
      this.#build(value, row, span.end, depth + 1);
    }
  }
}

const empty = (map: YAMLMap<unknown, unknown>, shift: number): number => (map.range?.[0] ?? 0) + shift;

function formOf(node: unknown): Form {
  if (isMap(node)) return isFlow(node) ? form.flowMap : form.blockMap;
  if (isSeq(node)) return isFlow(node) ? form.flowList : form.blockList;
  if (isAlias(node)) return form.alias;
  return (isScalar(node) ? scalarForms[node.type ?? ''] : undefined) ?? form.plain;
}

const anchorOf = (node: unknown): string | undefined =>
  isMap(node) || isSeq(node) || isScalar(node) ? node.anchor : undefined;

const isFlow = (node: YAMLMap<unknown, unknown> | YAMLSeq<unknown>): boolean => node.flow === true;

const scalarForms: Readonly<Record<string, Form>> = {
  QUOTE_SINGLE: form.single,
  QUOTE_DOUBLE: form.double,
  BLOCK_FOLDED: form.folded,
  BLOCK_LITERAL: form.literal,
};

function isNode(value: unknown): value is YamlNode {
  return isMap(value) || isSeq(value) || isScalar(value) || isAlias(value);
}

/** Where a node's own text stands, without what only follows it. */
function rangeOf(node: unknown, shift: number): Span | undefined {
  return isNode(node) && node.range
    ? { start: node.range[0] + shift, end: node.range[1] + shift }
    : undefined;
}

/** A key as it is written (`200`, not the number), since OpenAPI's keys are strings. */
function keyText(key: unknown): string {
  if (isScalar(key)) return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
  return isAlias(key) ? `*${key.source}` : '';
}

function valueOf(scalar: YamlScalar | undefined): Scalar {
  const value: unknown = scalar?.value;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  // Whole numbers of any size; the core schema has no other types.
  return typeof value === 'bigint' ? String(value) : null;
}
