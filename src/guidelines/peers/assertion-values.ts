/** What assertions look at: a property of an object, or the keys of the object itself. */
import type { Scalar, TreeNode } from '../tree';
import { entriesOf } from './redocly-walk';

/** What is looked at. */
export interface Looked {
  /** Where the property is written, or the object whose keys are looked at. */
  readonly at: TreeNode;
  /** The value behind a reference; undefined when the property is not there. */
  readonly value: TreeNode | undefined;
  /** What is written where the value is expected: a reference, or the value. */
  readonly raw: TreeNode | undefined;
  /** Whether it is the keys of `value` that are looked at, or the items of a list. */
  readonly isKeys: boolean;
  follow(node: TreeNode): TreeNode;
}

/** One of the texts that an assertion is about: a value, an item of a list, or a key. */
export interface Piece {
  readonly value: Scalar | undefined;
  /** Where it is told of, when that is not where the whole is. */
  readonly at: TreeNode | undefined;
}

/** None when there is nothing, or a map as a value, of which nothing is asked. */
export function piecesOf({ value, isKeys }: Looked): readonly Piece[] {
  if (value === undefined) return [];
  if (value.kind === 'list') return value.children.map((item) => ({ value: scalarOf(item), at: item }));
  if (value.kind === 'map')
    return isKeys ? entriesOf(value).map((entry) => ({ value: entry.key ?? '', at: entry })) : [];
  return isKeys ? [] : [{ value: value.value, at: undefined }];
}

/** The value of what is no map and no list. */
export const scalarOf = ({ actual }: TreeNode): Scalar | undefined =>
  actual.kind === 'scalar' ? actual.value : undefined;

/** How a value is written for a pattern; what is no scalar is no text that any pattern means. */
export const written = (value: Scalar | undefined): string =>
  value === undefined ? '[object Object]' : String(value);

/** The keys of a map, or the items of a list as texts. */
export const namesOf = ({ value }: Looked): readonly string[] => {
  if (value?.kind === 'list') return value.children.map((item) => written(scalarOf(item)));
  return value?.kind === 'map' ? entriesOf(value).map(({ key = '' }) => key) : [];
};

/** How many of some names are there. */
export const countOf = (looked: Looked, names: readonly string[]): number => {
  const there = new Set(namesOf(looked));
  return names.filter((name) => there.has(name)).length;
};

/** Whether there is nothing, or `null`. */
export const isUnsaid = ({ value }: Looked): boolean =>
  value === undefined || (value.kind === 'scalar' && value.value === null);

/** Whether there is nothing, or something without anything in it; a map always counts as something. */
export function isEmpty({ value }: Looked): boolean {
  if (value === undefined) return true;
  if (value.kind === 'list') return value.children.length === 0;
  return value.kind === 'scalar' && (value.value === null || value.value === '');
}

/** How long a text is, or a list, or how many keys there are; undefined for what has no length. */
export function sizeOf({ value, isKeys }: Looked): number | undefined {
  if (value?.kind === 'list') return value.children.length;
  if (value?.kind === 'map') return isKeys ? entriesOf(value).length : undefined;
  const length = value?.string?.length;
  return isKeys ? (length ?? 0) : length;
}
