/** Which entry of a map stands under a key. */
import { column, width } from './table';
import type { TreeNode, Unit } from './tree';

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

/** Whether what stands between quotes says something else than it reads. */
function isEscaped(text: string, start: number, end: number, mark: number): boolean {
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === feed || code === (mark === quote ? backslash : apostrophe)) return true;
  }
  return false;
}

/** The first entry of each key. */
export function byKey(children: readonly TreeNode[]): Map<string, TreeNode> {
  const found = new Map<string, TreeNode>();
  for (const child of children)
    if (child.key !== undefined && !found.has(child.key)) found.set(child.key, child);
  return found;
}
