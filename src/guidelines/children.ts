import { column, form, width } from './table';
import type { TreeNode, Unit } from './tree';

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
