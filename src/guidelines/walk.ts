/** One pass over the tree that finds out what each node is, so that rules can be given all nodes of a type at once. */
import type { SpecVersion } from './detect';
import type { Content, NodeType, Shape } from './shapes';
import { shapesOf } from './shapes';
import type { Steps } from './steps';
import type { TreeNode } from './tree';

export interface Walked {
  readonly root: TreeNode;
  readonly byType: ReadonlyMap<NodeType, readonly TreeNode[]>;
  readonly maps: readonly TreeNode[];
  readonly refs: readonly TreeNode[];
  readonly refValues: ReadonlySet<string>;
}

const stepEvery = 4096;

/** Walks the tree without recursion, in the order of the document. Aliases are not entered: what they name is walked where it stands. */
export function* walkSteps(root: TreeNode, version: SpecVersion): Steps<Walked> {
  const walk = new Walk(version);
  walk.push(root, { kind: 'one', type: 'document' });
  for (let count = 1; walk.next(); count += 1) if (count % stepEvery === 0) yield;
  return { root, byType: walk.byType, maps: walk.maps, refs: walk.refs, refValues: walk.refValues };
}

class Walk {
  readonly byType = new Map<NodeType, TreeNode[]>();
  readonly maps: TreeNode[] = [];
  readonly refs: TreeNode[] = [];
  readonly refValues = new Set<string>();
  readonly #shapes: Readonly<Record<NodeType, Shape>>;
  readonly #refHidesSiblings: boolean;
  readonly #items = new Map<NodeType, Content>();
  /** What is still to be visited, last first: nodes, and beside each what the model says of it. */
  readonly #nodes: TreeNode[] = [];
  readonly #contents: (Content | undefined)[] = [];

  constructor(version: SpecVersion) {
    this.#shapes = shapesOf(version);
    this.#refHidesSiblings = version === '2.0' || version === '3.0';
  }

  push(node: TreeNode, content: Content | undefined): void {
    this.#nodes.push(node);
    this.#contents.push(content);
  }

  /** Visits one node; false when none is left. */
  next(): boolean {
    const node = this.#nodes.pop();
    const content = this.#contents.pop();
    if (node === undefined) return false;
    if (node.kind === 'list') this.#pushAll(node, this.#itemOf(content, 'list'));
    else if (node.kind === 'map') this.#map(node, content);
    return true;
  }

  #map(node: TreeNode, content: Content | undefined): void {
    this.maps.push(node);
    const ref = node.get('$ref')?.string;
    if (ref !== undefined) this.refValues.add(ref);
    if (content?.kind === 'one' || content?.kind === 'oneOrList') this.#object(node, content.type, ref);
    else this.#pushAll(node, this.#itemOf(content, 'map'));
  }

  #object(node: TreeNode, type: NodeType, ref: string | undefined): void {
    const shape = this.#shapes[type];
    if (ref !== undefined && shape.rest === undefined) {
      this.refs.push(node);
      const onlyRef = type === 'schema' ? this.#refHidesSiblings : type !== 'pathItem';
      if (onlyRef || !node.children.some((child) => !refFriends.has(child.key ?? ''))) return;
    }
    const known = this.byType.get(type);
    if (known) known.push(node);
    else this.byType.set(type, [node]);
    for (let at = node.children.length - 1; at >= 0; at -= 1) {
      const child = node.children[at];
      if (child !== undefined) this.push(child, contentOf(shape, child.key ?? ''));
    }
  }

  #pushAll(node: TreeNode, content: Content | undefined): void {
    for (let at = node.children.length - 1; at >= 0; at -= 1) {
      const child = node.children[at];
      if (child !== undefined) this.push(child, content);
    }
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

function contentOf(shape: Shape, key: string): Content | undefined {
  if (Object.hasOwn(shape.fields, key)) return shape.fields[key];
  return shape.extensible && key.startsWith('x-') ? undefined : shape.rest;
}
