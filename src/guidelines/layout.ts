/**
 * The keys of maps. A description has tens of thousands of maps and few kinds of them (`type`, `description`; `type`, `items`): those with
 * the same keys in the same order share one layout, so that where a key stands, and what follows from the keys alone, is worked out once.
 */
import { bitOf, keyAt } from './keys';
import type { Table } from './table';
import { column, form, width } from './table';
import type { TreeNode } from './tree';

/** Maps with more keys are rarely there twice. */
const longestShared = 40;
const size = 1 << 14;
/** Fuller than that, looking takes long: all is forgotten, and layouts that are in use just stay. */
const most = size / 2;

export class Layout {
  /** In the order of the children; empty for a child that has none. */
  readonly keys: readonly string[];
  /** The same as they are written. */
  readonly written: readonly string[];
  readonly hash: number;
  /** Answers that follow from the keys, by the number of the question (`byKeys`). */
  readonly answers: unknown[] = [];
  readonly #places = new Map<string, number>();
  readonly #mask: number = 0;

  constructor(keys: readonly string[], written: readonly string[], hash: number) {
    this.keys = keys;
    this.written = written;
    this.hash = hash;
    for (let place = keys.length - 1; place >= 0; place -= 1) {
      const key = keys[place] ?? '';
      this.#places.set(key, place);
      this.#mask |= bitOf(key);
    }
  }

  /** Which of the children stands under a key first; -1 when none does, which is mostly seen without looking. */
  placeOf(key: string): number {
    return (this.#mask & bitOf(key)) === 0 ? -1 : (this.#places.get(key) ?? -1);
  }

  /** Whether no key is there twice. */
  get isDistinct(): boolean {
    return this.#places.size === this.keys.length;
  }
}

const none = new Layout([], [], 0);
// oxlint-disable-next-line unicorn/no-new-array -- `Array.from` takes milliseconds for so many
const empty = (): undefined[] => new Array<undefined>(size).fill(undefined);
let layouts: (Layout | undefined)[] = empty();
let count = 0;

/** The layout of the map in a row; one without keys for anything else. */
export function layoutOf(table: Table, row: number): Layout {
  const { rows, text, made } = table;
  if ((rows[row * width + column.form] ?? form.alias) > form.flowMap) return none;
  const end = rows[row * width + column.next] ?? 0;
  // FNV-1a, 32 bits.
  let hash = 0x811c9dc5;
  let length = 0;
  for (let below = row + 1; below < end; below = rows[below * width + column.next] ?? end) {
    const start = rows[below * width + column.keyStart] ?? -1;
    const until = rows[below * width + column.keyEnd] ?? -1;
    for (let at = start; at < until; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    hash = Math.imul(hash ^ 0x0a, 0x01000193);
    length += 1;
  }
  if (length === 0) return none;
  if (made !== undefined || length > longestShared) return layoutAt(table, row, hash);
  return shared(table, row, hash);
}

function shared(table: Table, row: number, hash: number): Layout {
  let slot = (hash ^ (hash >>> 15)) & (size - 1);
  for (let known = layouts[slot]; known !== undefined; known = layouts[slot]) {
    if (known.hash === hash && isWrittenAt(table, row, known.written)) return known;
    slot = (slot + 1) & (size - 1);
  }
  const layout = layoutAt(table, row, hash);
  if (count >= most) {
    [layouts, count] = [empty(), 0];
    slot = (hash ^ (hash >>> 15)) & (size - 1);
  }
  layouts[slot] = layout;
  count += 1;
  return layout;
}

function isWrittenAt({ rows, text }: Table, row: number, written: readonly string[]): boolean {
  const end = rows[row * width + column.next] ?? 0;
  let place = 0;
  for (let below = row + 1; below < end; below = rows[below * width + column.next] ?? end) {
    const key = written[place];
    const start = rows[below * width + column.keyStart] ?? -1;
    const length = (rows[below * width + column.keyEnd] ?? -1) - start;
    if (key === undefined || key.length !== length || (length > 0 && !text.startsWith(key, start)))
      return false;
    place += 1;
  }
  return place === written.length;
}

function layoutAt(table: Table, row: number, hash: number): Layout {
  const { rows, text } = table;
  const keys: string[] = [];
  const written: string[] = [];
  const end = rows[row * width + column.next] ?? 0;
  for (let below = row + 1; below < end; below = rows[below * width + column.next] ?? end) {
    const start = rows[below * width + column.keyStart] ?? -1;
    keys.push(start < 0 ? '' : keyAt(table, below));
    written.push(start < 0 ? '' : text.slice(start, rows[below * width + column.keyEnd] ?? start));
  }
  return new Layout(keys, written, hash);
}

let questions = 0;

/** What follows from the keys of a map alone: asked once for all maps with the same keys. */
export function byKeys<T extends {}>(answer: (layout: Layout) => T): (map: TreeNode) => T {
  const which = questions;
  questions += 1;
  return (map) => {
    const { layout } = map;
    // What is put at a number was taken from the same question.
    const known = layout.answers[which] as T | undefined;
    if (known !== undefined) return known;
    const found = answer(layout);
    layout.answers[which] = found;
    return found;
  };
}

/** Whether a map has one of some keys, also in what is merged in. */
export function hasAny(keys: readonly string[]): (map: TreeNode) => boolean {
  const stands = byKeys((layout) => keys.some((key) => layout.placeOf(key) >= 0));
  return (map) => stands(map) || (map.mayMerge && keys.some((key) => map.has(key)));
}
