/**
 * Looks at the objects of a description in the order in which Redocly does: references are followed, and each object is met once, by
 * the first way that leads to it. What stands in it is looked for below an object once more where a rule asks for both.
 */
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';
import type { RedoclyType, RedoclyTypes } from './redocly-types';
import { extensionType, redoclyTypes, typesBetween } from './redocly-types';

/** An object as it was met. */
export interface Met {
  readonly type: string;
  /** The object itself, behind references and aliases. */
  readonly node: TreeNode;
  /** What is written where it was met: mostly the object, or the reference that leads to it. */
  readonly raw: TreeNode;
  /** Where the object is written. */
  readonly at: TreeNode;
  /** The key, or the place in a list, under which it was met. */
  readonly key: string;
  /** In what it was met; undefined for the root. */
  readonly up: Met | undefined;
}

const known = new WeakMap<Spec, { readonly round: number; readonly all: readonly Met[] }>();

/** Every object of a description, each once. Empty for formats beside OpenAPI. */
export function everyMet(spec: Spec): readonly Met[] {
  // Whatever changes anywhere, who asked for this is to ask again.
  void spec.views;
  const { round } = spec.notebook;
  const found = known.get(spec);
  if (found?.round === round) return found.all;
  const types = redoclyTypes(spec.home.version);
  const all = types === undefined ? [] : new Walk(spec, types).all();
  known.set(spec, { round, all });
  return all;
}

class Walk {
  readonly #spec: Spec;
  readonly #types: RedoclyTypes;

  constructor(spec: Spec, types: RedoclyTypes) {
    this.#spec = spec;
    this.#types = types;
  }

  all(): readonly Met[] {
    const all: Met[] = [];
    const seen = new Map<string, Set<TreeNode>>();
    const { root } = this.#spec;
    // Last in, first out: what comes first is put in last.
    const left: Met[] = [{ type: 'Root', node: root, raw: root, at: root, key: '', up: undefined }];
    for (let met = left.pop(); met !== undefined; met = left.pop()) {
      const ofType = seen.get(met.type) ?? new Set<TreeNode>();
      seen.set(met.type, ofType);
      if (ofType.has(met.node)) continue;
      ofType.add(met.node);
      all.push(met);
      for (const below of this.below(met).toReversed()) left.push(below);
    }
    return all;
  }

  /** What stands in an object. */
  below(met: Met): readonly Met[] {
    const { type, node, raw } = met;
    const shape = this.#types.get(type);
    if (shape === undefined) return [];
    const own = this.#in(node, shape, met);
    // What stands beside a reference is looked at as well.
    const beside =
      raw.actual === node ? [] : this.#in(raw.actual, shape, met).filter(({ key }) => key !== '$ref');
    return beside.length === 0 ? own : [...own, ...beside];
  }

  #in(node: TreeNode, shape: RedoclyType, up: Met): readonly Met[] {
    if (node.kind === 'list') {
      const { items } = shape;
      if (items === undefined) return [];
      return node.children.flatMap((item, at) => this.#met(item, items, { key: String(at), up }) ?? []);
    }
    if (node.kind !== 'map') return [];
    const fields = [...shape.fields].flatMap(([key, type]) => {
      const value = node.get(key);
      return value === undefined ? [] : (this.#met(value, type, { key, up }) ?? []);
    });
    if (shape.rest === undefined && !shape.isExtensible) return fields;
    const others = entriesOf(node).flatMap((value) => {
      const { key = '' } = value;
      const type = shape.fields.has(key) ? undefined : otherType(shape, key);
      return type === undefined ? [] : (this.#met(value, type, { key, up }) ?? []);
    });
    return [...fields, ...others];
  }

  #met(raw: TreeNode, expected: string, as: Pick<Met, 'key' | 'up'>): Met | undefined {
    const node = this.#spec.deref(raw);
    if (node === undefined) return undefined;
    const isSchemaList = expected === 'Schema' && node.kind === 'list';
    const type = isSchemaList ? 'SchemaList' : expected;
    if (!node.isCollection && type !== extensionType) return undefined;
    return { type, node, raw: raw.actual, at: raw.actual === node ? raw : node, ...as };
  }
}

function otherType({ rest, restKeys, isExtensible }: RedoclyType, key: string): string | undefined {
  if (rest !== undefined && restKeys?.test(key) !== false) return rest;
  return isExtensible && key.startsWith('x-') ? extensionType : undefined;
}

/** The entries of a map, with those that are merged in; whole numbers come first, in their order, as in any object of JavaScript. */
export function entriesOf(node: TreeNode): readonly TreeNode[] {
  const all = node.has('<<') ? mergedEntries(node) : node.children;
  const numbered = all.filter(({ key = '' }) => isIndex.test(key));
  if (numbered.length === 0) return all;
  return [
    ...numbered.toSorted((a, b) => Number(a.key) - Number(b.key)),
    ...all.filter(({ key = '' }) => !isIndex.test(key)),
  ];
}

const isIndex = /^(?:0|[1-9]\d{0,8})$/;

function mergedEntries(node: TreeNode): readonly TreeNode[] {
  const names = new Set<string>();
  const collect = ({ actual }: TreeNode, depth: number): void => {
    for (const child of actual.children)
      if (child.key !== '<<') names.add(child.key ?? '');
      else if (depth > 0)
        for (const one of child.kind === 'list' ? child.children : [child]) collect(one, depth - 1);
  };
  collect(node, deepestMerge);
  return [...names].flatMap((name) => node.get(name) ?? []);
}

const deepestMerge = 8;

/** What one level of a way down is: a type, and which objects of it are meant. */
export interface Level {
  readonly type: string;
  isMeant(met: Met): boolean;
}

/**
 * The objects that a way leads to: of each level the outermost that stand in one of the level before. What was met elsewhere before
 * is looked into again only where what is looked for stands in it for sure, and behind each reference once for each level.
 */
export function metOn(way: readonly Level[], spec: Spec): readonly Met[] {
  const [first, ...levels] = way;
  const types = redoclyTypes(spec.home.version);
  if (first === undefined || types === undefined) return [];
  const all = everyMet(spec);
  const firstOf = new Map(all.map((met) => [met.node, met]));
  const walk = new Walk(spec, types);
  const search = { walk, firstOf };
  let found = all.filter((met) => met.type === first.type && first.isMeant(met));
  let stop = first.type;
  for (const level of levels) {
    const around = typesBetween(types, stop, level.type);
    const within = { ...search, around, stop, passed: new Set<TreeNode>() };
    found = found.flatMap((met) => [...outermost(met, level, within)]);
    stop = level.type;
  }
  return found;
}

interface Search {
  readonly walk: Walk;
  /** How each object was met first. */
  readonly firstOf: ReadonlyMap<TreeNode, Met>;
  /** Types that what is looked for stands in for sure. */
  readonly around: ReadonlySet<string>;
  readonly passed: Set<TreeNode>;
  /** The type of what is searched: what else is of it is searched by itself. */
  readonly stop: string;
}

function* outermost(met: Met, level: Level, search: Search): Generator<Met> {
  const { walk, around, passed, stop } = search;
  for (const below of walk.below(met)) {
    if (below.type === level.type) {
      if (level.isMeant(below)) yield below;
      continue;
    }
    if (below.type === stop || passed.has(below.raw)) continue;
    if (!around.has(below.type) && !isFirst(below, search)) continue;
    passed.add(below.raw);
    yield* outermost(below, level, search);
    passed.delete(below.node);
  }
}

/** Whether this is the way by which an object was met first. */
function isFirst(met: Met, { firstOf }: Search): boolean {
  let [way, first] = [met, firstOf.get(met.node)];
  while (way.up !== undefined && first?.raw === way.raw && first.type === way.type)
    [way, first] = [way.up, first.up];
  return way.up === undefined;
}
