/**
 * A text as a flat table: eight numbers for each value, in the order of the text, and no string or object before somebody asks. All
 * offsets are UTF-16 code units from the start of the text that the table was read from.
 */
import type { Scalar } from './tree';

/** How a value is written; all the readers agree on these numbers. */
export const form = {
  blockMap: 0,
  flowMap: 1,
  blockList: 2,
  flowList: 3,
  alias: 4,
  plain: 5,
  single: 6,
  double: 7,
  literal: 8,
  folded: 9,
} as const;
export type Form = (typeof form)[keyof typeof form];

/** Columns of a row. */
export const column = {
  form: 0,
  /** -1 for what has no key. */
  keyStart: 1,
  keyEnd: 2,
  start: 3,
  end: 4,
  /** The row of the map or list that holds this one; -1 for the first. */
  parent: 5,
  /** The first row behind this one and all that is in it. */
  next: 6,
  /** The indentation of the content of a block scalar. */
  indent: 7,
} as const;
export const width = 8;

export interface Anchor {
  readonly name: string;
  readonly row: number;
}

/** What a slice of the text can't say: what another reader made of it. */
export interface Made {
  readonly keys: ReadonlyMap<number, string>;
  readonly values: ReadonlyMap<number, Scalar>;
}

export interface Table {
  readonly text: string;
  readonly rows: Int32Array;
  readonly count: number;
  readonly anchors: readonly Anchor[];
  readonly hasAliases: boolean;
  readonly made?: Made;
}

const firstCapacity = 64;

/** Collects rows; one builder serves many texts, so that its space is got once. */
export class TableBuilder {
  #rows = new Int32Array(firstCapacity * width);
  #anchors: Anchor[] = [];
  #hasAliases = false;
  #keys = new Map<number, string>();
  #values = new Map<number, Scalar>();
  #keyStart = -1;
  #keyEnd = -1;
  count = 0;

  /** The key of the row that is added next. */
  key(start: number, end: number): void {
    this.#keyStart = start;
    this.#keyEnd = end;
  }

  /** Adds a row and gives its number. Its end and what is behind it are to follow with `close`. */
  open(what: Form, parent: number, start: number): number {
    const at = this.count * width;
    if (at + width > this.#rows.length) this.#grow();
    const rows = this.#rows;
    rows[at] = what;
    rows[at + 1] = this.#keyStart;
    rows[at + 2] = this.#keyEnd;
    rows[at + 3] = start;
    rows[at + 4] = start;
    rows[at + 5] = parent;
    rows[at + 6] = this.count + 1;
    rows[at + 7] = 0;
    if (what === form.alias) this.#hasAliases = true;
    this.#keyStart = -1;
    this.#keyEnd = -1;
    this.count += 1;
    return this.count - 1;
  }

  /** Says where a row ends, once all that is in it was added. */
  close(row: number, end: number): void {
    this.#rows[row * width + column.end] = end;
    this.#rows[row * width + column.next] = this.count;
  }

  /** Adds a value that holds no other. */
  leaf(what: Form, parent: number, start: number, end: number): number {
    const row = this.open(what, parent, start);
    this.#rows[row * width + column.end] = end;
    return row;
  }

  indent(row: number, indent: number): void {
    this.#rows[row * width + column.indent] = indent;
  }

  endOf(row: number): number {
    return this.#rows[row * width + column.end] ?? 0;
  }

  anchor(name: string, row: number): void {
    this.#anchors.push({ name, row });
  }

  get anchorCount(): number {
    return this.#anchors.length;
  }

  /** Forgets what was added since there were so many rows and anchors. */
  back(count: number, anchors: number): void {
    this.count = count;
    this.#anchors.length = anchors;
    for (const made of [this.#keys, this.#values])
      if (made.size > 0) for (const row of made.keys()) if (row >= count) made.delete(row);
    this.#keyStart = -1;
    this.#keyEnd = -1;
  }

  /** Adds what stands in the first row of another table, whose text starts at `shift` of this one. */
  adopt({ rows, count, anchors, made }: Table, parent: number, shift: number): void {
    const by = this.count - 1;
    for (let row = 1; row < count; row += 1) {
      const at = row * width;
      const cell = (which: number): number => rows[at + which] ?? 0;
      const keyStart = cell(column.keyStart);
      if (keyStart >= 0) this.key(keyStart + shift, cell(column.keyEnd) + shift);
      const above = cell(column.parent);
      const own = this.open(
        formOf(cell(column.form)),
        above <= 0 ? parent : above + by,
        cell(column.start) + shift,
      );
      this.#rows[own * width + column.end] = cell(column.end) + shift;
      this.#rows[own * width + column.next] = cell(column.next) + by;
      const key = made?.keys.get(row);
      const value = made?.values.get(row);
      if (key !== undefined) this.#keys.set(own, key);
      if (value !== undefined) this.#values.set(own, value);
    }
    for (const { name, row } of anchors) if (row > 0) this.#anchors.push({ name, row: row + by });
  }

  /** Says what a row's key, or its value, is where the text does not say it. */
  make(row: number, key: string | undefined, value: Scalar | undefined): void {
    if (key !== undefined) this.#keys.set(row, key);
    if (value !== undefined) this.#values.set(row, value);
  }

  /** The table of what was added, and an empty builder. */
  finish(text: string): Table {
    const isMade = this.#keys.size > 0 || this.#values.size > 0;
    const table: Table = {
      text,
      rows: this.#rows.slice(0, this.count * width),
      count: this.count,
      anchors: this.#anchors.length > 0 ? this.#anchors : [],
      hasAliases: this.#hasAliases,
      ...(isMade ? { made: { keys: this.#keys, values: this.#values } } : {}),
    };
    this.reset();
    return table;
  }

  reset(): void {
    this.count = 0;
    this.#keyStart = -1;
    this.#keyEnd = -1;
    // Most texts have none of these, and there are thousands of texts.
    if (this.#anchors.length > 0) this.#anchors = [];
    // A table has both of them, or none.
    if (this.#keys.size > 0 || this.#values.size > 0) {
      this.#keys = new Map();
      this.#values = new Map();
    }
    this.#hasAliases = false;
  }

  #grow(): void {
    const larger = new Int32Array(this.#rows.length * 2);
    larger.set(this.#rows);
    this.#rows = larger;
  }
}

const forms = Object.values(form).toSorted((a, b) => a - b);

export function formOf(value: number): Form {
  return forms[value] ?? form.plain;
}
