/** A document as plain values, as functions of rule sets see it. */
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';

/** Nobody nests deeper, but for a hostile text. */
const deepest = 400;

export interface PlainDocument {
  /** Maps, lists and scalars; what an alias stands for is there once, and merged keys are in their maps. */
  readonly data: unknown;
  /** What references lead to that name another file, or stand in one. The rest can be followed in `data`. */
  readonly links: ReadonlyMap<object, unknown>;
}

export function plainDocument(spec: Spec): PlainDocument {
  const made = new Map<TreeNode, unknown>();
  const links = new Map<object, unknown>();
  const link = (from: object, actual: TreeNode, depth: number): void => {
    const ref = actual.stringAt('$ref');
    if (ref === undefined || (ref.startsWith('#') && spec.home.owns(actual))) return;
    const target = spec.resolve(ref, actual);
    if (target !== undefined) links.set(from, make(target, depth + 1));
  };
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
    link(map, actual, depth);
    return map;
  };
  return { data: make(spec.root, 0), links };
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
