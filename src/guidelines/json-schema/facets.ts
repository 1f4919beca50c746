import { SpineNode } from '../spine';
import type { TreeNode } from '../tree';

const words = (text: string): readonly string[] => text.split(' ');

const limiting = new Set(
  words('minLength maxLength pattern format minimum maximum exclusiveMinimum exclusiveMaximum multipleOf'),
);
const combining = new Set(words('allOf anyOf oneOf not if'));

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
  #properties: ReadonlyMap<string, TreeNode> | undefined;

  constructor(schema: TreeNode) {
    this.#schema = schema;
    const { children } = schema;
    const isMerged = schema.has('<<');
    const hasAny = (keywords: ReadonlySet<string>): boolean =>
      isMerged
        ? [...keywords].some((keyword) => schema.has(keyword))
        : children.some(({ key = '' }) => keywords.has(key));
    const type = this.get('type');
    const listed = type?.kind === 'list' ? type.children.map((one) => one.actual) : [type];
    this.types = listed.flatMap((one) => one?.string ?? []);
    this.ref = this.get('$ref')?.string;
    this.isOnlyRef = children.length === 1 && !isMerged;
    this.isNullable = this.#isTrue('nullable') || this.#isTrue('x-nullable');
    this.required = this.get('required')?.children.flatMap((one) => one.actual.string ?? []) ?? [];
    this.limits = hasAny(limiting);
    this.combines = hasAny(combining);
    this.restricts = hasAny(restricting);
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

const restricting = new Set(words('enum const minProperties maxProperties minItems maxItems uniqueItems'));

function propertiesOf(node: TreeNode | undefined): ReadonlyMap<string, TreeNode> {
  const properties = new Map<string, TreeNode>();
  for (const child of node?.children ?? [])
    if (child.key === '<<') for (const [name, one] of propertiesOf(child.actual)) properties.set(name, one);
    else if (child.key !== undefined) properties.set(child.key, child);
  return properties;
}
