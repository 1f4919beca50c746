/** What stands beside a `$ref`, which Swagger 2.0 and OpenAPI 3.0 ignore. */
import type { Spec } from './spec';
import type { TreeNode } from './tree';

/** The entries beside the `$ref` of `node` that are ignored; none since OpenAPI 3.1, and none in a path item, which may have both. */
export function siblingsOf(node: TreeNode, spec: Spec): readonly TreeNode[] {
  if ((spec.version !== '2.0' && spec.version !== '3.0') || node.parent?.key === 'paths') return [];
  return node.children.filter(({ key }) => key !== '$ref' && key !== '<<');
}

/** The constraints among them: what looks as if it held. */
export const constraintsOf = (node: TreeNode, spec: Spec): readonly TreeNode[] =>
  siblingsOf(node, spec).filter(({ key = '' }) => !isText(key));

/** Whether it is for people or tools of one's own: passing it over does no harm, as passing over a constraint does. */
function isText(key: string): boolean {
  return key === 'description' || key === 'summary' || key === 'title' || key.startsWith('x-');
}

export const versionName = (spec: Spec): string => (spec.version === '2.0' ? 'Swagger 2.0' : 'OpenAPI 3.0');
