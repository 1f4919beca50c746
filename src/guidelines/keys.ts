/** Which entry of a map stands under a key. */
import { interned } from './interned';
import type { Table } from './table';
import { column, form, width } from './table';
import type { TreeNode, Unit } from './tree';
import { scalarValue } from './yaml-scalar';

const feed = 0x0a;
const quote = 0x22;
const apostrophe = 0x27;
const backslash = 0x5c;

/** Whether a row of a unit stands under `key`: most keys need not be cut from the text for that. */
export function isUnder(unit: Unit, row: number, key: string): boolean {
  const { text, rows, made } = unit.table;
  const start = rows[row * width + column.keyStart] ?? -1;
  if (start < 0) return false;
  const given = made?.keys.get(row);
  if (given !== undefined) return given === key;
  const end = rows[row * width + column.keyEnd] ?? start;
  const first = text.charCodeAt(start);
  if (first !== quote && first !== apostrophe)
    return end - start === key.length && text.startsWith(key, start);
  if (end - start < key.length + 2) return false;
  if (!isEscaped(text, start + 1, end - 1, first))
    return end - start === key.length + 2 && text.startsWith(key, start + 1);
  // The node keeps it: it may be long, and many ask.
  return unit.nodes.at(unit, row).key === key;
}

/** Set in every mask that was worked out. */
const workedOut = 1 << 31;
/** The mask of a map of which it is not known what stands in it. */
const anything = -1;

/** The bit that a key has in the masks of maps that it stands in; other keys share it. */
export function bitOf(key: string): number {
  const { length } = key;
  return length === 0 ? 1 : bitFor(length, key.charCodeAt(0), key.charCodeAt(length - 1));
}

const bitFor = (length: number, first: number, last: number): number =>
  1 << ((length * 5 + first * 3 + last * 11) % 31);

/** How many bits of keys a mask has; none when it is not known what stands in the map. */
export function countOf(mask: number): number {
  if (mask === anything) return 0;
  let count = 0;
  for (let left = mask & ~workedOut; left !== 0; left &= left - 1) count += 1;
  return count;
}

/** The bit of `<<`. */
export const mergeBit = bitOf('<<');

/**
 * The bits of all keys of a map, worked out once: most of what is asked for is not there, and that is seen without looking at the
 * entries. A map has no use for its last column, so it is kept there.
 */
export function maskOf({ table }: Unit, row: number): number {
  const { rows } = table;
  const known = rows[row * width + column.indent] ?? 0;
  if (known !== 0) return known;
  const mask = table.made === undefined ? keysMask(table, row) : anything;
  rows[row * width + column.indent] = mask;
  return mask;
}

function keysMask({ rows, text }: Table, row: number): number {
  let mask = workedOut;
  const end = rows[row * width + column.next] ?? 0;
  for (let below = row + 1; below < end; below = rows[below * width + column.next] ?? end) {
    const start = rows[below * width + column.keyStart] ?? -1;
    if (start < 0) continue;
    const until = rows[below * width + column.keyEnd] ?? start;
    const first = text.charCodeAt(start);
    if (first !== quote && first !== apostrophe)
      mask |= until === start ? 1 : bitFor(until - start, first, text.charCodeAt(until - 1));
    else if (isEscaped(text, start + 1, until - 1, first)) return anything;
    else mask |= bitOf(text.slice(start + 1, until - 1));
  }
  return mask;
}

/** Whether what stands between quotes says something else than it reads. */
function isEscaped(text: string, start: number, end: number, mark: number): boolean {
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === feed || code === (mark === quote ? backslash : apostrophe)) return true;
  }
  return false;
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

/** The keys of the entries of the map in a row, in order; none for anything else. */
export function keysAt(table: Table, row: number): readonly string[] {
  const { rows } = table;
  const keys: string[] = [];
  const end = rows[row * width + column.next] ?? 0;
  for (let below = row + 1; below < end; below = rows[below * width + column.next] ?? end)
    if ((rows[below * width + column.keyStart] ?? -1) >= 0) keys.push(keyAt(table, below));
  return keys;
}

/** The first entry of each key. */
export function byKey(children: readonly TreeNode[]): Map<string, TreeNode> {
  const found = new Map<string, TreeNode>();
  for (const child of children)
    if (child.key !== undefined && !found.has(child.key)) found.set(child.key, child);
  return found;
}
