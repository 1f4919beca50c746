import type { TreeNode } from '../tree';

/** A place in a value that does not fit its schema. */
export interface Misfit {
  readonly at: TreeNode;
  /** A clause that follows the name of the place: `must be a number, and is a text`. */
  readonly message: string;
  /** Whether the value has the wrong type altogether, so that another alternative was meant. */
  readonly isType?: true;
}

export const fits: readonly Misfit[] = [];

const spoken: Readonly<Record<string, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null',
};

export const inWords = (type: string): string =>
  Object.hasOwn(spoken, type) ? (spoken[type] ?? type) : type;

/** `a, b or c`; of many, the first ones. */
export function choice(all: readonly string[]): string {
  const shown = all.length > 8 ? [...all.slice(0, 7), `one of ${all.length - 7} others`] : all;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
}
