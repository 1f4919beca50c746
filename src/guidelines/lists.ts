/** Operations that answer with a list, and how they give it in pages. */
import { isClass } from './http';
import { methodOf, parametersOf, pathOf, responsesOf, schemasOf } from './openapi';
import { isItem, isPlural } from './resources';
import { isOfType } from './schemas';
import type { Spec } from './spec';
import type { TreeNode } from './tree';

const usualNames: ReadonlySet<string> = new Set(
  'data items results result entries records rows list values value content elements objects hits docs members resources'.split(
    ' ',
  ),
);

export interface ListAnswer {
  /** The object around the list; undefined when the list stands bare. */
  readonly page: TreeNode | undefined;
  /** The schema of the list, or the property that holds it. */
  readonly list: TreeNode;
}

/** The list in an operation’s success response; undefined when there is none, or when it can’t be told. */
export function listAnswer(operation: TreeNode, spec: Spec): ListAnswer | undefined {
  const path = pathOf(operation);
  if (path === undefined || isItem(path) || path.endsWith('/') || methodOf(operation) !== 'get')
    return undefined;
  for (const { code, node } of responsesOf(operation)) {
    if (!isClass(code, 2)) continue;
    for (const schema of schemasOf(spec.deref(node))) {
      const found = listIn(spec.deref(schema), path, spec);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function listIn(schema: TreeNode | undefined, path: string, spec: Spec): ListAnswer | undefined {
  if (schema === undefined) return undefined;
  if (isOfType(schema, 'array')) return { page: undefined, list: schema };
  const last = path.slice(path.lastIndexOf('/') + 1);
  for (const { node: property } of membersOf(schema, spec)) {
    const name = property.key ?? '';
    if (!usualNames.has(name) && !(name === last && isPlural(name))) continue;
    const inside = spec.deref(property);
    if (inside !== undefined && isOfType(inside, 'array')) return { page: schema, list: property };
  }
  return undefined;
}

export interface Member {
  readonly name: string;
  readonly node: TreeNode;
}

const maxDepth = 4;

/** The properties of a schema, with those that `allOf` puts together. */
export function membersOf(schema: TreeNode | undefined, spec: Spec, depth = 0): readonly Member[] {
  if (schema === undefined || depth > maxDepth) return [];
  const own = schema.childrenOf('properties').map((node) => ({ name: node.key ?? '', node }));
  const parts = schema.childrenOf('allOf');
  return parts.length === 0
    ? own
    : [...own, ...parts.flatMap((part) => membersOf(spec.deref(part), spec, depth + 1))];
}

/** Whether a schema may have members that are not told by its `properties`: it is a choice, or a map. */
export function isOpenEnded(schema: TreeNode): boolean {
  return ['oneOf', 'anyOf', 'additionalProperties', 'patternProperties', 'discriminator'].some((key) =>
    schema.has(key),
  );
}

/** Whether an operation takes a parameter with a name that passes; true too when a parameter can’t be known here. */
export function takesParameter(operation: TreeNode, spec: Spec, test: (name: string) => boolean): boolean {
  return parametersOf(operation, spec).some((one) => one === undefined || test(one.stringAt('name') ?? ''));
}
