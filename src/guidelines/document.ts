/**
 * The one door from text to tree, and the only file of this room that knows the `yaml` package. A faster reader takes its place here
 * and nowhere else.
 */
import type { Node as YamlNode, Scalar as YamlScalar, YAMLMap, YAMLSeq } from 'yaml';
import { Composer, Lexer, Parser, isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Document } from 'yaml';
import { messageOf } from '../base/errors';
import { jsonSteps } from './json-reader';
import { Lines } from './lines';
import type { Steps } from './steps';
import type { ReaderError, SyntaxProblem } from './syntax-problem';
import { explain } from './syntax-problem';
import type { NodeInit, NodeStyle, Scalar, Span } from './tree';
import { TreeNode } from './tree';

export interface SpecText {
  readonly text: string;
  readonly lines: Lines;
  readonly root: TreeNode | undefined;
  /** The first problem is the one to tell; the others mostly follow from it. */
  readonly problem: SyntaxProblem | undefined;
  /** Up to here the tree is what the text says; `Infinity` for a text that could be read to its end. */
  readonly certainUntil: number;
}

const maxDepth = 500;
const stepEvery = 1024;
const meantAsJson = /^[\s\uFEFF]*[{[]\s*(?:["}\]]|$)/;

/** Reads YAML or JSON. Never throws: what can't be read is a problem in the result. */
export function* readSteps(text: string): Steps<SpecText> {
  const lines = new Lines(text);
  const json = /^[\s\uFEFF]*[{[]/.test(text) ? yield* jsonSteps(text) : undefined;
  if (json?.root !== undefined)
    return { text, lines, root: json.root, problem: json.problem, certainUntil: Infinity };
  if (json?.isHopeless === true)
    return { text, lines, root: undefined, problem: json.problem, certainUntil: 0 };
  const yaml = yield* yamlSteps(text, lines);
  // For text that is meant as JSON its own message is the clearer one; flow YAML such as `{openapi: 3.1.0}` is not.
  const problem = json !== undefined && meantAsJson.test(text) ? json.problem : yaml.problem;
  const trusted = yaml.problem === undefined ? Infinity : (problem?.start ?? 0);
  return { text, lines, root: yaml.root, problem, certainUntil: Math.min(yaml.certainUntil, trusted) };
}

type YamlText = Pick<SpecText, 'root' | 'problem' | 'certainUntil'>;

function* yamlSteps(text: string, lines: Lines): Steps<YamlText> {
  try {
    // Offsets are to be those of the text with its byte order mark.
    const shift = text.startsWith('\uFEFF') ? 1 : 0;
    const document = yield* composeSteps(text.slice(shift));
    return build(document, shift, { text, lines });
  } catch (error) {
    // The composer is recursive: nesting that no stack holds ends here.
    if (!(error instanceof RangeError)) throw error;
    const problem = { message: tooDeep(messageOf(error)), start: 0, end: 1 };
    return { root: undefined, problem, certainUntil: 0 };
  }
}

function build(
  document: Document | undefined,
  shift: number,
  read: Pick<SpecText, 'text' | 'lines'>,
): YamlText {
  const builder = new Builder(shift);
  const root = document?.contents ? builder.build(document.contents) : undefined;
  const errors = shifted(document?.errors ?? [], shift);
  const told = explain(errors, { ...read, root });
  const certainUntil = Math.min(
    builder.certainUntil,
    ...[told?.start, errors[0]?.pos[0]].map((one) => one ?? Infinity),
  );
  return { root, problem: told ?? builder.problem, certainUntil };
}

function shifted(errors: readonly ReaderError[], shift: number): readonly ReaderError[] {
  return errors
    .map(({ code, message, pos }): ReaderError => ({ code, message, pos: [pos[0] + shift, pos[1] + shift] }))
    .toSorted((a, b) => a.pos[0] - b.pos[0]);
}

const tooDeep = (why: string): string =>
  `This text is nested deeper than any API description needs, so it is not read (${why}).`;

/** Lexing and parsing are two thirds of the work and stop often; composing does not stop. Only the first document of a stream is read. */
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

type Place = Pick<NodeInit, 'parent' | 'key' | 'keySpan'>;

/** Turns the package's nodes into ours. Aliases stay aliases: nothing is copied, so an alias bomb is as small as its text. */
class Builder {
  readonly #shift: number;
  readonly #anchors = new Map<string, TreeNode>();
  problem: SyntaxProblem | undefined;
  certainUntil = Infinity;

  constructor(shift: number) {
    this.#shift = shift;
  }

  build(node: unknown, place: Place = {}, depth = 0): TreeNode | undefined {
    const { start, end } = rangeOf(node, this.#shift) ?? emptyAt(place.keySpan?.end ?? 0);
    if (depth > maxDepth) {
      this.problem ??= { message: tooDeep(`more than ${maxDepth} levels`), start, end: start + 1 };
      this.certainUntil = Math.min(this.certainUntil, start);
      return undefined;
    }
    const init = { ...place, start, end };
    if (isMap(node)) return this.#map(node, init, depth);
    if (isSeq(node)) return this.#list(node, init, depth);
    if (isAlias(node)) return this.#alias(node.source, init);
    return this.#anchored(node, this.#scalar(isScalar(node) ? node : undefined, init));
  }

  #alias(anchor: string, init: Place & Span): TreeNode {
    const target = this.#anchors.get(anchor)?.actual;
    if (target === undefined)
      this.problem ??= {
        message: `The alias \`*${anchor}\` names no anchor that stands before it; a value that starts with * needs quotes.`,
        start: init.start,
        end: init.end,
      };
    return attach(new TreeNode({ kind: 'alias', style: 'plain', target, ...init }));
  }

  #scalar(scalar: YamlScalar | undefined, init: Place & Span): TreeNode {
    const value = valueOf(scalar);
    return attach(new TreeNode({ kind: 'scalar', style: styleOf(scalar), value, ...init }));
  }

  #map(map: YAMLMap<unknown, unknown>, init: Place & Span, depth: number): TreeNode {
    const made = new TreeNode({ kind: 'map', style: map.flow === true ? 'flow' : 'block', ...init });
    this.#anchored(map, attach(made));
    for (const { key, value } of map.items) {
      const keySpan = rangeOf(key, this.#shift) ?? emptyAt(init.start);
      this.build(value, { parent: made, key: keyText(key), keySpan }, depth + 1);
    }
    return made;
  }

  #list(list: YAMLSeq<unknown>, init: Place & Span, depth: number): TreeNode {
    const made = new TreeNode({ kind: 'list', style: list.flow === true ? 'flow' : 'block', ...init });
    this.#anchored(list, attach(made));
    for (const item of list.items) this.build(item, { parent: made }, depth + 1);
    return made;
  }

  #anchored(node: unknown, made: TreeNode): TreeNode {
    if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined)
      this.#anchors.set(node.anchor, made);
    return made;
  }
}

function attach(node: TreeNode): TreeNode {
  node.parent?.append(node);
  return node;
}

function isNode(value: unknown): value is YamlNode {
  return isMap(value) || isSeq(value) || isScalar(value) || isAlias(value);
}

/** Where a node's own text stands, without what only follows it. */
function rangeOf(node: unknown, shift: number): Span | undefined {
  return isNode(node) && node.range
    ? { start: node.range[0] + shift, end: node.range[1] + shift }
    : undefined;
}

const emptyAt = (offset: number): Span => ({ start: offset, end: offset });

/** A key as it is written (`200`, not the number), since OpenAPI's keys are strings. */
function keyText(key: unknown): string {
  if (isScalar(key)) return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
  return isAlias(key) ? `*${key.source}` : '';
}

const styles: Readonly<Record<string, NodeStyle>> = {
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_FOLDED: 'block',
  BLOCK_LITERAL: 'block',
};

function styleOf(scalar: YamlScalar | undefined): NodeStyle {
  return styles[scalar?.type ?? ''] ?? 'plain';
}

function valueOf(scalar: YamlScalar | undefined): Scalar {
  const value: unknown = scalar?.value;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  // Whole numbers of any size; the core schema has no other types.
  return typeof value === 'bigint' ? String(value) : null;
}
