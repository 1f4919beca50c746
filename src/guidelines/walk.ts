/** Finds out what each node is, so that rules can be given all nodes of a type at once. */
import type { Chunk } from './chunk';
import type { SpecVersion } from './detect';
import type { Content, NodeType, Shape } from './shapes';
import { nodeTypes, rootOf, shapesOf } from './shapes';
import type { SpineNode } from './spine';
import type { Steps } from './steps';
import type { TreeNode } from './tree';

/** Schemas by what their `type` says or lists; in Swagger 2.0 also parameters and headers, which say it themselves. */
export const typedSchemas = [
  'stringSchema',
  'integerSchema',
  'numberSchema',
  'booleanSchema',
  'arraySchema',
  'objectSchema',
] as const;

/** Keywords that few schemas have: a rule that asks for one sees only those, which costs nearly nothing. */
const keywords = [
  'allOf',
  'anyOf',
  'default',
  'discriminator',
  'enum',
  'example',
  'examples',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'maxItems',
  'maxLength',
  'maxProperties',
  'maximum',
  'nullable',
  'oneOf',
  'pattern',
  'required',
  'writeOnly',
] as const;
type KeywordVisit = `schema.${(typeof keywords)[number]}`;

/**
 * Types of nodes, and kinds that cut across them: entries of `paths`, references that tools follow, every map, typed schemas,
 * those of days and instants, and schemas with a keyword.
 */
export type VisitType =
  NodeType | 'path' | 'ref' | 'map' | 'momentSchema' | (typeof typedSchemas)[number] | KeywordVisit;

const keywordVisits: readonly KeywordVisit[] = keywords.map((keyword) => `schema.${keyword}` as const);
const visitOfKeyword: ReadonlyMap<string, KeywordVisit> = new Map(
  keywords.map((keyword) => [keyword, `schema.${keyword}`]),
);
export const visitTypes: readonly VisitType[] = [
  ...nodeTypes,
  'path',
  'ref',
  'map',
  'momentSchema',
  ...typedSchemas,
  ...keywordVisits,
];

/** Schemas of days and instants: their `format` is `date` or `date-time`. */
const momentFormats: ReadonlySet<string | undefined> = new Set(['date', 'date-time']);

const kindByType: ReadonlyMap<string | undefined, VisitType> = new Map(
  typedSchemas.map((kind) => [kind.slice(0, -'Schema'.length), kind]),
);

/** What a part of a document, read by itself, holds. */
export class View {
  readonly unit: Chunk | SpineNode;
  readonly byType: ReadonlyMap<VisitType, readonly TreeNode[]>;
  /** The values of all `$ref`s, wherever they stand. */
  readonly refValues: readonly string[];

  constructor(
    unit: Chunk | SpineNode,
    { byType, refValues }: Pick<View, 'byType' | 'refValues'> = { byType: new Map(), refValues: [] },
  ) {
    this.unit = unit;
    // Lists that grew are longer than they need to be, and these stay.
    this.byType = new Map(Array.from(byType, ([type, nodes]) => [type, nodes.slice()]));
    this.refValues = refValues;
  }

  nodes(type: VisitType): readonly TreeNode[] {
    return this.byType.get(type) ?? [];
  }
}

const stepEvery = 4096;
/** Walks a chunk without recursion, in the order of the text. Aliases are not entered: what they name is walked where it stands. */
export function* walkSteps(chunk: Chunk, version: SpecVersion): Steps<View> {
  const walk = new Walk(version);
  if (chunk.kind === 'whole') for (const node of chunk.entries) walk.push(node, rootOf(version));
  else walk.entries(chunk.kind === 'header' ? [] : chunk.entries, walk.contentAt(chunk.place.path));
  for (let count = 1; walk.next(); count += 1) if (count % stepEvery === 0) yield;
  return new View(chunk, walk);
}

/** The view of a map whose entries are walked by themselves. */
export function viewOfSpine(spine: SpineNode, path: readonly string[], version: SpecVersion): View {
  const content = new Walk(version).contentAt(path);
  const byType = new Map<VisitType, readonly TreeNode[]>([['map', [spine]]]);
  if (content?.kind === 'one' || content?.kind === 'oneOrList') {
    byType.set(content.type, [spine]);
    if (content.type === 'schema') for (const visit of keywordVisits) byType.set(visit, [spine]);
  }
  return new View(spine, { byType, refValues: [] });
}

class Walk {
  readonly byType = new Map<VisitType, TreeNode[]>();
  readonly refValues: string[] = [];
  readonly #shapes: Readonly<Record<NodeType, Shape>>;
  readonly #refHidesSiblings: boolean;
  readonly #saysType: ReadonlySet<NodeType>;
  readonly #root: Content;
  readonly #items = new Map<NodeType, Content>();
  /** What is still to be visited, last first: nodes, and beside each what the model says of it. */
  readonly #nodes: TreeNode[] = [];
  readonly #contents: (Content | undefined)[] = [];

  constructor(version: SpecVersion) {
    this.#shapes = shapesOf(version);
    this.#saysType = new Set(version === '2.0' ? ['schema', 'parameter', 'header'] : ['schema']);
    this.#root = rootOf(version);
    this.#refHidesSiblings = version === '2.0' || version === '3.0';
  }

  push(node: TreeNode, content: Content | undefined): void {
    this.#nodes.push(node);
    this.#contents.push(content);
  }

  /** What the model says of the value under these keys. */
  contentAt(path: readonly string[]): Content | undefined {
    let content: Content | undefined = this.#root;
    for (const key of path) content = this.#contentOf(content, key);
    return content;
  }

  /** Entries of a map that holds `content`, to be visited. */
  entries(nodes: readonly TreeNode[], content: Content | undefined): void {
    const isPaths = content?.kind === 'one' && content.type === 'paths';
    for (let at = nodes.length - 1; at >= 0; at -= 1) {
      const node = nodes[at];
      if (node?.isCollection === true) this.push(node, this.#contentOf(content, node.key ?? ''));
    }
    if (isPaths) for (const node of nodes) if (node.key?.startsWith('/') === true) this.#add('path', node);
  }

  /** Visits one node; false when none is left. */
  next(): boolean {
    const node = this.#nodes.pop();
    const content = this.#contents.pop();
    if (node === undefined) return false;
    if (node.kind === 'list') this.#list(node, content);
    else if (node.kind === 'map') this.#map(node, content);
    return true;
  }

  #add(type: VisitType, node: TreeNode): void {
    const known = this.byType.get(type);
    if (known) known.push(node);
    else this.byType.set(type, [node]);
  }

  #list(node: TreeNode, content: Content | undefined): void {
    const item = this.#itemOf(content, 'list');
    const { children } = node;
    for (let at = children.length - 1; at >= 0; at -= 1) {
      const child = children[at];
      if (child?.isCollection === true) this.push(child, item);
    }
  }

  #map(node: TreeNode, content: Content | undefined): void {
    this.#add('map', node);
    const ref = node.get('$ref')?.string;
    if (ref !== undefined) this.refValues.push(ref);
    if (content?.kind !== 'one' && content?.kind !== 'oneOrList') return this.entries(node.children, content);
    const shape = this.#shapes[content.type];
    if (ref !== undefined && shape.rest === undefined) {
      this.#add('ref', node);
      if (this.#isOnlyRef(node, content.type)) return;
    }
    this.#object(content.type, node);
    this.entries(node.children, content);
  }

  #object(is: NodeType, node: TreeNode): void {
    this.#add(is, node);
    if (is === 'schema') this.#keywords(node);
    if (!this.#saysType.has(is)) return;
    const type = node.get('type')?.actual;
    for (const one of type?.kind === 'list' ? type.children : [type]) {
      const kind = kindByType.get(one?.string);
      if (kind !== undefined) this.#add(kind, node);
      if (kind === 'stringSchema' && momentFormats.has(node.get('format')?.string))
        this.#add('momentSchema', node);
    }
  }

  #isOnlyRef(node: TreeNode, type: NodeType): boolean {
    const hidesRest = type === 'schema' ? this.#refHidesSiblings : type !== 'pathItem';
    return hidesRest || !node.children.some((child) => !refFriends.has(child.key ?? ''));
  }

  #keywords(node: TreeNode): void {
    for (const { key = '' } of node.children) {
      const visit = visitOfKeyword.get(key);
      if (visit !== undefined) this.#add(visit, node);
      // What is merged in can hold any of them.
      else if (key === '<<') for (const one of keywordVisits) this.#add(one, node);
    }
  }

  #contentOf(content: Content | undefined, key: string): Content | undefined {
    if (content?.kind !== 'one' && content?.kind !== 'oneOrList') return this.#itemOf(content, 'map');
    const shape = this.#shapes[content.type];
    if (Object.hasOwn(shape.fields, key)) return shape.fields[key];
    return shape.extensible && key.startsWith('x-') ? undefined : shape.rest;
  }

  /** What the entries of a list or a map hold, when the model wants a list or a map here. */
  #itemOf(content: Content | undefined, kind: 'list' | 'map'): Content | undefined {
    if (content === undefined || content.kind === 'any' || content.kind === 'one') return undefined;
    if (content.kind !== kind && (content.kind !== 'oneOrList' || kind === 'map')) return undefined;
    const known = this.#items.get(content.type);
    if (known) return known;
    const made: Content = { kind: 'one', type: content.type };
    this.#items.set(content.type, made);
    return made;
  }
}

/** What may stand beside a `$ref` without making it more than a reference (OpenAPI 3.1, Reference Object). */
const refFriends: ReadonlySet<string> = new Set(['$ref', 'summary', 'description']);
