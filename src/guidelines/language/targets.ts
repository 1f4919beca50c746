/** What references can lead to: the named things of a file, by their type. */
import type { NodeType } from '../shapes';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';
import { pathOf } from './subject';

export interface Target {
  readonly node: TreeNode;
  readonly type: NodeType;
  readonly path: readonly string[];
  /** The first words about it. */
  readonly detail: string | undefined;
}

const typeOfSection: Readonly<Record<string, NodeType>> = {
  schemas: 'schema',
  responses: 'response',
  parameters: 'parameter',
  examples: 'example',
  requestBodies: 'requestBody',
  headers: 'header',
  securitySchemes: 'securityScheme',
  links: 'link',
  callbacks: 'callback',
  pathItems: 'pathItem',
  mediaTypes: 'mediaType',
};

/** The components of a description. */
export function components(spec: Spec): readonly Target[] {
  const root = spec.ownRoot;
  if (spec.version === '2.0')
    return [
      ...section(root.get('definitions'), 'schema'),
      ...section(root.get('parameters'), 'parameter'),
      ...section(root.get('responses'), 'response'),
      ...section(root.get('securityDefinitions'), 'securityScheme'),
    ];
  return (root.get('components')?.children ?? []).flatMap((one) => {
    const type = Object.hasOwn(typeOfSection, one.key ?? '') ? typeOfSection[one.key ?? ''] : undefined;
    return type === undefined ? [] : section(one, type);
  });
}

function section(node: TreeNode | undefined, type: NodeType): readonly Target[] {
  return (node?.actual.kind === 'map' ? node.actual.children : []).flatMap((child) =>
    child.key === undefined || child.key === '<<' || child.key.startsWith('x-') ? [] : [target(child, type)],
  );
}

function target(node: TreeNode, type: NodeType): Target {
  const text = node.kind === 'map' ? (node.stringAt('description') ?? node.stringAt('title')) : undefined;
  return { node, type, path: pathOf(node), detail: text?.split('\n')[0]?.slice(0, 80) };
}

/** What can be referred to where a type is expected: components, and in parts of a description what stands at their top. */
export function targetsFor(spec: Spec, type: NodeType): readonly Target[] {
  return named(spec).filter((one) => one.type === type);
}

/** Everything in a file that has a name and is there to be referred to. */
export function named(spec: Spec): readonly Target[] {
  if (!spec.isPart) return components(spec);
  const found = new Map<TreeNode, NodeType>();
  for (const { path, type } of placesOf(spec)) {
    let node: TreeNode | undefined = spec.ownRoot;
    for (const key of path) node = node?.actual.get(key);
    if (node?.key === undefined) continue;
    // What stands beside something that is referred to is of its kind, as in components.
    for (const sibling of node.parent?.children ?? []) if (!found.has(sibling)) found.set(sibling, type);
    found.set(node, type);
  }
  return [...found].flatMap(([node, type]) => (node.kind === 'map' ? [target(node, type)] : []));
}

function placesOf(spec: Spec): readonly { readonly path: readonly string[]; readonly type: NodeType }[] {
  const places: { path: readonly string[]; type: NodeType }[] = [];
  const visit = (at: NonNullable<Spec['expected']>['content'], path: readonly string[]): void => {
    if (at.own?.kind === 'one' && path.length > 0) places.push({ path, type: at.own.type });
    for (const [key, below] of at.below) visit(below, [...path, key]);
  };
  if (spec.expected !== undefined) visit(spec.expected.content, []);
  return places;
}
