/**
 * The tree of a YAML or JSON text: what the rules see. A node is a place in the table of its unit; what it says is cut from the text
 * when somebody asks. Offsets are UTF-16 code units from the start of the document, as JavaScript counts.
 */
import { looks, looksOf, readBut, readChildren, readCollections, sized } from './children';
import { keyAt } from './keys';
import type { Layout } from './layout';
import { layoutOf } from './layout';
import { internedValue, longestInterned } from './interned';
import type { Form, Table } from './table';
import { column, form, formOf, width } from './table';
import { scalarValue } from './yaml-scalar';

/** Half-open: `end` is the first offset behind it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Scalar = string | number | boolean | null;
export type NodeKind = 'map' | 'list' | 'scalar' | 'alias';
/** How a value is written: `block` is indented YAML (or a `|` or `>` scalar), `flow` is `{…}` and `[…]` and all of JSON. */
export type NodeStyle = 'block' | 'flow' | 'plain' | 'single' | 'double';
export type PathSegment = string | number;

/** A piece of a document that was read by itself. */
export interface Unit {
  readonly table: Table;
  /** Where it starts in the document, at present. */
  readonly start: number;
  readonly nodes: NodeStore;
  /** What holds the entries of this unit; undefined when it holds the whole document. */
  readonly owner: TreeNode | undefined;
  /** Whether it is no longer part of the document. */
  readonly isGone: boolean;
  /** The document that it is a piece of, to be told from others. */
  readonly document: object;
  /** The value that an anchor before `row` names. */
  anchored(name: string, row: number): TreeNode | undefined;
}

const kinds: readonly NodeKind[] = ['map', 'map', 'list', 'list', 'alias'];
const styles: readonly NodeStyle[] = [
  'block',
  'flow',
  'block',
  'flow',
  'plain',
  'plain',
  'single',
  'double',
  'block',
  'block',
];
const long = 4096;
const longValues = new WeakMap<TreeNode, { readonly value: Scalar }>();
const mergeDepth = 8;
const farOff = 12;

/** The nodes of a unit: each row has one, made when it is first met. */
export class NodeStore {
  #nodes: (TreeNode | undefined)[] | undefined;

  at(unit: Unit, row: number): TreeNode {
    // As long as it will be: an array that grows is copied over and over.
    this.#nodes ??= sized<TreeNode | undefined>(unit.table.count);
    return (this.#nodes[row] ??= new TreeNode(unit, row));
  }
}

/** One value of the tree with the key that it stands under. Entries of a list have no key. */
export class TreeNode implements Span {
  readonly unit: Unit;
  readonly row: number;
  readonly table: Table;
  #key: string | undefined;
  #children: readonly TreeNode[] | undefined;
  #layout: Layout | undefined;
  /** What a short plain scalar says. */
  #value: Scalar | undefined;

  constructor(unit: Unit, row: number) {
    this.unit = unit;
    this.row = row;
    this.table = unit.table;
  }

  get form(): Form {
    return formOf(this.#cell(column.form));
  }

  get kind(): NodeKind {
    return kinds[this.#cell(column.form)] ?? 'scalar';
  }

  /** Whether this is a map or a list. */
  get isCollection(): boolean {
    return this.form < form.alias;
  }

  get style(): NodeStyle {
    return styles[this.#cell(column.form)] ?? 'plain';
  }

  get start(): number {
    return this.unit.start + this.#cell(column.start);
  }

  get end(): number {
    return this.unit.start + this.#cell(column.end);
  }

  /** The text of the value as it is written. */
  get source(): string {
    return this.table.text.slice(this.#cell(column.start), this.#cell(column.end));
  }

  /** The key of a map's entry. */
  get key(): string | undefined {
    if (this.#cell(column.keyStart) < 0) return undefined;
    return (this.#key ??= keyAt(this.table, this.row));
  }

  get keySpan(): Span | undefined {
    const start = this.#cell(column.keyStart);
    if (start < 0) return undefined;
    return { start: this.unit.start + start, end: this.unit.start + this.#cell(column.keyEnd) };
  }

  get parent(): TreeNode | undefined {
    const row = this.#cell(column.parent);
    const { owner } = this.unit;
    // The entries of a unit stand in what owns it, not in the map that holds them there.
    if (row <= 0 && owner !== undefined) return owner;
    return row < 0 ? undefined : this.unit.nodes.at(this.unit, row);
  }

  /** What an alias stands for. */
  get target(): TreeNode | undefined {
    if (this.#cell(column.form) !== form.alias) return undefined;
    return this.unit.anchored(this.source.slice(1), this.row)?.actual;
  }

  get value(): Scalar {
    return this.#value === undefined ? this.#readValue() : this.#value;
  }

  #readValue(): Scalar {
    const what = this.form;
    if (what <= form.alias) return null;
    const { table } = this;
    const made = table.made?.values.get(this.row);
    if (made !== undefined) return made;
    const start = this.#cell(column.start);
    const end = this.#cell(column.end);
    if (what === form.plain && end - start <= longestInterned) {
      const value = internedValue(table.text, start, end);
      if (typeof value !== 'string' || !value.includes('\n')) return (this.#value = value);
    }
    const indent = this.#cell(column.indent);
    if (end - start < long) return scalarValue(what, table.text.slice(start, end), indent);
    // What takes long to read is read once, however many rules ask.
    const known = longValues.get(this) ?? { value: scalarValue(what, table.text.slice(start, end), indent) };
    longValues.set(this, known);
    return known.value;
  }

  /** Entries of a map or items of a list, in the order in which they are written; an alias has none of its own. */
  get children(): readonly TreeNode[] {
    return (this.#children ??= readChildren(this.unit, this.row));
  }

  /** The children that are maps or lists: the others do not become nodes for that. */
  get collections(): readonly TreeNode[] {
    return readCollections(this.unit, this.row);
  }

  /** The children but those that look as is said for their place (`looks`): the others do not become nodes for that. */
  childrenBut(settled: readonly number[]): readonly TreeNode[] {
    return readBut(this, settled);
  }

  /** The keys of the entries of a map, in order. */
  get keys(): readonly string[] {
    return this.layout.keys;
  }

  /** The keys of a map, and where they stand; empty for anything else. */
  get layout(): Layout {
    return (this.#layout ??= layoutOf(this.table, this.row));
  }

  /** Whether this is a string: mostly that is seen without reading it. */
  get isString(): boolean {
    return looksOf(this.table, this.row) === looks.text || typeof this.value === 'string';
  }

  /** The string that this is, or undefined when it is anything else. */
  get string(): string | undefined {
    const { value } = this;
    return typeof value === 'string' ? value : undefined;
  }

  /** The node that an alias stands for, else the node itself. */
  get actual(): TreeNode {
    return this.target ?? this;
  }

  /** The entry of a map under `key`, looking through aliases and YAML merges (`<<`); undefined when there is none. */
  get(key: string): TreeNode | undefined {
    return this.find(key, mergeDepth);
  }

  /** The string under `key`, if there is one. */
  stringAt(key: string): string | undefined {
    return this.get(key)?.actual.string;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  /** The entries of the map, or the items of the list, under `key`. */
  childrenOf(key: string): readonly TreeNode[] {
    return this.get(key)?.actual.children ?? [];
  }

  /** Keys and indexes from the root to here. */
  get path(): readonly PathSegment[] {
    return pathOf(this);
  }

  /** The entry under a key, with at most `depth` aliases and merges in between. */
  find(key: string, depth: number): TreeNode | undefined {
    const what = this.form;
    if (what === form.alias) return depth > 0 ? this.target?.find(key, depth - 1) : undefined;
    if (what > form.flowMap) return undefined;
    const own = this.own(key);
    if (own !== undefined || depth === 0 || !this.mayMerge) return own;
    return this.#merged(key, depth - 1);
  }

  /** The entry under a key of what is merged in. */
  #merged(key: string, depth: number): TreeNode | undefined {
    const merged = this.own('<<');
    if (merged === undefined) return undefined;
    for (const source of merged.kind === 'list' ? merged.children : [merged]) {
      const found = source.find(key, depth);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Whether anything can be merged in here, or this stands for something else: then there may be more than its own keys. */
  get mayMerge(): boolean {
    return this.layout.placeOf('<<') >= 0 || this.form === form.alias;
  }

  /** The entry that is written under a key here. */
  protected own(key: string): TreeNode | undefined {
    const place = this.layout.placeOf(key);
    if (place < 0) return undefined;
    if (this.#children !== undefined || place >= farOff) return this.children[place];
    const { rows } = this.table;
    let row = this.row + 1;
    for (let at = 0; at < place; at += 1) row = rows[row * width + column.next] ?? row;
    return this.unit.nodes.at(this.unit, row);
  }

  /** Whether this is a scalar that says `text`, a word that is no number, truth or nothing; most need not be cut out for that. */
  says(text: string): boolean {
    const start = this.#cell(column.start);
    const size = this.#cell(column.end) - start;
    const what = this.form;
    if (this.table.made !== undefined || what > form.double) return this.string === text;
    if (what < form.plain) return false;
    if (what === form.plain) return size === text.length && this.table.text.startsWith(text, start);
    return size === text.length + 2
      ? this.table.text.startsWith(text, start + 1)
      : size > text.length && this.string === text;
  }

  #cell(which: number): number {
    return this.table.rows[this.row * width + which] ?? -1;
  }
}

function pathOf(node: TreeNode): readonly PathSegment[] {
  const path: PathSegment[] = [];
  let below = node;
  for (let above = below.parent; above !== undefined; above = below.parent) {
    path.push(below.key ?? above.children.indexOf(below));
    below = above;
  }
  return path.toReversed();
}
