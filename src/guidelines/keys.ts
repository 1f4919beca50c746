/** Keys of maps, as they are written and as they are meant. */
import { interned } from './interned';
import type { Table } from './table';
import { column, form, width } from './table';
import type { TreeNode } from './tree';
import { scalarValue } from './yaml-scalar';

/** The bit that a key has in the mask of a map that it stands in; other keys share it. */
export function bitOf(key: string): number {
  const { length } = key;
  return length === 0
    ? 1
    : 1 << ((length * 5 + key.charCodeAt(0) * 3 + key.charCodeAt(length - 1) * 11) % 31);
}

/** The key that a row stands under, which has one. */
export function keyAt({ rows, text, made }: Table, row: number): string {
  const given = made?.keys.get(row);
  if (given !== undefined) return given;
  const start = rows[row * width + column.keyStart] ?? 0;
  const key = interned(text, start, rows[row * width + column.keyEnd] ?? start);
  if (key.startsWith('"')) return String(scalarValue(form.double, key, 0));
  return key.startsWith("'") ? String(scalarValue(form.single, key, 0)) : key;
}

/** The first entry of each key. */
export function byKey(children: readonly TreeNode[]): Map<string, TreeNode> {
  const found = new Map<string, TreeNode>();
  for (const child of children)
    if (child.key !== undefined && !found.has(child.key)) found.set(child.key, child);
  return found;
}
