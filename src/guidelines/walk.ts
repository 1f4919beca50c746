/** Finds out what each node is, so that rules can be given all nodes of a type at once. */
import type { Chunk } from './chunk';
import type { SpecVersion } from './detect';
import type { Places } from './expected';
import { byKeys } from './layout';
import type { Content, NodeType, Shape } from './shapes';
import { rootOf, shapesOf } from './shapes';
import type { SpineNode } from './spine';
import type { Steps } from './steps';
import type { PathSegment, TreeNode } from './tree';
import type { VisitType } from './visits';
import { keywordVisits, kindByType, momentFormats, visitOfKeyword } from './visits';

interface Held {
  /** The lists are replaced by others of the size that they need. */
  readonly byType: Map<VisitType, readonly TreeNode[]>;
  readonly refValues: readonly string[];
  readonly refTypes: readonly NodeType[];
}

const nothingHeld: Held = { byType: new Map(), refValues: [], refTypes: [] };

/** What a part of a document, read by itself, holds. */
export class View {
  readonly unit: Chunk | SpineNode;
  readonly byType: ReadonlyMap<VisitType, readonly TreeNode[]>;
  /** The values of all `$ref`s, wherever they stand. */
  readonly refValues: readonly string[];
  /** What is expected behind each node of the type `ref`, in the same order. */
  readonly refTypes: readonly NodeType[];

  constructor(unit: Chunk | SpineNode, { byType, refValues, refTypes }: Held = nothingHeld) {
    this.unit = unit;
    // Lists that grew are longer than they need to be, and these stay.
    for (const [type, nodes] of byType) byType.set(type, nodes.slice());
    this.byType = byType;
    this.refValues = refValues;
    this.refTypes = refTypes;
  }

  nodes(type: VisitType): readonly TreeNode[] {
    return this.byType.get(type) ?? [];
  }
}

const stepEvery = 4096;
/**
 * Walks a chunk without recursion, in the order of the text. Aliases are not entered: what they name is walked where it stands. In a
 * part of a description, `places` says what stands where.
 */
export function* walkSteps(chunk: Chunk, version: SpecVersion, places?: Places): Steps<View> {
  const walk = new Walk(version, places);
  if (chunk.kind === 'whole') for (const node of chunk.entries) walk.push(node, places ?? rootOf(version));
  else walk.entries(chunk.kind === 'header' ? [] : chunk.entries, walk.contentAt(chunk.place.path));
  for (let count = 1; walk.next(); count += 1) if (count % stepEvery === 0) yield;
  return new View(chunk, walk);
}

/** The view of a map whose entries are walked by themselves. */
export function viewOfSpine(
  spine: SpineNode,
  path: readonly string[],
  version: SpecVersion,
  places?: Places,
): View {
  if (places !== undefined) return viewOfPart(spine, new Walk(version, places), path);
  const content = new Walk(version).contentAt(path);
  const byType = new Map<VisitType, readonly TreeNode[]>([['map', [spine]]]);
  if (content?.kind === 'one' || content?.kind === 'oneOrList') {
    byType.set(content.type, [spine]);
    if (content.type === 'schema') for (const visit of keywordVisits) byType.set(visit, [spine]);
  }
  return new View(spine, { byType, refValues: [], refTypes: [] });
}

/** The same for a part of a description, where such a map can be anything, also no more than a reference. */
function viewOfPart(spine: SpineNode, walk: Walk, path: readonly string[]): View {
  walk.visit(spine, walk.contentAt(path));
  return new View(spine, walk);
}

export interface TypedRef {
  /** The map that holds the `$ref`. */
  readonly node: TreeNode;
  readonly type: NodeType;
}

/** The references in a view, each with what is expected behind it. */
export function refsIn(view: View): readonly TypedRef[] {
  return view.nodes('ref').flatMap((node, at) => {
    const type = view.refTypes[at];
    return type === undefined ? [] : [{ node, type }];
  });
}

/** What stands at a node and below it, when it is what is expected there. */
export function viewBelow(node: TreeNode, type: NodeType, version: SpecVersion): Omit<View, 'unit'> {
  const walk = new Walk(version);
  walk.push(node, { kind: 'one', type });
  while (walk.next());
  const { byType, refValues, refTypes } = walk;
  return { byType, refValues, refTypes, nodes: (one) => byType.get(one) ?? [] };
}

/** What the model says of the values at places of a description, or of a part of one. */
export function modelOf(
  version: SpecVersion,
  places?: Places,
): (path: readonly PathSegment[]) => NodeType | undefined {
  const walk = new Walk(version, places);
  return (path) => {
    const content = ownOf(walk.contentAt(path));
    return content?.kind === 'one' || content?.kind === 'oneOrList' ? content.type : undefined;
  };
}

class Walk {
  readonly byType = new Map<VisitType, TreeNode[]>();
  readonly refValues: string[] = [];
  readonly refTypes: NodeType[] = [];
  readonly #shapes: Readonly<Record<NodeType, Shape>>;
  readonly #refHidesSiblings: boolean;
  readonly #saysType: ReadonlySet<NodeType>;
  readonly #root: Said;
  readonly #items = new Map<NodeType, Content>();
  /** What is still to be visited, last first: nodes, and beside each what the model says of it. */
  readonly #nodes: TreeNode[] = [];
  readonly #contents: Said[] = [];

  constructor(version: SpecVersion, places?: Places) {
    this.#shapes = shapesOf(version);
    this.#saysType = new Set(version === '2.0' ? ['schema', 'parameter', 'header'] : ['schema']);
    this.#root = places ?? rootOf(version);
    this.#refHidesSiblings = version === '2.0' || version === '3.0';
  }

  push(node: TreeNode, content: Said): void {
    this.#nodes.push(node);
    this.#contents.push(content);
  }

  /** What the model says of the value under these keys, and at these places of lists. */
  contentAt(path: readonly PathSegment[]): Said {
    let content: Said = this.#root;
    for (const key of path)
      content = typeof key === 'number' ? this.#itemAt(content, key) : this.#contentOf(content, key);
    return content;
  }

  /** Entries of a map that holds `content`, to be visited. */
  entries(nodes: readonly TreeNode[], content: Said): void {
    for (let at = nodes.length - 1; at >= 0; at -= 1) {
      const node = nodes[at];
      if (node?.isCollection === true)
        this.push(node, content === undefined ? undefined : this.#contentOf(content, node.key ?? ''));
    }
    if (isPaths(content))
      for (const node of nodes) if (node.key?.startsWith('/') === true) this.#add('path', node);
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

  #itemAt(content: Said, index: number): Said {
    const item = this.#itemOf(ownOf(content), 'list');
    return content?.kind === 'places' ? below(content, String(index), item) : item;
  }

  #list(node: TreeNode, content: Said): void {
    const item = this.#itemOf(ownOf(content), 'list');
    const children = content?.kind === 'places' ? node.children : node.collections;
    for (let at = children.length - 1; at >= 0; at -= 1) {
      const child = children[at];
      if (child?.isCollection !== true) continue;
      this.push(child, content?.kind === 'places' ? below(content, String(at), item) : item);
    }
  }

  #map(node: TreeNode, content: Said): void {
    if (this.visit(node, content)) this.entries(isPaths(content) ? node.children : node.collections, content);
  }

  /** Takes note of a map alone; gives whether its entries are to be visited. */
  visit(node: TreeNode, content: Said): boolean {
    this.#add('map', node);
    const ref = node.get('$ref')?.string;
    if (ref !== undefined) this.refValues.push(ref);
    const own = ownOf(content);
    if (own?.kind !== 'one' && own?.kind !== 'oneOrList') return true;
    const shape = this.#shapes[own.type];
    if (ref !== undefined && shape.rest === undefined) {
      this.#add('ref', node);
      this.refTypes.push(own.type);
      if (this.#isOnlyRef(node, own.type)) return content?.kind === 'places';
    }
    this.#object(own.type, node);
    return true;
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
    return hidesRest || isWithFriends(node);
  }

  #keywords(node: TreeNode): void {
    for (const visit of visitsByKeys(node)) this.#add(visit, node);
  }

  #contentOf(said: Said, key: string): Said {
    if (said?.kind === 'places') return below(said, key, this.#fieldOf(said.own, key));
    return this.#fieldOf(said, key);
  }

  #fieldOf(content: Content | undefined, key: string): Content | undefined {
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

/** What is known of a value: what the model says, or, in a part of a description, what references expect there and below. */
type Said = Content | Places | undefined;

/** Whether the entries of a map are those of `paths`. */
function isPaths(content: Said): boolean {
  const own = ownOf(content);
  return own?.kind === 'one' && own.type === 'paths';
}

const ownOf = (said: Said): Content | undefined => (said?.kind === 'places' ? said.own : said);

/** What stands under a key, by the model and by references that lead right there; the model is asked first. */
function below({ below: places }: Places, key: string, model: Content | undefined): Said {
  const found = places.get(key);
  if (found === undefined) return model;
  return model === undefined || model.kind === 'any' ? found : { ...found, own: model };
}

/** The visits of a schema for its keywords; what is merged in can hold any of them. */
const visitsByKeys = byKeys(({ keys }) =>
  keys.flatMap((key) => (key === '<<' ? keywordVisits : (visitOfKeyword.get(key) ?? []))),
);

/** What may stand beside a `$ref` without making it more than a reference (OpenAPI 3.1, Reference Object). */
const refFriends: ReadonlySet<string> = new Set(['$ref', 'summary', 'description']);

const isWithFriends = byKeys(({ keys }) => keys.every((key) => refFriends.has(key)));
