import type { Spec } from './spec';
import type { TreeNode } from './tree';
import { refsIn } from './walk';

/**
 * The `$ref` in a file that leads to a node of another file, or to something around it; one that leads into the same file when none
 * does. Undefined when the way goes through further files.
 */
export function entranceTo(node: TreeNode, spec: Spec): TreeNode | undefined {
  const around = ancestorsOf(node);
  let sameFile: TreeNode | undefined;
  for (const written of refsOut(spec)) {
    const target = spec.resolve(written.string ?? '', written)?.actual;
    if (target === undefined) continue;
    if (around.has(target)) return written;
    if (target.unit.document === node.unit.document) sameFile ??= written;
  }
  return sameFile;
}

function ancestorsOf(node: TreeNode): ReadonlySet<TreeNode> {
  const around = new Set<TreeNode>();
  for (let at: TreeNode | undefined = node; at !== undefined; at = at.parent) around.add(at);
  return around;
}

/** The references of a file to others, as they are written. */
function* refsOut(spec: Spec): Generator<TreeNode> {
  for (const view of spec.ownViews)
    for (const { node } of refsIn(view)) {
      const written = node.get('$ref');
      if (written?.string?.startsWith('#') === false) yield written;
    }
}
