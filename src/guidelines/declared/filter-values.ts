/** What conditions do with values: compare, calculate, look into them, and the few calls that rule sets make. */
import { isString } from '../../base/json';
import { TreeNode } from '../tree';
import type { Pattern } from './pattern';

/** The value behind a `$ref` or an alias, where these are followed. */
export type Follow = (node: TreeNode) => TreeNode;

export type Operator = (a: unknown, b: unknown, follow: Follow) => unknown;

const isSimple = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** Loosely: 200 and '200' are the same. */
const isLike = (a: unknown, b: unknown): boolean =>
  a === b ||
  (isNothing(a) && isNothing(b)) ||
  (isSimple(a) && isSimple(b) && (String(a) === String(b) || Number(a) === Number(b)));

const isNothing = (value: unknown): boolean => value === null || value === undefined;

const arithmetic =
  (work: (a: number, b: number) => number): Operator =>
  (a, b) =>
    work(Number(a), Number(b));

/** The operators of JavaScript that conditions may use, and `in`; with how strongly each binds. */
export const operators: Readonly<Record<string, readonly [strength: number, operator: Operator]>> = {
  '===': [6, (a, b) => a === b],
  '!==': [6, (a, b) => a !== b],
  '==': [6, isLike],
  '!=': [6, (a, b) => !isLike(a, b)],
  '<': [7, (a, b) => compare(a, b, (x, y) => x < y)],
  '>': [7, (a, b) => compare(a, b, (x, y) => x > y)],
  '<=': [7, (a, b) => compare(a, b, (x, y) => x <= y)],
  '>=': [7, (a, b) => compare(a, b, (x, y) => x >= y)],
  '+': [9, (a, b) => (isString(a) || isString(b) ? plainText(a) + plainText(b) : Number(a) + Number(b))],
  '-': [9, arithmetic((a, b) => a - b)],
  '*': [10, arithmetic((a, b) => a * b)],
  '/': [10, arithmetic((a, b) => a / b)],
  '%': [10, arithmetic((a, b) => a % b)],
  in: [12, (a, b, follow) => called(b, { name: 'includes', given: [a] }, follow) === true],
};

function compare(
  a: unknown,
  b: unknown,
  holds: (a: number | string, b: number | string) => boolean,
): boolean {
  return isString(a) && isString(b) ? holds(a, b) : holds(Number(a), Number(b));
}

const plainText = (value: unknown): string =>
  isSimple(value) || value === null || value === undefined ? String(value) : '';

/** A scalar as it is, a list of a condition or of a description as its values, a map as its node. */
export function valueOf(node: TreeNode, follow: Follow): unknown {
  const found = follow(node);
  return found.kind === 'scalar' ? found.value : found;
}

const isKind = (value: unknown, kind: TreeNode['kind']): boolean =>
  value instanceof TreeNode && value.kind === kind;

/** `@string()` and its like: what kind of value it is. */
export const kinds: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  integer: (value) => Number.isInteger(value),
  null: (value) => value === null,
  scalar: (value) => !(value instanceof TreeNode),
  array: (value) => isKind(value, 'list'),
  object: (value) => value instanceof TreeNode,
};

/** What stands under a name in a value, or its length. */
export function memberOf(value: unknown, name: unknown, follow: Follow): unknown {
  if (isString(value)) return name === 'length' ? value.length : value[Number(name)];
  if (Array.isArray(value)) return name === 'length' ? value.length : value[Number(name)];
  if (!(value instanceof TreeNode)) return undefined;
  if (value.kind === 'list' && name === 'length') return value.children.length;
  const child = value.kind === 'list' ? value.children[Number(name)] : value.get(String(name));
  return child === undefined ? undefined : valueOf(child, follow);
}

export interface Call {
  readonly name: string;
  readonly given: readonly unknown[];
}

const isPattern = (value: unknown): value is Pattern =>
  typeof value === 'object' && value !== null && 'test' in value;

const toNumber = (value: unknown): number | undefined => (value === undefined ? undefined : Number(value));

type Calls<T> = Readonly<Record<string, (value: T, given: readonly unknown[]) => unknown>>;

const ofTexts: Calls<string> = {
  // What `match` gives is asked for being there, and for its first part.
  match: (value, [one]) => (matches(one, value) ? [value] : null),
  test: (value, [one]) => matches(one, value),
  includes: (value, [one]) => value.includes(String(one)),
  indexOf: (value, [one]) => value.indexOf(String(one)),
  lastIndexOf: (value, [one]) => value.lastIndexOf(String(one)),
  startsWith: (value, [one]) => value.startsWith(String(one)),
  endsWith: (value, [one]) => value.endsWith(String(one)),
  toLowerCase: (value) => value.toLowerCase(),
  toUpperCase: (value) => value.toUpperCase(),
  toString: (value: string) => value,
  trim: (value) => value.trim(),
  charAt: (value, [at]) => value.charAt(Number(at ?? 0)),
  at: (value, [at]) => value.at(Number(at ?? 0)),
  slice: (value, [from, until]) => value.slice(toNumber(from), toNumber(until)),
  substring: (value, [from, until]) => value.slice(Math.max(0, Number(from ?? 0)), toNumber(until)),
  concat: (value, given) => value + given.map(plainText).join(''),
  split: (value, [by]) => (isString(by) ? value.split(by) : [value]),
  localeCompare: (value, [one]) => value.localeCompare(String(one), 'en'),
};

const ofLists: Calls<readonly unknown[]> = {
  includes: (value, [one]) => value.includes(one),
  indexOf: (value, [one]) => value.indexOf(one),
  at: (value, [at]) => value.at(Number(at ?? 0)),
  slice: (value, [from, until]) => value.slice(toNumber(from), toNumber(until)),
  join: (value, [by]) => value.map(plainText).join(by === undefined ? ',' : plainText(by)),
  concat: (value, given) => value.concat(given.flat()),
};

function matches(pattern: unknown, value: string): boolean {
  return isPattern(pattern) ? pattern.test(value) : isString(pattern) && value.includes(pattern);
}

/** The calls that are understood. */
export const isCall = (name: string): boolean => Object.hasOwn(ofTexts, name) || Object.hasOwn(ofLists, name);

/** What a call on a value gives; undefined on one that has none of that name. */
export function called(of: unknown, { name, given }: Call, follow: Follow): unknown {
  if (isPattern(of) && name === 'test') return isString(given[0]) && of.test(given[0]);
  // Keys that are numbers are asked as texts: `@property.match(/^2/)`.
  const value = typeof of === 'number' ? String(of) : of;
  if (isString(value)) return Object.hasOwn(ofTexts, name) ? ofTexts[name]?.(value, given) : undefined;
  const list = listIn(value, follow);
  return list !== undefined && Object.hasOwn(ofLists, name) ? ofLists[name]?.(list, given) : undefined;
}

/** The values of a list, of the description or of the condition. */
function listIn(value: unknown, follow: Follow): readonly unknown[] | undefined {
  if (!(value instanceof TreeNode)) return Array.isArray(value) ? value : undefined;
  return value.kind === 'list' ? value.children.map((child) => valueOf(child, follow)) : undefined;
}
