import type { TreeNode } from '../tree';
import type { Direction, SchemaPair, Scope } from './check';
import type { ShapedProperty } from './shape';
import { SchemaShape } from './shape';
import type { Unchanged } from './unchanged';
import type { SchemaTask, Walk } from './walk';
import { quoted } from './walk';

/** Pairs of schemas, each compared once in each direction, so that cycles end. */
export class Schemas {
  readonly #unchanged: Unchanged;
  readonly #queue: SchemaTask[] = [];
  readonly #seen: Readonly<Record<Direction, Map<TreeNode, Set<TreeNode>>>> = {
    request: new Map(),
    response: new Map(),
  };

  constructor(unchanged: Unchanged) {
    this.#unchanged = unchanged;
  }

  add(task: SchemaTask): void {
    const { before, after, scope } = task;
    const seen = this.#seen[scope.direction];
    const partners = seen.get(after) ?? new Set();
    if (partners.has(before)) return;
    partners.add(before);
    seen.set(after, partners);
    if (!this.#unchanged.isUnchanged(before, after)) this.#queue.push(task);
  }

  /** Compares one pair; false when none is left. */
  next(walk: Walk): boolean {
    const task = this.#queue.pop();
    if (task === undefined) return false;
    const { name, scope } = task;
    const pair: SchemaPair = {
      name,
      before: new SchemaShape(task.before, scope.before),
      after: new SchemaShape(task.after, scope.after),
      at: task.after,
      scope,
    };
    this.#compare(walk, pair);
    return true;
  }

  #compare(walk: Walk, pair: SchemaPair): void {
    const { before, after } = pair;
    if (before.isOpaque || after.isOpaque || before.parts.length === 0 || after.parts.length === 0) return;
    // The same component, reached by another way, is the same pair.
    if (this.#isKnown(pair)) return;
    const [old, now] = [before.variants, after.variants];
    walk.emit('schema', pair);
    // A schema that became one of several is compared with that one of them.
    if (old.length > 0 || now.length > 0) compareVariants(walk, pair);
    if (old.length > 0 === now.length > 0) compareProperties(walk, pair);
    compareInner(walk, pair);
  }

  #isKnown({ before, after, scope }: SchemaPair): boolean {
    if (!isOnlyRef(before.written) || !isOnlyRef(after.written)) return false;
    const seen = this.#seen[scope.direction];
    const partners = seen.get(after.node) ?? new Set();
    const isKnown = partners.has(before.node);
    partners.add(before.node);
    seen.set(after.node, partners);
    return isKnown;
  }
}

const isOnlyRef = ({ actual }: TreeNode): boolean => actual.has('$ref') && actual.children.length === 1;

/** What only the service sets is no part of a request, and what only callers set none of a response. */
function isHidden(node: TreeNode | undefined, { direction, after }: Scope): boolean {
  const mark = direction === 'request' ? 'readOnly' : 'writeOnly';
  return after.deref(node)?.get(mark)?.actual.value === true;
}

function compareProperties(walk: Walk, pair: SchemaPair): void {
  const { before, after, scope } = pair;
  for (const name of new Set([...before.properties.keys(), ...after.properties.keys()])) {
    const [old, now] = [before.properties.get(name), after.properties.get(name)];
    const isGone = now === undefined;
    if (isGone ? isHidden(old?.node, { ...scope, after: scope.before }) : isHidden(now.node, scope)) continue;
    walk.emit('property', {
      name,
      before: old?.node,
      after: now?.node,
      at: now?.node ?? holderOf(old, after),
      scope,
      wasRequired: before.required(name) !== undefined,
      required: after.required(name),
    });
    if (old !== undefined && now !== undefined)
      walk.schema({ name: quoted(name), before: old.node, after: now.node, scope });
  }
}

/** The nearest thing that is still there of what held a property. */
function holderOf(old: ShapedProperty | undefined, after: SchemaShape): TreeNode {
  const holder = old === undefined ? after.node : after.partLike(old.part);
  return holder.get('properties') ?? holder;
}

/** Items, and the values of maps. */
function compareInner(walk: Walk, { name, before, after, scope }: SchemaPair): void {
  for (const [keyword, words] of [
    ['items', `an item of ${name}`],
    ['additionalProperties', `a value of ${name}`],
  ] as const) {
    const [old, now] = [before.find(keyword), after.find(keyword)];
    if (old !== undefined && now !== undefined) walk.schema({ name: words, before: old, after: now, scope });
  }
}

interface Variant {
  readonly node: TreeNode;
  readonly ref: string | undefined;
  readonly title: string | undefined;
}

function variantsOf(shape: SchemaShape): readonly Variant[] {
  const { variants } = shape;
  return (variants.length === 0 ? [shape.sole ?? shape.written] : variants).map((node) => ({
    node,
    ref: node.actual.stringAt('$ref'),
    title: shape.spec.deref(node)?.stringAt('title'),
  }));
}

/** Which alternatives are which: by reference, by text, by title, and at last by what they are made of. */
const alike: readonly ((a: Variant, b: Variant, pair: SchemaPair) => boolean)[] = [
  (a, b) => a.ref !== undefined && a.ref === b.ref,
  (a, b) => a.ref === undefined && b.ref === undefined && a.node.source === b.node.source,
  (a, b) => a.title !== undefined && a.title === b.title,
  (a, b, { scope }) => isAkin(new SchemaShape(a.node, scope.before), new SchemaShape(b.node, scope.after)),
];

/** `null` is told of with the types of the whole. */
const typesBut = ({ types }: SchemaShape): string =>
  [...types]
    .filter((type) => type !== 'null')
    .toSorted()
    .join();

/** Of the same type and, for objects, with a property in common, or none at all. */
function isAkin(a: SchemaShape, b: SchemaShape): boolean {
  if (typesBut(a) !== typesBut(b)) return false;
  if (a.properties.size === 0 || b.properties.size === 0) return a.properties.size === b.properties.size;
  return [...a.properties.keys()].some((name) => b.properties.has(name));
}

function compareVariants(walk: Walk, pair: SchemaPair): void {
  const left = new Set(variantsOf(pair.before));
  const came = new Set(variantsOf(pair.after));
  const { scope, name } = pair;
  for (const isLike of alike)
    for (const old of left) {
      const now = [...came].find((one) => isLike(old, one, pair));
      if (now === undefined) continue;
      left.delete(old);
      came.delete(now);
      // The whole schema as its own alternative would be this very pair.
      if (old.node === pair.before.written && now.node === pair.after.written) continue;
      walk.schema({ name, before: old.node, after: now.node, scope });
    }
  const holder = pair.after.find('oneOf') ?? pair.after.find('anyOf') ?? pair.after.node;
  const titled = (one: Variant): string => one.ref?.split('/').at(-1) ?? one.title ?? typeName(one.node);
  for (const old of left)
    walk.emit('variant', {
      name: titled(old),
      before: old.node,
      after: undefined,
      at: holder,
      scope,
      schema: pair,
    });
  for (const now of came)
    walk.emit('variant', {
      name: titled(now),
      before: undefined,
      after: now.node,
      at: now.node,
      scope,
      schema: pair,
    });
}

function typeName(node: TreeNode): string {
  return node.actual.stringAt('type') ?? 'another';
}
