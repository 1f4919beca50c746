import type { Spec } from './spec';

/** Something that several nodes, or several rules, need to know of the whole document: computed once for each document. */
export function fact<T>(compute: (spec: Spec) => T): (spec: Spec) => T {
  const known = new WeakMap<Spec, { readonly value: T }>();
  return (spec) => {
    const found = known.get(spec) ?? { value: compute(spec) };
    known.set(spec, found);
    return found.value;
  };
}
