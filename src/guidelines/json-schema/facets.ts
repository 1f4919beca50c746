import { SpineNode } from '../spine';
import type { TreeNode } from '../tree';

/** What a schema says, looked up once: a schema that many examples use is asked over and over. */
export interface Facets {
  readonly types: readonly string[];
  readonly ref: string | undefined;
  /** Whether nothing stands beside the reference. */
  readonly isOnlyRef: boolean;
  readonly isNullable: boolean;
  readonly required: readonly string[];
  readonly properties: ReadonlyMap<string, TreeNode>;
  /** Whether texts or numbers have more to keep than their type. */
  readonly limits: boolean;
  /** Whether there are keywords that put schemas together. */
  readonly combines: boolean;
  get(keyword: string): TreeNode | undefined;
}

const words = (text: string): readonly string[] => text.split(' ');

const limiting = new Set(
  words('minLength maxLength pattern format minimum maximum exclusiveMinimum exclusiveMaximum multipleOf'),
);
const combining = new Set(words('allOf anyOf oneOf not if'));

/** Every keyword that is asked for, to find those that a YAML merge brings in. */
const merged = [
  ...words(
    'type $ref nullable x-nullable required properties enum const additionalProperties patternProperties minProperties ' +
      'maxProperties discriminator items prefixItems minItems maxItems uniqueItems then else',
  ),
  ...limiting,
  ...combining,
];

const known = new WeakMap<TreeNode, Facets>();

export function facetsOf(schema: TreeNode): Facets {
  const found = known.get(schema);
  if (found !== undefined) return found;
  const facets = read(schema);
  // The entries of a map that spans several parts of the document come and go.
  if (!(schema instanceof SpineNode)) known.set(schema, facets);
  return facets;
}

function entriesOf(schema: TreeNode): ReadonlyMap<string, TreeNode> {
  const entries = new Map<string, TreeNode>();
  for (const child of schema.children)
    if (child.key !== undefined && !entries.has(child.key)) entries.set(child.key, child.actual);
  if (!entries.has('<<')) return entries;
  for (const keyword of merged) {
    const found = schema.get(keyword);
    if (found !== undefined) entries.set(keyword, found.actual);
  }
  return entries;
}

function read(schema: TreeNode): Facets {
  const entries = entriesOf(schema);
  const type = entries.get('type');
  const listed = type?.kind === 'list' ? type.children.map((one) => one.actual) : [type];
  const isTrue = (keyword: string): boolean => entries.get(keyword)?.value === true;
  return {
    types: listed.flatMap((one) => one?.string ?? []),
    ref: entries.get('$ref')?.string,
    isOnlyRef: entries.size === 1,
    isNullable: isTrue('nullable') || isTrue('x-nullable'),
    required: entries.get('required')?.children.flatMap((one) => one.actual.string ?? []) ?? [],
    properties: propertiesOf(entries.get('properties')),
    limits: [...entries.keys()].some((keyword) => limiting.has(keyword)),
    combines: [...entries.keys()].some((keyword) => combining.has(keyword)),
    get: (keyword) => entries.get(keyword),
  };
}

function propertiesOf(node: TreeNode | undefined): ReadonlyMap<string, TreeNode> {
  const properties = new Map<string, TreeNode>();
  for (const child of node?.children ?? [])
    if (child.key === '<<') for (const [name, one] of propertiesOf(child.actual)) properties.set(name, one);
    else if (child.key !== undefined) properties.set(child.key, child);
  return properties;
}
