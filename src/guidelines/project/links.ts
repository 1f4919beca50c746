/** The references of a file that lead on, each with what is expected there. */
import type { SpecVersion } from '../detect';
import type { NodeType } from '../shapes';
import type { Spec } from '../spec';
import { SpineNode } from '../spine';
import type { TreeNode } from '../tree';
import type { TypedRef, View } from '../walk';
import { viewBelow } from '../walk';

/** A reference as it is written. */
export interface Link {
  readonly ref: string;
  readonly type: NodeType;
}

type Held = Pick<View, 'nodes' | 'refTypes'>;

/** Whether the value of a mapping is a reference, not the name of a schema. */
export const isRefValue = (value: string): boolean => /[/#]/.test(value) || /\.(?:ya?ml|json)$/i.test(value);

function linksOf(held: Held): readonly Link[] {
  const refs = typedRefs(held).flatMap(({ node, type }) => linkAt(node.get('$ref'), type));
  const mapped = held
    .nodes('discriminator')
    .flatMap((one) => [
      ...one.childrenOf('mapping'),
      ...(one.get('defaultMapping') === undefined ? [] : [one.get('defaultMapping')]),
    ])
    .flatMap((value) => (isRefValue(value?.string ?? '') ? linkAt(value, 'schema') : []));
  const operations = held.nodes('link').flatMap((one) => linkAt(one.get('operationRef'), 'operation'));
  return [...refs, ...mapped, ...operations];
}

function typedRefs(held: Held): readonly TypedRef[] {
  return held.nodes('ref').flatMap((node, at) => {
    const type = held.refTypes[at];
    return type === undefined ? [] : [{ node, type }];
  });
}

function linkAt(node: TreeNode | undefined, type: NodeType): readonly Link[] {
  const ref = node?.actual.string;
  return ref === undefined ? [] : [{ ref, type }];
}

const isInside = (ref: string): boolean => ref.startsWith('#');

/** Most descriptions are one file, with thousands of references: these are seen to stay in it at a glance. */
function mayLeadOut({ refValues, byType }: View): boolean {
  return byType.has('discriminator') || byType.has('link') || !refValues.every(isInside);
}

const ofViews = new WeakMap<View, readonly Link[]>();

/** The references in a view that lead to other files. */
export function linksOut(view: View): readonly Link[] {
  let links = ofViews.get(view);
  if (links === undefined) {
    links = mayLeadOut(view) ? linksOf(view).filter(({ ref }) => !isInside(ref)) : [];
    ofViews.set(view, links);
  }
  return links;
}

interface Reached {
  /** The round in which the file was walked: what stands in several chunks may change without being another node. */
  readonly round: number;
  readonly links: readonly Link[];
}

const ofNodes = new WeakMap<TreeNode, Map<string, Reached>>();

/** All references below a node of a part, when it is what is expected there; kept until its text changes. */
export function linksBelow(
  node: TreeNode,
  type: NodeType,
  { spec, version }: { spec: Spec; version: SpecVersion },
): readonly Link[] {
  const key = `${type} ${version}`;
  const known = ofNodes.get(node) ?? new Map<string, Reached>();
  ofNodes.set(node, known);
  const round = node instanceof SpineNode ? spec.changed : 0;
  const found = known.get(key);
  if (found !== undefined && found.round === round) return found.links;
  const links = linksOf(viewBelow(node, type, version));
  known.set(key, { round, links });
  return links;
}
