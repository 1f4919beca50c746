/** Places that another tool names: what is missing it tells at the place where it would be, and of a name at what has it. */
import { parsePointer, resolvePointer } from '../pointer';
import type { TreeNode } from '../tree';

/** Whether a pointer of another tool names the place at which we tell the same of a node. */
export function isNear(
  pointer: string,
  at: TreeNode,
  { root, isExact }: { readonly root: TreeNode; readonly isExact: boolean },
): boolean {
  const ours = at.path.map(String);
  const named = parsePointer(pointer);
  const isThere = resolvePointer(root, pointer) !== undefined;
  const place = isThere ? named : named.slice(0, -1);
  const isUnder = place.every((segment, index) => ours[index] === segment);
  if (!isUnder) return false;
  // A rule of ours that stands for one of theirs may tell of the name, or of the item, that makes the difference.
  return ours.length === place.length || (!isExact && ours.length === place.length + 1 && !at.isCollection);
}
