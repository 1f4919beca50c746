import { isFunction } from '../sources/make/functions';
import type { Reference } from './outline';

export interface FoundReference {
  readonly name: string;
  /** Offset of the name. */
  readonly at: number;
  readonly kind: Reference['kind'];
}

/** A dollar sign that stands for itself; `$(NAME)`, `$(NAME:…)`, or the name that a function is given; `$X`. */
const reference =
  /\$\$|\$[({](?:(call|value|origin|flavor|foreach|let)[ \t]+)?([^\s(){}$:=,#'"\\]+)(?=[)}:,])|\$([A-Za-z_])/g;

/** The names of variables that a text refers to. One pass, whatever the nesting. */
export function referencesIn(text: string): readonly FoundReference[] {
  if (!text.includes('$')) return [];
  return [...text.matchAll(reference)].flatMap((match) => {
    const [whole, caller, name, letter] = match;
    const end = match.index + whole.length;
    if (letter !== undefined) return [{ name: letter, at: end - 1, kind: 'single' as const }];
    if (name === undefined || (caller === undefined && (text[end] === ',' || isFunction(name)))) return [];
    return [{ name, at: end - name.length, kind: kindOf(caller) }];
  });
}

function kindOf(caller: string | undefined): Reference['kind'] {
  if (caller === 'foreach' || caller === 'let') return 'local';
  return caller === 'origin' || caller === 'flavor' || caller === 'value' ? 'test' : 'plain';
}
