import type { TreeNode } from '../tree';

const deepest = 32;

/** Whether two values are the same to JSON Schema (Core 2020-12, section 4.2.2): the order of keys does not count. */
export function isEqual(one: TreeNode, other: TreeNode, depth = 0): boolean {
  const [a, b] = [one.actual, other.actual];
  if (a === b) return true;
  if (a.kind !== b.kind || depth > deepest) return false;
  if (a.kind === 'scalar') return a.value === b.value;
  if (a.children.length !== b.children.length) return false;
  return a.children.every((child, at) => {
    const twin = a.kind === 'map' ? b.get(child.key ?? '') : b.children[at];
    return twin !== undefined && isEqual(child, twin, depth + 1);
  });
}
