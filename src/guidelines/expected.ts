/** What references from elsewhere expect in a file that is no description by itself. */
import type { SpecVersion } from './detect';
import { parsePointer } from './pointer';
import type { Content, NodeType } from './shapes';

/** What stands at a place, and what at places below it. */
export interface Places {
  readonly kind: 'places';
  readonly own: Content | undefined;
  readonly below: ReadonlyMap<string, Places>;
}

/** The content of a part, by the references that lead into it. */
export interface Expected {
  readonly version: SpecVersion;
  readonly content: Places;
  /** The same for equal expectations. */
  readonly id: string;
}

export interface Expectation {
  /** A JSON pointer. */
  readonly pointer: string;
  readonly type: NodeType;
}

interface Growing extends Places {
  own: Content | undefined;
  readonly below: Map<string, Growing>;
}

const empty = (): Growing => ({ kind: 'places', own: undefined, below: new Map() });

/** Puts expectations together; of two for one place the first in the order of their names holds. */
export function expectedOf(version: SpecVersion, all: readonly Expectation[]): Expected {
  const sorted = all.toSorted((a, b) => order(a.pointer, b.pointer) || order(a.type, b.type));
  const content = empty();
  for (const { pointer, type } of sorted) {
    let at = content;
    for (const key of parsePointer(pointer)) {
      const below = at.below.get(key) ?? empty();
      at.below.set(key, below);
      at = below;
    }
    at.own ??= { kind: 'one', type };
  }
  return { version, content, id: JSON.stringify([version, sorted.map((one) => [one.pointer, one.type])]) };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
