/** JSON pointers in `$ref`s (RFC 6901, in the fragment form of its section 6). */
import type { TreeNode } from './tree';

/** `/components/schemas/a~1b` → `['components', 'schemas', 'a/b']`. */
export function parsePointer(pointer: string): readonly string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((segment) => percentDecoded(segment).replaceAll('~1', '/').replaceAll('~0', '~'));
}

export function formatPointer(segments: readonly string[]): string {
  return segments.map((segment) => `/${segment.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function percentDecoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

/** The node that a pointer names, seen from `root`; undefined when there is none. */
export function resolvePointer(root: TreeNode, pointer: string): TreeNode | undefined {
  if (pointer !== '' && !pointer.startsWith('/')) return undefined;
  let found: TreeNode | undefined = root;
  for (const segment of parsePointer(pointer)) {
    found = step(found.actual, segment);
    if (found === undefined) return undefined;
  }
  return found;
}

function step(node: TreeNode, segment: string): TreeNode | undefined {
  if (node.kind === 'map') return node.get(segment);
  return /^\d{1,9}$/.test(segment) && node.kind === 'list' ? node.children[Number(segment)] : undefined;
}
