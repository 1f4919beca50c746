/** What stands at a place in a text. */
import type { Spec } from '../spec';
import type { Span, TreeNode } from '../tree';

export interface At {
  /** The innermost node. */
  readonly node: TreeNode;
  readonly on: 'key' | 'value';
}

/** A piece of the text of one file. */
export interface Place {
  readonly spec: Spec;
  readonly span: Span;
}

/** What stands at an offset, or right before it; undefined between entries. */
export function nodeAt(spec: Spec, offset: number): At | undefined {
  const chunk = spec.source.lines.chunkBefore(offset);
  if (chunk === undefined) return undefined;
  const entries = chunk.spine === undefined ? chunk.entries : [chunk.spine];
  let nodes: readonly TreeNode[] = entries;
  let found: At | undefined;
  for (;;) {
    const inside = nodes.find((node) => (node.keySpan?.start ?? node.start) <= offset && offset <= node.end);
    if (inside === undefined) {
      const key = nodes.find((node) => node.keySpan !== undefined && isIn(node.keySpan, offset));
      return key === undefined ? found : { node: key, on: 'key' };
    }
    if (inside.keySpan !== undefined && isIn(inside.keySpan, offset)) return { node: inside, on: 'key' };
    found = { node: inside, on: 'value' };
    if (inside === chunk.spine) return found;
    nodes = inside.children;
  }
}

export function isIn({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

/** The part of a node that names it: its key, else its value. */
export function nameSpan(node: TreeNode): Span {
  return node.keySpan ?? { start: node.start, end: node.kind === 'scalar' ? node.end : node.start };
}
