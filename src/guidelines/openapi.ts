/** What rules ask of an API description, over and over. */
import { fact } from './fact';
import { remembered } from './remembered';
import { httpMethods } from './shapes';
import type { Spec } from './spec';
import { specOf } from './spec';
import type { TreeNode } from './tree';

/** One piece of a path template between slashes. */
export interface Segment {
  readonly text: string;
  /** Where it starts in the template. */
  readonly start: number;
  readonly end: number;
}

/** The segments of `/orders/{orderId}`; empty ones (of `//`) are left out. */
export const segmentsOf = remembered((path): readonly Segment[] =>
  [...path.matchAll(/[^/]+/g)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  })),
);

/** The names in the braces of a path template, in order. */
export function templateNames(path: string): readonly string[] {
  return [...path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '');
}

/** The path items directly under `paths`: those that have an address. */
export function pathItems(spec: Spec): readonly TreeNode[] {
  return spec.root.childrenOf('paths').filter((child) => child.key?.startsWith('/') === true);
}

/** Path items that stand elsewhere, with the first path that refers to each. */
const referred = fact((spec: Spec): ReadonlyMap<TreeNode, string> => {
  const found = new Map<TreeNode, string>();
  for (const item of pathItems(spec)) {
    const ref = item.get('$ref')?.string;
    const target = ref === undefined ? undefined : spec.resolve(ref, item)?.actual;
    if (target !== undefined && item.key !== undefined && !found.has(target)) found.set(target, item.key);
  }
  return found;
});

/**
 * The template of the path that an operation or path item stands under, or is referred to by, also from another file; undefined for
 * webhooks, callbacks and components.
 */
export function pathOf(node: TreeNode): string | undefined {
  for (let at: TreeNode | undefined = node; at !== undefined; at = at.parent)
    if (at.parent?.key === 'paths' && at.parent.parent?.parent === undefined) return at.key;
  const home = specOf(node)?.home;
  const paths = home && referred(home);
  if (paths === undefined || paths.size === 0) return undefined;
  for (let at: TreeNode | undefined = node; at !== undefined; at = at.parent) {
    const path = paths.get(at);
    if (path !== undefined) return path;
  }
  return undefined;
}

/** The path of the description that refers to this very path item, which stands elsewhere; undefined when none does. */
export function pathReferringTo(item: TreeNode): string | undefined {
  const home = specOf(item)?.home;
  return home && referred(home).get(item);
}

/** The method of an operation in lower case; undefined for one under another name. */
export function methodOf(operation: TreeNode): string | undefined {
  const key = operation.key?.toLowerCase() ?? '';
  return httpMethods.includes(key) ? key : undefined;
}

/** Whether an operation belongs to this API's own paths or to a webhook, not to a callback. */
export function isCallback(operation: TreeNode): boolean {
  for (let at: TreeNode | undefined = operation.parent; at !== undefined; at = at.parent)
    if (at.key === 'callbacks') return true;
  return false;
}

/** Whether an operation is one that this API calls, not its callers: what stands under `webhooks`, until OpenAPI 3.1 `x-webhooks`. */
export function isWebhook(operation: TreeNode): boolean {
  for (let at: TreeNode | undefined = operation.parent; at !== undefined; at = at.parent)
    if ((at.key === 'webhooks' || at.key === 'x-webhooks') && at.parent?.parent === undefined) return true;
  return false;
}

/** The operations of a path item that stand under a method. */
export function operationsOf(item: TreeNode): readonly TreeNode[] {
  return item.children.filter((child) => child.kind === 'map' && httpMethods.includes(child.key ?? ''));
}

/**
 * The parameters of an operation, its own and its path item's, with their `$ref`s followed; `undefined` stands for one that can't be
 * followed in this document, so that a rule knows that it does not know all.
 */
export function parametersOf(operation: TreeNode, spec: Spec): readonly (TreeNode | undefined)[] {
  const shared = operation.parent?.childrenOf('parameters') ?? [];
  return [...operation.childrenOf('parameters'), ...shared].map((one) => spec.deref(one));
}

export interface Response {
  /** `200`, `4XX`, `default`. */
  readonly code: string;
  readonly node: TreeNode;
}

/** The responses of an operation, in order; extensions left out. */
export function responsesOf(operation: TreeNode): readonly Response[] {
  return operation
    .childrenOf('responses')
    .filter((child) => child.key?.startsWith('x-') === false)
    .map((node) => ({ code: node.key ?? '', node }));
}

/** The media types of a response or request body with their schemas; in Swagger 2.0 the schema stands in the response. */
export function schemasOf(holder: TreeNode | undefined): readonly TreeNode[] {
  const direct = holder?.get('schema');
  if (direct !== undefined) return [direct];
  return (holder?.childrenOf('content') ?? []).flatMap((media) => media.get('schema') ?? []);
}

/** `#/components/schemas`, or its place in Swagger 2.0. */
export function componentSections(spec: Spec): readonly TreeNode[] {
  const sections =
    spec.version === '2.0'
      ? ['definitions', 'parameters', 'responses'].map((name) => spec.root.get(name))
      : spec.root.childrenOf('components').filter((child) => child.key?.startsWith('x-') === false);
  return sections.filter((section): section is TreeNode => section?.kind === 'map');
}

/** The schemes that `security` can name. */
export function securitySchemes(spec: Spec): readonly TreeNode[] {
  if (spec.version === '2.0') return spec.root.childrenOf('securityDefinitions');
  return spec.root.get('components')?.childrenOf('securitySchemes') ?? [];
}
