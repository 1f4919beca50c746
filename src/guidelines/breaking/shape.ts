/** What a schema says in all: its own keywords, those of its `allOf`, and of what they refer to. */
import { typeOfValue } from '../schemas';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';

/** The schemas that hold together for a value. */
interface Part {
  readonly node: TreeNode;
  /** What it was reached by; undefined for what is written in place. */
  readonly ref: string | undefined;
}

export interface ShapedProperty {
  readonly node: TreeNode;
  readonly part: Part;
}

const mostParts = 200;
const mostDepth = 4;
const open: ReadonlySet<string> = new Set();

export class SchemaShape {
  readonly written: TreeNode;
  readonly spec: Spec;
  readonly parts: readonly Part[];
  /** Whether a part stands in another document, so that not all is known. */
  readonly isOpaque: boolean;
  /** The one alternative, beside `null`, that a `oneOf` or `anyOf` leaves: it holds together with the rest. */
  readonly sole: TreeNode | undefined;
  readonly #hasNull: boolean;
  #required: ReadonlyMap<string, TreeNode> | undefined;
  #properties: ReadonlyMap<string, ShapedProperty> | undefined;

  constructor(written: TreeNode, spec: Spec) {
    this.written = written;
    this.spec = spec;
    const gathered = new Gathering(spec);
    gathered.add(written, undefined);
    this.parts = gathered.parts;
    this.isOpaque = gathered.isOpaque;
    this.sole = gathered.sole;
    this.#hasNull = gathered.hasNull;
  }

  /** The schema itself, behind its `$ref`. */
  get node(): TreeNode {
    return this.parts[0]?.node ?? this.written;
  }

  /** The first that is said for a keyword. */
  find(keyword: string): TreeNode | undefined {
    for (const { node } of this.parts) {
      const found = node.get(keyword);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** All that is said for a keyword. */
  all(keyword: string): readonly TreeNode[] {
    return this.parts.flatMap(({ node }) => node.get(keyword) ?? []);
  }

  isTrue(keyword: string): boolean {
    return this.all(keyword).some((one) => one.actual.value === true);
  }

  get format(): string | undefined {
    return this.find('format')?.actual.string;
  }

  /** The types that a value may have, `null` among them; empty when any will do. */
  get types(): ReadonlySet<string> {
    return this.typesWithin(mostDepth);
  }

  typesWithin(depth: number): ReadonlySet<string> {
    const type = this.find('type')?.actual;
    const said = type === undefined ? this.#meantTypes(depth) : wordsOf(type);
    if (said.size === 0) return open;
    const isNullable = this.#hasNull || this.isTrue('nullable') || this.isTrue('x-nullable');
    return isNullable ? new Set([...said, 'null']) : said;
  }

  #meantTypes(depth: number): ReadonlySet<string> {
    if (this.find('properties') !== undefined) return new Set(['object']);
    if (this.find('items') !== undefined) return new Set(['array']);
    const variants = this.allVariants;
    if (variants.length > 0 && depth > 0) {
      const each = variants.map((one) => new SchemaShape(one, this.spec).typesWithin(depth - 1));
      return each.some((one) => one.size === 0) ? open : new Set(each.flatMap((one) => [...one]));
    }
    return new Set([...(this.values?.values() ?? [])].map(typeOfValue));
  }

  /** The values of `enum` or `const`, by what they are; undefined when there are none. */
  get values(): ReadonlyMap<string, TreeNode> | undefined {
    const single = this.find('const');
    const listed = single === undefined ? this.find('enum')?.actual : undefined;
    if (single === undefined && listed?.kind !== 'list') return undefined;
    const nodes = single === undefined ? (listed?.children ?? []) : [single];
    return new Map(nodes.map((one) => [valueKey(one), one]));
  }

  get properties(): ReadonlyMap<string, ShapedProperty> {
    return (this.#properties ??= this.#readProperties());
  }

  #readProperties(): ReadonlyMap<string, ShapedProperty> {
    const found = new Map<string, ShapedProperty>();
    for (const part of this.parts)
      for (const node of part.node.childrenOf('properties'))
        if (node.key !== undefined && !found.has(node.key)) found.set(node.key, { node, part });
    return found;
  }

  /** Where it is said that a property is required. */
  required(name: string): TreeNode | undefined {
    this.#required ??= new Map(
      this.all('required')
        .flatMap((list) => list.actual.children)
        .map((one) => [one.string ?? '', one]),
    );
    return this.#required.get(name);
  }

  /** The alternatives of `oneOf` and `anyOf`, but for that which is only `null`. */
  get variants(): readonly TreeNode[] {
    return this.allVariants.filter((one) => !isNull(one));
  }

  get allVariants(): readonly TreeNode[] {
    return this.parts.flatMap(({ node }) => {
      const listed = alternativesOf(node);
      return listed.filter((one) => !isNull(one)).length === 1 ? [] : listed;
    });
  }

  /** The nearest thing that is still there of a part of the other version: what was reached by the same name, else the schema. */
  partLike(other: Part): TreeNode {
    const same = this.parts.find((one) => one.ref === other.ref) ?? this.parts[0];
    return same?.node ?? this.written;
  }
}

const isNull = (schema: TreeNode): boolean => schema.actual.stringAt('type') === 'null';

function alternativesOf(schema: TreeNode): readonly TreeNode[] {
  return [...schema.childrenOf('oneOf'), ...schema.childrenOf('anyOf')];
}

class Gathering {
  readonly parts: Part[] = [];
  isOpaque = false;
  sole: TreeNode | undefined;
  hasNull = false;
  readonly #spec: Spec;
  readonly #seen = new Set<TreeNode>();

  constructor(spec: Spec) {
    this.#spec = spec;
  }

  add(written: TreeNode, ref: string | undefined): void {
    const node = written.actual;
    if (node.kind !== 'map' || this.#seen.has(node) || this.parts.length >= mostParts) return;
    this.#seen.add(node);
    const isAll = this.#follow(node);
    if (isAll) return;
    this.parts.push({ node, ref });
    for (const one of node.childrenOf('allOf')) this.add(one, ref);
    this.#addSole(node, ref);
  }

  /** Adds what a schema refers to; gives whether that is all that counts, as it is before OpenAPI 3.1. */
  #follow(node: TreeNode): boolean {
    const ref = node.stringAt('$ref');
    if (ref === undefined) return false;
    const target = this.#spec.resolve(ref, node);
    if (target === undefined) this.isOpaque = true;
    else this.add(target, ref);
    return node.children.length === 1 || this.#spec.version === '2.0' || this.#spec.version === '3.0';
  }

  #addSole(node: TreeNode, ref: string | undefined): void {
    const alternatives = alternativesOf(node);
    const [first, ...others] = alternatives.filter((one) => !isNull(one));
    if (first === undefined || others.length > 0) return;
    this.sole = first;
    this.hasNull ||= alternatives.length > 1;
    this.add(first, ref);
  }
}

function wordsOf(type: TreeNode): ReadonlySet<string> {
  const listed = type.kind === 'list' ? type.children : [type];
  return new Set(listed.flatMap((one) => one.actual.string ?? []));
}

/** A value as a key: `1` and `"1"` are two. */
function valueKey(node: TreeNode): string {
  const { actual } = node;
  return actual.kind === 'scalar' ? JSON.stringify(actual.value) : actual.source;
}
