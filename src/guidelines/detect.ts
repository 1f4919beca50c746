import type { TreeNode } from './tree';

/** The families of descriptions whose rules differ. */
export type SpecVersion =
  '2.0' | '3.0' | '3.1' | '3.2' | 'asyncapi-2' | 'asyncapi-3' | 'arazzo-1' | 'overlay-1';

const known =
  /(?:^|[\s{,"'])(?:(?:openapi|swagger|asyncapi)["']?[ \t]*:[ \t]*["']?[23]|(?:arazzo|overlay)["']?[ \t]*:[ \t]*["']?1)\./;
/** Of any version: one that is not known is told of. */
const mark = /(?:^|[\s{,"'])(?:openapi|swagger|asyncapi|arazzo|overlay)["']?[ \t]*:[ \t]*["']?v?\d/;

/**
 * Whether a text could be an API description: a quick look that lets none through unseen, so that other YAML and JSON is
 * not even read.
 */
export function looksLikeSpec(text: string): boolean {
  return mark.test(text);
}

/** A document that can't be read but says at the start of a line, or in its first lines, what it is. */
export function claimsToBeSpec(text: string): boolean {
  return (
    /^["']?(?:openapi|swagger)["']?[ \t]*:[ \t]*["']?[23]\./m.test(text) || known.test(text.slice(0, 400))
  );
}

/** The version that the root of a document names; undefined when it is of no format that is known. */
export function versionOf(root: TreeNode): SpecVersion | undefined {
  if (root.kind !== 'map') return undefined;
  const openapi = written(root.get('openapi'));
  const minor = /^3\.([012])(?:\.\d\S*)?$/.exec(openapi ?? '')?.[1];
  if (minor === '0' || minor === '1' || minor === '2') return `3.${minor}`;
  return written(root.get('swagger')) === '2.0' ? '2.0' : otherVersionOf(root);
}

/** The formats beside OpenAPI whose outlines are known. */
function otherVersionOf(root: TreeNode): SpecVersion | undefined {
  const async = /^([23])\.\d+(?:\.\d\S*)?$/.exec(written(root.get('asyncapi')) ?? '')?.[1];
  if (async === '2' || async === '3') return `asyncapi-${async}`;
  for (const format of ['arazzo', 'overlay'] as const)
    if (/^1\.\d+(?:\.\d\S*)?$/.test(written(root.get(format)) ?? '')) return `${format}-1`;
  return undefined;
}

/** `3.1` without quotes is a number in YAML; what counts is how it is written. What the quick look does not see is not seen here. */
export function written(node: TreeNode | undefined): string | undefined {
  return node?.kind === 'scalar' && mark.test(node.table.text) ? (node.string ?? node.source) : undefined;
}
