/**
 * The one door from text to tree, and the only file of this room that knows the `yaml` package. A faster reader takes its place here
 * and nowhere else.
 */
import type { Node as YamlNode, Scalar as YamlScalar, YAMLMap, YAMLParseError, YAMLSeq } from 'yaml';
import { Composer, Lexer, Parser, isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Document } from 'yaml';
import { messageOf } from '../base/errors';
import type { JsonProblem } from './json-reader';
import { jsonSteps } from './json-reader';
import { Lines } from './lines';
import type { Steps } from './steps';
import type { NodeInit, NodeStyle, Scalar, Span } from './tree';
import { TreeNode } from './tree';

/** Something that keeps the text from being read. */
export interface SyntaxProblem extends Span {
  readonly message: string;
}

export interface SpecText {
  readonly text: string;
  readonly lines: Lines;
  /** What could be read; behind the first problem it may be wrong. */
  readonly root: TreeNode | undefined;
  /** The first problem is the one to tell; the others mostly follow from it. */
  readonly problem: SyntaxProblem | undefined;
}

const maxDepth = 500;
const stepEvery = 1024;

/** Reads YAML or JSON. Never throws: what can't be read is a problem in the result. */
export function* readSteps(text: string): Steps<SpecText> {
  const lines = new Lines(text);
  const json = /^[\s\uFEFF]*[{[]/.test(text) ? yield* jsonSteps(text) : undefined;
  if (json?.root !== undefined) return { text, lines, root: json.root, problem: json.problem };
  const yaml = yield* yamlSteps(text, lines);
  return { text, lines, root: yaml.root, problem: yaml.problem && chosen(text, yaml.problem, json?.problem) };
}

/** For text that looks like JSON its own message is clearer than YAML's; flow YAML such as `{openapi: 3.1.0}` does not. */
function chosen(text: string, yaml: SyntaxProblem, json: JsonProblem | undefined): SyntaxProblem {
  return json !== undefined && /^[\s\uFEFF]*[{[]\s*(?:["}\]]|$)/.test(text) ? json : yaml;
}

interface YamlText {
  readonly root: TreeNode | undefined;
  readonly problem: SyntaxProblem | undefined;
}

function* yamlSteps(text: string, lines: Lines): Steps<YamlText> {
  try {
    const document = yield* composeSteps(text);
    const builder = new Builder();
    const root = document?.contents ? builder.build(document.contents) : undefined;
    const error = firstOf(document?.errors ?? []);
    const problem = builder.problem ?? (error && describe(error, text, lines));
    return { root, problem };
  } catch (error) {
    // The composer is recursive: nesting that no stack holds ends here.
    if (!(error instanceof RangeError)) throw error;
    return { root: undefined, problem: { message: tooDeep(messageOf(error)), start: 0, end: 1 } };
  }
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

function firstOf(errors: readonly YAMLParseError[]): YAMLParseError | undefined {
  return errors.toSorted((a, b) => a.pos[0] - b.pos[0])[0];
}

const explanations: Readonly<Partial<Record<YAMLParseError['code'], string>>> = {
  TAB_AS_INDENT: 'YAML is indented with spaces: this tab has to go.',
  BAD_INDENT:
    'This line is indented differently from the entries beside it; YAML reads structure from the indentation.',
  BLOCK_AS_IMPLICIT_KEY:
    'A value that starts here can’t stand on the same line as its key; move it to a line of its own or quote it.',
  MULTILINE_IMPLICIT_KEY:
    'This line has no colon behind its key, so YAML reads it together with the next one.',
  BAD_ALIAS: 'This alias names no anchor that stands before it.',
  MISSING_CHAR: 'Something is missing here',
};

function describe(error: YAMLParseError, text: string, lines: Lines): SyntaxProblem {
  const marker = /^(?:<{7}|={7}|>{7})(?: .*)?$/m.exec(text);
  if (marker !== null && /^<{7} /m.test(text))
    return {
      message: 'A merge conflict is left in this file: settle it and take its markers away.',
      start: marker.index,
      end: marker.index + marker[0].length,
    };
  return { message: messageFor(error), ...within(error.pos, lines, text) };
}

function messageFor(error: YAMLParseError): string {
  const own = explanations[error.code];
  if (own !== undefined && error.code !== 'MISSING_CHAR') return own;
  return `This YAML can't be read here: ${error.message.replace(/\.$/, '')}.`;
}

/** A problem is shown on one line, and is at least one character wide where the line allows it. */
function within(pos: readonly [number, number], lines: Lines, text: string): Span {
  const start = Math.min(pos[0], text.length);
  const line = lines.lineOf(start);
  const end = Math.min(Math.max(pos[1], start + 1), Math.max(lines.endOf(line), start));
  if (end > start) return { start, end };
  const first = lines.startOf(line);
  return { start: Math.max(first, start - 1), end: start };
}

type Place = Pick<NodeInit, 'parent' | 'key' | 'keySpan'>;

/** Turns the package's nodes into ours. Aliases stay aliases: nothing is copied, so an alias bomb is as small as its text. */
class Builder {
  readonly #anchors = new Map<string, TreeNode>();
  problem: SyntaxProblem | undefined;

  build(node: unknown, place: Place = {}, depth = 0): TreeNode | undefined {
    const { start, end } = rangeOf(node) ?? emptyAt(place.keySpan?.end ?? 0);
    if (depth > maxDepth) {
      this.problem ??= { message: tooDeep(`more than ${maxDepth} levels`), start, end: start + 1 };
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
      const keySpan = rangeOf(key) ?? emptyAt(init.start);
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
function rangeOf(node: unknown): Span | undefined {
  return isNode(node) && node.range ? { start: node.range[0], end: node.range[1] } : undefined;
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
