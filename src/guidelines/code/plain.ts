/** A document as plain values, as functions of rule sets see it. */
import type { TreeNode } from '../tree';

/** Nobody nests deeper, but for a hostile text. */
const deepest = 400;

/** Maps, lists and scalars; what an alias stands for is there once, and merged keys are in their maps. */
export function plainDocument(root: TreeNode): unknown {
  const made = new Map<TreeNode, unknown>();
  const make = ({ actual }: TreeNode, depth: number): unknown => {
    if (actual.kind === 'scalar' || actual.kind === 'alias') return actual.value;
    const known = made.get(actual);
    if (known !== undefined || depth > deepest) return known ?? null;
    if (actual.kind === 'list') {
      const list: unknown[] = [];
      made.set(actual, list);
      for (const child of actual.children) list.push(make(child, depth + 1));
      return list;
    }
    const map = {};
    made.set(actual, map);
    for (const [key, child] of entriesOf(actual, 8)) define(map, key, make(child, depth + 1));
    return map;
  };
  return make(root, 0);
}

/** Not an assignment: a key `__proto__` is a key like others. */
function define(map: object, key: string, value: unknown): void {
  Object.defineProperty(map, key, { value, enumerable: true, writable: true, configurable: true });
}

/** The entries of a map, the first of each key, then those that are merged into it. */
function entriesOf(map: TreeNode, depth: number): ReadonlyMap<string, TreeNode> {
  const found = new Map<string, TreeNode>();
  const merged: TreeNode[] = [];
  for (const child of map.children) {
    const key = child.key ?? '';
    if (key === '<<') merged.push(...(child.actual.kind === 'list' ? child.actual.children : [child]));
    else if (!found.has(key)) found.set(key, child);
  }
  for (const { actual } of depth === 0 ? [] : merged)
    if (actual.kind === 'map')
      for (const [key, child] of entriesOf(actual, depth - 1)) if (!found.has(key)) found.set(key, child);
  return found;
}
