/** What says which fields an object has. */
import type { NodeType } from './shapes';

/** What a field holds: any value, one object, a list or a map of them, or (`items`) one or a list. */
export type Content =
  { readonly kind: 'any' } | { readonly kind: 'one' | 'list' | 'map' | 'oneOrList'; readonly type: NodeType };

export interface Shape {
  readonly fields: Readonly<Record<string, Content>>;
  /** What stands under every other key, for objects that are maps (`paths`, `responses`). */
  readonly rest?: Content;
  /** Whether `x-…` among those keys is an extension; the properties of a schema may have any name. */
  readonly extensible: boolean;
  /** Whether a key that is no field, and does not start with `x-`, is a mistake. */
  readonly closed: boolean;
}

export const any: Content = { kind: 'any' };
export const one = (type: NodeType): Content => ({ kind: 'one', type });
export const list = (type: NodeType): Content => ({ kind: 'list', type });
export const map = (type: NodeType): Content => ({ kind: 'map', type });
export const oneOrList = (type: NodeType): Content => ({ kind: 'oneOrList', type });

/** Fields by their names, in one text: those with any value, and those with objects. */
export function fields(
  names: string,
  typed: Readonly<Record<string, Content>> = {},
): Readonly<Record<string, Content>> {
  const untyped = names.split(' ').filter((name) => name !== '');
  return { ...Object.fromEntries(untyped.map((name) => [name, any])), ...typed };
}

export const closed = (names: string, typed: Readonly<Record<string, Content>> = {}): Shape => ({
  fields: fields(names, typed),
  extensible: true,
  closed: true,
});
export const mapOf = (rest: Content, extensible = true): Shape => ({
  fields: {},
  rest,
  extensible,
  closed: false,
});
export const open = (known: Readonly<Record<string, Content>>): Shape => ({
  fields: known,
  extensible: true,
  closed: false,
});
