/** What a file that nothing leads to yet has to offer to references: told from its text alone. */
import { looksLikeSpec } from '../detect';
import { formatPointer } from '../pointer';
import type { NodeType } from '../shapes';
import { Spec } from '../spec';
import { finish } from '../steps';
import type { TreeNode } from '../tree';
import { components } from './targets';

/** Something that a reference can lead to. */
export interface Offer {
  /** From the root; empty for the whole file. */
  readonly pointer: string;
  readonly type: NodeType;
  readonly detail: string | undefined;
}

/** A file, by its address, and what it has. */
export interface Offering {
  readonly address: string;
  /** Whether it is a description of Swagger 2.0, whose parts are no parts of others; undefined for what is no description. */
  readonly isSwagger: boolean | undefined;
  readonly offers: readonly Offer[];
}

/** Nobody chooses from more. */
const mostOffers = 500;
/** Longer texts are data, not parts of a description. */
const longest = 4_000_000;

export function offeringOf(address: string, text: string): Offering {
  const spec = text.length > longest ? undefined : new Spec(text);
  if (spec === undefined) return { address, isSwagger: undefined, offers: [] };
  const isDescription = finish(spec.outlineSteps()) && looksLikeSpec(text);
  const offers = isDescription
    ? components(spec).map(({ path, type, detail }) => ({ pointer: formatPointer(path), type, detail }))
    : [...offersIn(spec.ownRoot)];
  const isSwagger = isDescription ? spec.version === '2.0' : undefined;
  return { address, isSwagger, offers: offers.slice(0, mostOffers) };
}

/** Of a file that is no description: all of it, or what stands at its top or in a map there. */
function* offersIn(root: TreeNode): Generator<Offer> {
  const whole = typeOf(root);
  if (whole !== undefined) yield offer([], root, whole);
  for (const node of entriesOf(root)) {
    const key = node.key ?? '';
    const isHolder = /^(?:\$defs|definitions|components)$/.test(key);
    const type = isHolder ? undefined : typeOf(node);
    if (type !== undefined && whole === undefined) yield offer([key], node, type);
    if (whole !== undefined ? isHolder : type === undefined)
      for (const below of entriesOf(node)) {
        const inner = typeOf(below);
        if (inner !== undefined) yield offer([key, below.key ?? ''], below, inner);
      }
  }
}

const entriesOf = ({ actual }: TreeNode): readonly TreeNode[] =>
  actual.kind === 'map'
    ? actual.children.filter(({ key }) => key !== undefined && !key.startsWith('x-'))
    : [];

function offer(path: readonly string[], node: TreeNode, type: NodeType): Offer {
  const text = node.actual.stringAt('description') ?? node.actual.stringAt('title');
  return { pointer: formatPointer(path), type, detail: text?.split('\n')[0]?.slice(0, 80) };
}

const schemaTypes: ReadonlySet<string> = new Set(
  'string number integer boolean array object null'.split(' '),
);
const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace', 'query'];
const schemaKeys = [
  'properties',
  'allOf',
  'oneOf',
  'anyOf',
  'enum',
  'const',
  'items',
  'additionalProperties',
];
const schemes = /^(?:apiKey|http|oauth2|openIdConnect|mutualTLS|basic)$/;

const isMap = (node: TreeNode | undefined): boolean => node?.actual.kind === 'map';
const hasAny = (node: TreeNode, keys: readonly string[]): boolean => keys.some((key) => node.has(key));

/** What only things of a type have, in the order in which they are asked. */
const marks: readonly (readonly [NodeType, (node: TreeNode) => boolean])[] = [
  ['parameter', (node) => node.stringAt('in') !== undefined && node.has('name')],
  ['pathItem', (node) => methods.some((method) => node.get(method)?.actual.has('responses') === true)],
  ['securityScheme', (node) => schemes.test(node.stringAt('type') ?? '')],
  ['response', (node) => node.has('description') && hasAny(node, ['content', 'headers'])],
  ['requestBody', (node) => isMap(node.get('content'))],
  ['header', (node) => isMap(node.get('schema'))],
  ['example', (node) => hasAny(node, ['value', 'externalValue']) && !node.has('type')],
  ['schema', (node) => schemaTypes.has(node.stringAt('type') ?? '') || hasAny(node, schemaKeys)],
];

/** What a map is most likely meant as; undefined when it could be anything. */
function typeOf({ actual }: TreeNode): NodeType | undefined {
  return actual.kind === 'map' ? marks.find(([, isIt]) => isIt(actual))?.[0] : undefined;
}
