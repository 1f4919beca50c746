/** What JSON Schema asks of each kind of value, keyword by keyword, in the order in which Ajv asks it. */
import type { JsonObject } from '../../base/json';
import { isObject, isString } from '../../base/json';
import { isEqual } from '../json-schema/equal';
import { hasFormat } from '../json-schema/strings';
import type { TreeNode } from '../tree';
import type { Fault } from './functions';
import { compilePattern } from './pattern';

export type Faults = Generator<Fault, void, undefined>;
export type Inner = (node: TreeNode, schema: unknown) => Faults;

/** A value beside a schema. */
export interface Check {
  readonly node: TreeNode;
  /** What is behind the node, when that is a `$ref`. */
  readonly value: TreeNode;
  readonly schema: JsonObject;
  /** Whether the words of drafts since 2019-09 count. */
  readonly isNew: boolean;
  readonly inner: Inner;
  readonly fits: (node: TreeNode, schema: unknown) => boolean;
}

export function* fault(node: TreeNode, isWrong: boolean, why: string): Faults {
  if (isWrong) yield { why, at: node };
}

function typeOf({ kind, value }: TreeNode): string {
  if (kind === 'map') return 'object';
  if (kind === 'list') return 'array';
  return value === null ? 'null' : typeof value;
}

function isOfType(value: TreeNode, type: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value.value);
  return typeOf(value) === type;
}

export function* typeFaults({ node, value, schema: { type, nullable } }: Check): Faults {
  if (type === undefined || (nullable === true && value.value === null)) return;
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  yield* fault(
    node,
    !types.some((one) => isOfType(value, one)),
    `it must be of the type ${types.join(' or ')}`,
  );
}

/** Whether a value is what a schema has under `const`. */
export function isSame(
  node: TreeNode,
  plain: unknown,
  follow: (node: TreeNode) => TreeNode,
  depth = 0,
): boolean {
  const value = follow(node);
  if (depth > 32) return false;
  const same = (child: TreeNode | undefined, one: unknown): boolean =>
    child !== undefined && isSame(child, one, follow, depth + 1);
  if (Array.isArray(plain))
    return (
      value.kind === 'list' &&
      value.children.length === plain.length &&
      plain.every((one, at) => same(value.children[at], one))
    );
  if (!isObject(plain)) return value.kind === 'scalar' && value.value === plain;
  const entries = Object.entries(plain);
  return (
    value.kind === 'map' &&
    value.children.length === entries.length &&
    entries.every(([key, one]) => same(value.get(key), one))
  );
}

/** The most, then the least, of a size. */
function* bounds({ node, schema }: Check, size: number, name: string): Faults {
  const [most, least] = name === '' ? ['maximum', 'minimum'] : [`max${name}`, `min${name}`];
  const [max, min] = [schema[most], schema[least]];
  yield* fault(node, typeof max === 'number' && size > max, `${most} is ${String(max)}`);
  yield* fault(node, typeof min === 'number' && size < min, `${least} is ${String(min)}`);
}

export function* numberFaults(check: Check, value: number): Faults {
  const { node, schema } = check;
  const { exclusiveMinimum: above, exclusiveMaximum: below, multipleOf } = schema;
  yield* bounds(check, value, '');
  yield* fault(node, typeof below === 'number' && value >= below, `it must be less than ${String(below)}`);
  yield* fault(node, typeof above === 'number' && value <= above, `it must be more than ${String(above)}`);
  if (typeof multipleOf === 'number') {
    const times = value / multipleOf;
    yield* fault(node, times !== Math.floor(times), `it must be a multiple of ${multipleOf}`);
  }
}

export function* textFaults(check: Check, value: string): Faults {
  const { node, schema } = check;
  const { pattern, format } = schema;
  yield* bounds(check, Array.from(value).length, 'Length');
  if (isString(pattern)) yield* fault(node, !compilePattern(pattern).test(value), `it must match ${pattern}`);
  if (isString(format)) yield* fault(node, !hasFormat(value, format), `it must be a ${format}`);
}

/** More items than this are compared by how they are written. */
const mostCompared = 300;

export function* listFaults(check: Check): Faults {
  const { node, value, schema, inner } = check;
  const { children } = value;
  yield* bounds(check, children.length, 'Items');
  const { first, rest } = itemSchemas(check);
  if (rest === false)
    yield* fault(node, children.length > first.length, `it must not have more than ${first.length} items`);
  for (const [at, child] of children.entries()) {
    const wanted = at < first.length ? first[at] : rest;
    if (wanted !== undefined && wanted !== false) yield* inner(child, wanted);
  }
  yield* containFaults(check);
  yield* fault(node, schema['uniqueItems'] === true && hasTwins(children), 'its items must differ');
}

/** Schemas of the first items, and of all that follow. */
function itemSchemas({ schema, isNew }: Check): {
  readonly first: readonly unknown[];
  readonly rest: unknown;
} {
  const { items, additionalItems, prefixItems } = schema;
  if (isNew && Array.isArray(prefixItems)) return { first: prefixItems, rest: items };
  return Array.isArray(items) ? { first: items, rest: additionalItems } : { first: [], rest: items };
}

function* containFaults({ node, value, schema, isNew, fits }: Check): Faults {
  const { contains, minContains, maxContains } = schema;
  if (contains === undefined) return;
  const count = value.children.filter((child) => fits(child, contains)).length;
  const least = isNew && typeof minContains === 'number' ? minContains : 1;
  yield* fault(node, count < least, 'no item is as it must be');
  yield* fault(
    node,
    isNew && typeof maxContains === 'number' && count > maxContains,
    `at most ${String(maxContains)} items may be like that`,
  );
}

function hasTwins(items: readonly TreeNode[]): boolean {
  if (items.length > mostCompared) return new Set(items.map((item) => item.source)).size < items.length;
  return items.some((item, at) => items.slice(0, at).some((one) => isEqual(one, item)));
}

export function* mapFaults(check: Check): Faults {
  const { node, value, schema, inner } = check;
  yield* bounds(check, value.children.length, 'Properties');
  for (const name of namesIn(schema['required']))
    yield* fault(node, !value.has(name), `\`${name}\` is missing`);
  yield* nameFaults(check);
  const patterns = patternsOf(schema);
  yield* restFaults(check, patterns);
  yield* dependencyFaults(check);
  const { properties } = schema;
  for (const [name, one] of isObject(properties) ? Object.entries(properties) : []) {
    const child = value.get(name);
    if (child === undefined) continue;
    if (one === false) yield { why: `\`${name}\` is not expected here`, at: child };
    else yield* inner(child, one);
  }
  for (const child of value.children)
    for (const { pattern, schema: one } of patterns)
      if (pattern.test(child.key ?? '')) yield* inner(child, one);
}

const namesIn = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter(isString) : []);

interface PatternSchema {
  readonly pattern: ReturnType<typeof compilePattern>;
  readonly schema: unknown;
}

function patternsOf({ patternProperties: all }: JsonObject): readonly PatternSchema[] {
  return isObject(all)
    ? Object.entries(all).map(([key, schema]) => ({ pattern: compilePattern(key), schema }))
    : [];
}

/** `propertyNames`: a schema of texts, asked of each key. */
function* nameFaults({ value, schema: { propertyNames } }: Check): Faults {
  if (!isObject(propertyNames)) return;
  for (const child of value.children) {
    const key = child.key ?? '';
    const { pattern, enum: all, minLength = 0, maxLength = Infinity } = propertyNames;
    if (isString(pattern))
      yield* fault(child, !compilePattern(pattern).test(key), `the name \`${key}\` must match ${pattern}`);
    yield* fault(
      child,
      Array.isArray(all) && !all.includes(key),
      `the name \`${key}\` must be one of ${namesIn(all).join(', ')}`,
    );
    yield* fault(child, key.length < Number(minLength), `the name \`${key}\` is too short`);
    yield* fault(child, key.length > Number(maxLength), `the name \`${key}\` is too long`);
  }
}

/** `additionalProperties`: what neither `properties` nor `patternProperties` speak of. */
function* restFaults({ value, schema, inner }: Check, patterns: readonly PatternSchema[]): Faults {
  const { additionalProperties: rest, properties } = schema;
  if (rest === undefined || rest === true) return;
  for (const child of value.children) {
    const key = child.key ?? '';
    const isSpokenOf =
      (isObject(properties) && Object.hasOwn(properties, key)) ||
      patterns.some(({ pattern }) => pattern.test(key));
    if (isSpokenOf) continue;
    if (rest === false) yield { why: `\`${key}\` is not expected here`, at: child };
    else yield* inner(child, rest);
  }
}

function* dependencyFaults({ node, value, schema, isNew, inner }: Check): Faults {
  const all = [
    schema['dependencies'],
    ...(isNew ? [schema['dependentRequired'], schema['dependentSchemas']] : []),
  ];
  for (const [name, wanted] of all.flatMap((one) => (isObject(one) ? Object.entries(one) : []))) {
    if (!value.has(name)) continue;
    for (const other of namesIn(wanted))
      yield* fault(node, !value.has(other), `\`${other}\` is missing, which \`${name}\` needs beside it`);
    if (!Array.isArray(wanted)) yield* inner(node, wanted);
  }
}
