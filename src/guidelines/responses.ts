/** What rules ask of the responses of operations. */
import { isCallback, methodOf, pathOf } from './openapi';
import type { Spec } from './spec';
import type { TreeNode } from './tree';

/** Whether an operation answers calls of this API: it has an address, responses of its own, and is no callback. */
export function isServed(operation: TreeNode): boolean {
  const responses = operation.get('responses')?.actual;
  return (
    responses?.kind === 'map' &&
    !responses.has('$ref') &&
    pathOf(operation) !== undefined &&
    !isCallback(operation)
  );
}

/** Whether a response is told under the code itself or under its class (`4XX`). */
export function answers(operation: TreeNode, code: string): boolean {
  const responses = operation.get('responses');
  const wide = `${code.charAt(0)}XX`;
  return (
    responses !== undefined &&
    (responses.has(code) || responses.has(wide) || responses.has(wide.toLowerCase()))
  );
}

/** Whether a response has a header, in any case; undefined when its headers are not all known here. */
export function hasHeader(response: TreeNode, names: ReadonlySet<string>): boolean {
  return response.childrenOf('headers').some((header) => names.has(header.key?.toLowerCase() ?? ''));
}

/** The media types that a response or a request body offers; those of Swagger 2.0 stand elsewhere. */
export function mediaTypesOf(holder: TreeNode | undefined): readonly TreeNode[] {
  return holder?.childrenOf('content') ?? [];
}

export const isJson = (mediaType: string): boolean => /^[^;]*[/+]json\s*(?:;|$)/i.test(mediaType);

/** Whether a call needs credentials: the operation’s own `security`, else the document’s, names a scheme in each alternative. */
export function isSecured(operation: TreeNode, spec: Spec): boolean {
  const security = (operation.get('security') ?? spec.root.get('security'))?.actual;
  if (security?.kind !== 'list' || security.children.length === 0) return false;
  return security.children.every((one) => one.kind !== 'map' || one.children.length > 0);
}

const writing: ReadonlySet<string | undefined> = new Set(['post', 'put', 'patch', 'delete']);

export function isWrite(operation: TreeNode): boolean {
  return writing.has(methodOf(operation));
}

/** Whether a form is one that a standard asks for (RFC 6749, section 4), or holds nothing. */
export function isNeededForm(mediaType: TreeNode): boolean {
  const schema = mediaType.get('schema');
  if (schema === undefined || schema.has('$ref')) return false;
  const properties = schema.get('properties');
  return properties?.has('grant_type') === true || properties?.children.length === 0;
}
