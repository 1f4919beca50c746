import { byKeys } from '../layout';
import { SpineNode } from '../spine';
import type { TreeNode } from '../tree';

/** What kinds of keywords there are, as bits. */
const limiting = 1;
const combining = 2;
const restricting = 4;

const kindOf: ReadonlyMap<string, number> = new Map(
  (
    [
      [
        limiting,
        'minLength maxLength pattern format minimum maximum exclusiveMinimum exclusiveMaximum multipleOf',
      ],
      [combining, 'allOf anyOf oneOf not if'],
      [restricting, 'enum const minProperties maxProperties minItems maxItems uniqueItems'],
    ] as const
  ).flatMap(([kind, keywords]) => keywords.split(' ').map((keyword) => [keyword, kind] as const)),
);

const ownKinds = byKeys(({ keys }) => keys.reduce((kinds, key) => kinds | (kindOf.get(key) ?? 0), 0));

/** The kinds of keywords that a schema has. */
function kindsIn(schema: TreeNode): number {
  let kinds = ownKinds(schema);
  if (schema.mayMerge) for (const [keyword, kind] of kindOf) if (schema.has(keyword)) kinds |= kind;
  return kinds;
}

/** The types of JSON, each a bit. */
const bitOfType: ReadonlyMap<string, number> = new Map([
  ['object', 1],
  ['array', 2],
  ['string', 4],
  ['boolean', 8],
  ['null', 16],
  ['integer', 32],
  ['number', 64],
]);
const everyType = 127;

/** The types that a schema allows, by what its `type` lists; `file` can be anything. */
function typesAllowed(types: readonly string[]): number {
  if (types.length === 0 || types.includes('file')) return everyType;
  let allowed = 0;
  for (const type of types) allowed |= bitOfType.get(type) ?? 0;
  // A whole number is a number besides.
  if (types.includes('number')) allowed |= bitOfType.get('integer') ?? 0;
  return allowed;
}

const known = new WeakMap<TreeNode, Facets>();

export function facetsOf(schema: TreeNode): Facets {
  const found = known.get(schema);
  if (found !== undefined) return found;
  const facets = new Facets(schema);
  // The entries of a map that spans several parts of the document come and go.
  if (!(schema instanceof SpineNode)) known.set(schema, facets);
  return facets;
}

/** What a schema says, looked up once: a schema that many examples use is asked over and over. */
export class Facets {
  readonly types: readonly string[];
  readonly ref: string | undefined;
  /** Whether nothing stands beside the reference. */
  readonly isOnlyRef: boolean;
  readonly isNullable: boolean;
  readonly required: readonly string[];
  /** Whether texts or numbers have more to keep than their type. */
  readonly limits: boolean;
  /** Whether there are keywords that put schemas together. */
  readonly combines: boolean;
  /** Whether values are counted, listed or compared. */
  readonly restricts: boolean;
  readonly #schema: TreeNode;
  readonly #allowed: number;
  #properties: ReadonlyMap<string, TreeNode> | undefined;

  constructor(schema: TreeNode) {
    this.#schema = schema;
    const type = this.get('type');
    this.types = textsIn(type?.kind === 'list' ? type.children : type === undefined ? [] : [type]);
    this.#allowed = typesAllowed(this.types);
    this.ref = this.get('$ref')?.string;
    this.isOnlyRef = schema.keys.length === 1 && !schema.mayMerge;
    this.isNullable = this.#isTrue('nullable') || this.#isTrue('x-nullable');
    this.required = textsIn(this.get('required')?.children ?? []);
    const kinds = kindsIn(schema);
    this.limits = (kinds & limiting) !== 0;
    this.combines = (kinds & combining) !== 0;
    this.restricts = (kinds & restricting) !== 0;
  }

  /** Whether `type` allows a value of this type. */
  allows(type: string): boolean {
    return (this.#allowed & (bitOfType.get(type) ?? 0)) !== 0;
  }

  /** The value of a keyword, that of an alias followed. */
  get(keyword: string): TreeNode | undefined {
    return this.#schema.get(keyword)?.actual;
  }

  get properties(): ReadonlyMap<string, TreeNode> {
    return (this.#properties ??= propertiesOf(this.get('properties')));
  }

  #isTrue(keyword: string): boolean {
    return this.get(keyword)?.value === true;
  }
}

const nothing: readonly string[] = [];

/** The texts among some values. */
function textsIn(nodes: readonly TreeNode[]): readonly string[] {
  return nodes.length === 0 ? nothing : nodes.flatMap((one) => one.actual.string ?? []);
}

function propertiesOf(node: TreeNode | undefined): ReadonlyMap<string, TreeNode> {
  const properties = new Map<string, TreeNode>();
  for (const child of node?.children ?? [])
    if (child.key === '<<') for (const [name, one] of propertiesOf(child.actual)) properties.set(name, one);
    else if (child.key !== undefined) properties.set(child.key, child);
  return properties;
}
