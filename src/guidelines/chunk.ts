/** A piece of a document that is read by itself, once: a changed text is another chunk. */
import { pieceSteps } from './json-entry';
import { jsonSteps } from './json-reader';
import { Lines } from './lines';
import { packageSteps } from './yaml-package';
import type { Place, Shape } from './split';
import type { Steps } from './steps';
import type { SyntaxProblem } from './syntax-problem';
import { explain } from './syntax-problem';
import type { Table, TableBuilder } from './table';
import { column, form, width } from './table';
import type { SpineNode } from './spine';
import type { Span, TreeNode, Unit } from './tree';
import { NodeStore } from './tree';
import { readYaml } from './yaml-reader';

/**
 * `entry` and `header` are pieces of a map, `preamble` stands before the first, `closer` ends a map of JSON, `whole` is a document that
 * was not cut.
 */
export type ChunkKind = 'entry' | 'header' | 'preamble' | 'closer' | 'whole';

const meantAsJson = /^[\s\uFEFF]*[{[]\s*(?:["}\]]|$)/;
const nothing: Table = { text: '', rows: new Int32Array(0), count: 0, anchors: [], hasAliases: false };

/** Finds what an alias of a chunk names in the chunks before it. */
export type FindAnchor = (name: string, before: Chunk) => TreeNode | undefined;

export class Chunk implements Unit {
  readonly text: string;
  readonly kind: ChunkKind;
  readonly place: Place;
  readonly document: object;
  /** Of a piece of JSON. */
  readonly shape: Shape | undefined;
  readonly #findAnchor: FindAnchor;
  /** Kept up to date by the document. */
  start = 0;
  line = 0;
  /** Where it starts in its line. */
  character = 0;
  index = 0;
  owner: SpineNode | undefined;
  /** The map that a header is the key of. */
  spine: SpineNode | undefined;
  /** Whether it is no longer part of the document. */
  isGone = false;
  problem: SyntaxProblem | undefined;
  /** Where, in its own text, the table may be wrong. */
  broken: readonly Span[] = [];
  nodes = new NodeStore();
  #table: Table | undefined;
  #lines: Lines | undefined;
  #breaks = -1;
  #tail = -1;

  constructor(
    text: string,
    { kind, place, document, shape }: Pick<Chunk, 'kind' | 'place' | 'document' | 'shape'>,
    findAnchor: FindAnchor,
  ) {
    this.text = text;
    this.kind = kind;
    this.place = place;
    this.document = document;
    this.shape = shape;
    this.#findAnchor = findAnchor;
  }

  /** Takes its place behind another; gives whether that is a new one. */
  follow(before: Chunk | undefined, index: number): boolean {
    const start = before === undefined ? 0 : before.start + before.text.length;
    const line = before === undefined ? 0 : before.line + before.breaks;
    const character = before === undefined ? 0 : (before.breaks > 0 ? 0 : before.character) + before.tail;
    if (this.index === index && this.start === start && this.line === line && this.character === character)
      return false;
    this.index = index;
    this.start = start;
    this.line = line;
    this.character = character;
    return true;
  }

  get isRead(): boolean {
    return this.#table !== undefined;
  }

  get table(): Table {
    return this.#table ?? nothing;
  }

  get lines(): Lines {
    return (this.#lines ??= new Lines(this.text));
  }

  /** How many lines end in it. */
  get breaks(): number {
    if (this.#breaks < 0) this.#breaks = this.kind === 'whole' ? this.lines.count - 1 : countFeeds(this.text);
    return this.#breaks;
  }

  /** How much of its text stands on its last line. */
  get tail(): number {
    if (this.#tail >= 0) return this.#tail;
    const start = this.kind === 'whole' ? this.lines.startOf(this.breaks) : this.text.lastIndexOf('\n') + 1;
    return (this.#tail = this.text.length - start);
  }

  /** The entries of the map that it is a part of, or the root of the whole document. */
  get entries(): readonly TreeNode[] {
    const root = this.root;
    if (this.kind === 'whole') return root === undefined ? [] : [root];
    return root?.kind === 'map' ? root.children : [];
  }

  get root(): TreeNode | undefined {
    return this.table.count === 0 ? undefined : this.nodes.at(this, 0);
  }

  anchored(name: string, row: number): TreeNode | undefined {
    const own = this.table.anchors.findLast((one) => one.name === name && one.row < row);
    return own === undefined ? this.#findAnchor(name, this) : this.nodes.at(this, own.row);
  }

  /** Takes the table that another chunk made of the same text. What aliases say depends on more than the text. */
  borrow({ kind, place, problem, broken, table, isRead }: Chunk): void {
    if (this.isRead || !isRead || kind !== this.kind || table.hasAliases) return;
    if (place.indents.at(-1) !== this.place.indents.at(-1) || place.lead !== this.place.lead) return;
    this.#table = table;
    this.problem = problem;
    this.broken = broken;
  }

  /** Makes the table. What can't be read is a problem, never an error. */
  *readSteps(out: TableBuilder): Steps<void> {
    if (this.#table !== undefined) return;
    if (this.kind === 'preamble') this.#table = nothing;
    else if (this.shape !== undefined) yield* this.#readJson(out, this.shape);
    else if (this.kind === 'whole') yield* this.#readWhole(out);
    else yield* this.#readEntry(out);
    if (this.table.hasAliases) this.#checkAliases();
  }

  *#readJson(out: TableBuilder, shape: Shape): Steps<void> {
    const { text, kind, place } = this;
    const { table, problem, broken } = yield* pieceSteps({ text, kind, place, shape }, out);
    this.#table = table;
    this.problem = problem;
    this.broken = broken;
  }

  *#readEntry(out: TableBuilder): Steps<void> {
    if (!this.#readOwn(out)) yield* this.#readWithPackage(out);
  }

  #readOwn(out: TableBuilder): boolean {
    const read = readYaml(this.text, out);
    if (read === undefined) return false;
    const bad = read.patches.filter(({ problem }) => problem !== undefined);
    this.#table = read.table;
    this.broken = bad;
    this.problem = bad[0]?.problem;
    return true;
  }

  *#readWhole(out: TableBuilder): Steps<void> {
    if (!/^[\s\uFEFF]*[{[]/.test(this.text)) return yield* this.#readYaml(out);
    const { table, problem, isHopeless } = yield* jsonSteps(this.text, out);
    if (table !== undefined || isHopeless === true) {
      this.#table = table ?? nothing;
      this.problem = problem;
      return;
    }
    yield* this.#readYaml(out);
    // For text that is meant as JSON its own message is the clearer one; flow YAML such as `{openapi: 3.1.0}` is not.
    if (problem === undefined || !meantAsJson.test(this.text)) return;
    if (this.problem !== undefined) this.broken = [...this.broken, behind(problem.start)];
    this.problem = problem;
  }

  *#readYaml(out: TableBuilder): Steps<void> {
    if (this.text.startsWith('\uFEFF') || !this.#readOwn(out)) yield* this.#readWithPackage(out);
  }

  *#readWithPackage(out: TableBuilder): Steps<void> {
    const { table, errors, problem, certainUntil } = yield* packageSteps(this.text, out);
    this.#table = table;
    this.problem = explain(errors, { text: this.text, lines: this.lines, table }) ?? problem;
    const until = Math.min(certainUntil, this.problem?.start ?? Infinity);
    if (until !== Infinity) this.broken = [behind(until)];
  }

  /** An alias that names nothing keeps what stands behind it from being sure. */
  #checkAliases(): void {
    const { rows, count, text } = this.table;
    for (let row = 0; row < count; row += 1) {
      if (rows[row * width + column.form] !== form.alias) continue;
      const start = rows[row * width + column.start] ?? 0;
      const end = rows[row * width + column.end] ?? 0;
      const name = text.slice(start + 1, end);
      if (this.anchored(name, row) !== undefined) continue;
      const message = `The alias \`*${name}\` names no anchor that stands before it; a value that starts with * needs quotes.`;
      this.problem ??= { message, start, end };
      this.broken = [...this.broken, behind(start)];
      return;
    }
  }
}

const behind = (start: number): Span => ({ start, end: Infinity });

function countFeeds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
