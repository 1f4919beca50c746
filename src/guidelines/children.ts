import type { Table } from './table';
import { column, form, width } from './table';
import type { TreeNode, Unit } from './tree';
import { startsText } from './yaml-scalar';

const none: readonly TreeNode[] = [];

/** An array as long as it will be, to be filled. */
export function sized<T>(length: number): T[] {
  // oxlint-disable-next-line unicorn/no-new-array -- one that grows is copied over and over, and longer than it needs to be
  return new Array<T>(length);
}

/** The entries of the map, or the items of the list, in a row of a unit, in the order in which they are written. */
export function readChildren(unit: Unit, parent: number): readonly TreeNode[] {
  const { rows } = unit.table;
  const cell = (row: number, which: number): number => rows[row * width + which] ?? -1;
  if (cell(parent, column.form) >= form.alias) return none;
  const end = cell(parent, column.next);
  if (end === parent + 1) return none;
  let count = 0;
  for (let row = parent + 1; row < end; row = rows[row * width + column.next] ?? end) count += 1;
  const children = sized<TreeNode>(count);
  let row = parent + 1;
  for (let at = 0; at < count; at += 1) {
    children[at] = unit.nodes.at(unit, row);
    row = rows[row * width + column.next] ?? end;
  }
  return children;
}

/** The same of those that are maps or lists. */
export function readCollections(unit: Unit, parent: number): readonly TreeNode[] {
  const { rows } = unit.table;
  const found: TreeNode[] = [];
  const end = rows[parent * width + column.next] ?? 0;
  for (let row = parent + 1; row < end; row = rows[row * width + column.next] ?? end)
    if ((rows[row * width + column.form] ?? form.alias) < form.alias) found.push(unit.nodes.at(unit, row));
  return found;
}

/** What a value is seen to be without reading it, as bits: `unsure` is an alias, or a plain scalar that may be no text. */
export const looks = { map: 1, list: 2, text: 4, unsure: 8 } as const;

/** The entries of a map but those that look as they are to look, each by its place. */
export function readBut({ unit, row: parent }: TreeNode, settled: readonly number[]): readonly TreeNode[] {
  const { table } = unit;
  const { rows } = table;
  if ((rows[parent * width + column.form] ?? form.alias) >= form.alias) return none;
  let found: TreeNode[] | undefined;
  let place = 0;
  const end = rows[parent * width + column.next] ?? 0;
  for (let row = parent + 1; row < end; row = rows[row * width + column.next] ?? end) {
    if ((looksOf(table, row) & (settled[place] ?? 0)) === 0) (found ??= []).push(unit.nodes.at(unit, row));
    place += 1;
  }
  return found ?? none;
}

export function looksOf({ rows, text, made }: Table, row: number): number {
  const what = rows[row * width + column.form] ?? form.alias;
  if (what <= form.flowMap) return looks.map;
  if (what < form.alias) return looks.list;
  if (what === form.alias || made !== undefined) return looks.unsure;
  if (what > form.plain) return looks.text;
  const start = rows[row * width + column.start] ?? 0;
  const isEmpty = (rows[row * width + column.end] ?? 0) <= start;
  return !isEmpty && startsText(text.charCodeAt(start)) ? looks.text : looks.unsure;
}
