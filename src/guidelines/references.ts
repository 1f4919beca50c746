/** What the references of a description lead to. */
import { counted, fact } from './fact';
import { parsePointer } from './pointer';
import type { Spec } from './spec';

/** How often each `$ref` is written in this file. */
export const refsHere = counted((view) => view.refValues, 'here');

/** The places in this file that a reference leads to, from here or from other files: `components/schemas/Order`. */
export const placesUsed = fact((spec: Spec): ReadonlySet<string> => {
  const here = [...refsHere(spec).keys()].filter((ref) => ref.startsWith('#'));
  const pointers = [...here, ...(spec.others?.usedFromElsewhere ?? [])];
  return new Set(pointers.map((one) => parsePointer(one.slice(one.indexOf('#') + 1)).join('/')));
});
