/** Everything in a file that names something of the description, or something that can be named: found once for each part. */
import { isRefValue } from '../project/links';
import type { Spec } from '../spec';
import { SpineNode } from '../spine';
import type { TreeNode } from '../tree';
import type { View } from '../walk';
import { refsIn } from '../walk';
import { isIn } from './at';

/** Names that hold in the whole description. */
export type NameKind = 'tag' | 'scheme' | 'operation';

export type Named =
  /** A `$ref`, or another reference of its form. */
  | { readonly kind: 'ref'; readonly ref: string }
  /** A schema of `components` by its name alone, as in the mapping of a discriminator. */
  | { readonly kind: 'schema'; readonly name: string }
  | { readonly kind: NameKind; readonly name: string; readonly isDefinition: boolean };

export interface Occurrence {
  readonly node: TreeNode;
  readonly on: 'key' | 'value';
  readonly named: Named;
}

const known = new WeakMap<View, readonly Occurrence[]>();

/** The occurrences in one part of a file. */
export function occurrencesIn(view: View): readonly Occurrence[] {
  // What stands in a map of several parts changes without another view.
  if (view.unit instanceof SpineNode) return [...find(view)];
  let found = known.get(view);
  if (found === undefined) {
    found = [...find(view)];
    known.set(view, found);
  }
  return found;
}

/** The occurrences in a file, each once. */
export function* allOccurrences(spec: Spec): Generator<Occurrence> {
  const seen = new Set<TreeNode>();
  for (const view of spec.ownViews)
    for (const one of occurrencesIn(view)) {
      if (!spec.owns(one.node) || seen.has(one.node)) continue;
      if (one.named.kind !== 'ref') seen.add(one.node);
      yield one;
    }
}

/** The occurrence at an offset, if there is one. */
export function occurrenceAt(spec: Spec, offset: number): Occurrence | undefined {
  const chunk = spec.source.lines.chunkBefore(offset);
  for (const view of spec.ownViews) {
    if (view.unit !== chunk && !(view.unit instanceof SpineNode)) continue;
    for (const one of occurrencesIn(view)) {
      const span = one.on === 'key' ? one.node.keySpan : one.node;
      if (span !== undefined && spec.owns(one.node) && isIn(span, offset)) return one;
    }
  }
  return undefined;
}

function* find(view: View): Generator<Occurrence> {
  // Also where nothing is known of what stands there: a part may hold more than the description leads to.
  if (view.refValues.length > 0) for (const node of view.nodes('map')) yield* ref(node.get('$ref'));
  for (const node of view.nodes('discriminator')) yield* mapped(node);
  for (const node of view.nodes('link')) {
    yield* ref(node.get('operationRef'));
    yield* named('operation', node.get('operationId'), false);
  }
  for (const node of view.nodes('operation')) {
    yield* named('operation', node.get('operationId'), true);
    const tags = node.get('tags');
    if (tags?.kind === 'list') for (const tag of tags.children) yield* named('tag', tag, false);
  }
  for (const node of view.nodes('tag')) {
    yield* named('tag', node.get('name'), true);
    yield* named('tag', node.get('parent'), false);
  }
  yield* schemes(view);
}

function* schemes(view: View): Generator<Occurrence> {
  for (const node of view.nodes('securityRequirement'))
    for (const child of node.children) yield* key(child, false);
  const referred = refsIn(view).filter(({ type }) => type === 'securityScheme');
  for (const node of [...view.nodes('securityScheme'), ...referred.map((one) => one.node)])
    if (/^security(?:Schemes|Definitions)$/.test(node.parent?.key ?? '')) yield* key(node, true);
}

function* key(node: TreeNode, isDefinition: boolean): Generator<Occurrence> {
  const name = node.key;
  if (name !== undefined && name !== '<<')
    yield { node, on: 'key', named: { kind: 'scheme', name, isDefinition } };
}

function* ref(node: TreeNode | undefined): Generator<Occurrence> {
  if (node?.string !== undefined && node.kind === 'scalar')
    yield { node, on: 'value', named: { kind: 'ref', ref: node.string } };
}

function* named(kind: NameKind, node: TreeNode | undefined, isDefinition: boolean): Generator<Occurrence> {
  if (node?.string !== undefined && node.kind === 'scalar')
    yield { node, on: 'value', named: { kind, name: node.string, isDefinition } };
}

function* mapped(discriminator: TreeNode): Generator<Occurrence> {
  const usual = discriminator.get('defaultMapping');
  for (const node of [
    ...(discriminator.get('mapping')?.children ?? []),
    ...(usual === undefined ? [] : [usual]),
  ]) {
    const name = node.string;
    if (name === undefined || node.kind !== 'scalar') continue;
    if (isRefValue(name)) yield* ref(node);
    else yield { node, on: 'value', named: { kind: 'schema', name } };
  }
}
