/**
 * The tree of a YAML or JSON text: what the rules see. Offsets are UTF-16 code units from the start of the text, as JavaScript
 * counts; `document.ts` builds it and nobody changes it afterwards.
 */

/** Half-open: `end` is the first offset behind it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Scalar = string | number | boolean | null;
export type NodeKind = 'map' | 'list' | 'scalar' | 'alias';
/** How a value is written: `block` is indented YAML (or a `|` or `>` scalar), `flow` is `{…}` and `[…]` and all of JSON. */
export type NodeStyle = 'block' | 'flow' | 'plain' | 'single' | 'double';
export type PathSegment = string | number;

export interface NodeInit extends Span {
  readonly kind: NodeKind;
  readonly style: NodeStyle;
  readonly parent?: TreeNode | undefined;
  /** The key of a map's entry. */
  readonly key?: string | undefined;
  readonly keySpan?: Span | undefined;
  readonly value?: Scalar;
  /** What an alias stands for. */
  readonly target?: TreeNode | undefined;
}

const mergeDepth = 8;
const indexFrom = 12;
const none: readonly TreeNode[] = [];

/** One value of the tree with the key that it stands under. Entries of a list have no key. */
export class TreeNode implements Span {
  readonly kind: NodeKind;
  readonly style: NodeStyle;
  readonly start: number;
  readonly key: string | undefined;
  readonly keySpan: Span | undefined;
  readonly parent: TreeNode | undefined;
  readonly target: TreeNode | undefined;
  readonly value: Scalar;
  /** Most nodes are scalars and need none. */
  #children: TreeNode[] | undefined;
  #end: number;
  #byKey: Map<string, TreeNode> | undefined;

  constructor(init: NodeInit) {
    this.kind = init.kind;
    this.style = init.style;
    this.start = init.start;
    this.#end = init.end;
    this.key = init.key;
    this.keySpan = init.keySpan;
    this.parent = init.parent;
    this.target = init.target;
    this.value = init.value ?? null;
  }

  get end(): number {
    return this.#end;
  }

  /** Entries of a map or items of a list, in the order in which they are written; an alias has none of its own. */
  get children(): readonly TreeNode[] {
    return this.#children ?? none;
  }

  /** The string that this is, or undefined when it is anything else. */
  get string(): string | undefined {
    return this.kind === 'scalar' && typeof this.value === 'string' ? this.value : undefined;
  }

  /** The node that an alias stands for, else the node itself. */
  get actual(): TreeNode {
    return this.target ?? this;
  }

  /** The entry of a map under `key`, looking through aliases and YAML merges (`<<`); undefined when there is none. */
  get(key: string): TreeNode | undefined {
    return this.#get(key, mergeDepth);
  }

  /** The string under `key`, if there is one. */
  stringAt(key: string): string | undefined {
    return this.get(key)?.actual.string;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  /** The entries of the map, or the items of the list, under `key`. */
  childrenOf(key: string): readonly TreeNode[] {
    return this.get(key)?.actual.children ?? [];
  }

  /** Keys and indexes from the root to here. */
  get path(): readonly PathSegment[] {
    if (this.parent === undefined) return [];
    return [...this.parent.path, this.key ?? this.parent.children.indexOf(this)];
  }

  /** For the readers alone: adds an entry while the tree is built. */
  append(child: TreeNode): void {
    (this.#children ??= []).push(child);
  }

  /** For the readers alone: says where it ends, once that is known. */
  close(end: number): void {
    this.#end = end;
  }

  #get(key: string, depth: number): TreeNode | undefined {
    if (this.target !== undefined) return depth > 0 ? this.target.#get(key, depth - 1) : undefined;
    if (this.kind !== 'map') return undefined;
    const own = this.#own(key);
    if (own !== undefined || depth === 0) return own;
    const merged = this.#own('<<');
    if (merged === undefined) return undefined;
    for (const source of merged.kind === 'list' ? merged.children : [merged]) {
      const found = source.#get(key, depth - 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #own(key: string): TreeNode | undefined {
    const { children } = this;
    if (children.length < indexFrom) return children.find((child) => child.key === key);
    if (this.#byKey === undefined) {
      this.#byKey = new Map();
      for (const child of children)
        if (child.key !== undefined && !this.#byKey.has(child.key)) this.#byKey.set(child.key, child);
    }
    return this.#byKey.get(key);
  }
}
