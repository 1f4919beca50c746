import type { TreeNode } from '../tree';
import type { SchemaShape } from './shape';

export interface Bound {
  readonly value: number;
  /** Whether the value itself is out. */
  readonly isExclusive: boolean;
  /** As it is told: `10`, `10 (exclusive)`. */
  readonly text: string;
  readonly node: TreeNode;
}

const upper = ['maximum', 'maxLength', 'maxItems', 'maxProperties'];
const lower = ['minimum', 'minLength', 'minItems', 'minProperties'];

/** The bounds of a schema by keyword. `exclusiveMaximum`, a flag before OpenAPI 3.1 and a number since, is one with `maximum`. */
export function boundsOf(shape: SchemaShape): ReadonlyMap<string, Bound> {
  const found = new Map<string, Bound>();
  for (const keyword of [...upper, ...lower]) {
    const node = shape.find(keyword);
    const value = node?.actual.value;
    if (node === undefined || typeof value !== 'number') continue;
    found.set(keyword, boundOf(node, value, shape.find(exclusiveOf(keyword))?.actual.value === true));
  }
  for (const keyword of ['maximum', 'minimum']) {
    const node = shape.find(exclusiveOf(keyword));
    const value = node?.actual.value;
    if (node === undefined || typeof value !== 'number') continue;
    const bound = boundOf(node, value, true);
    if (tighterThan(keyword, bound, found.get(keyword))) found.set(keyword, bound);
  }
  return found;
}

const exclusiveOf = (keyword: string): string =>
  `exclusive${keyword[0]?.toUpperCase() ?? ''}${keyword.slice(1)}`;

const boundOf = (node: TreeNode, value: number, isExclusive: boolean): Bound => ({
  value,
  isExclusive,
  text: isExclusive ? `${value} (exclusive)` : String(value),
  node,
});

/** Whether the first lets through less than the second; undefined lets all through, and so does a least length of 0. */
export function tighterThan(keyword: string, one: Bound, other: Bound | undefined): boolean {
  if (other === undefined) return !(keyword !== 'minimum' && lower.includes(keyword) && one.value <= 0);
  if (one.value === other.value) return one.isExclusive && !other.isExclusive;
  return upper.includes(keyword) ? one.value < other.value : one.value > other.value;
}
