import type { Cell } from './question';
import { isStale } from './question';
import type { Spec } from './spec';
import type { View } from './walk';

/** Something that several nodes, or several rules, need to know of the whole document: worked out once, and again when it changes. */
export function fact<T>(compute: (spec: Spec) => T): (spec: Spec) => T {
  const answers = new WeakMap<Spec, () => T>();
  return (spec) => {
    let answer = answers.get(spec);
    if (answer === undefined) {
      answer = spec.answerTo(() => compute(spec), isSame);
      answers.set(spec, answer);
    }
    return answer();
  };
}

/** What `part` finds in each part of the document, in the order of the text. */
export function listed<T>(part: (view: View, spec: Spec) => readonly T[]): (spec: Spec) => readonly T[] {
  const known = new WeakMap<View, Cell<readonly T[]>>();
  return fact((spec) =>
    spec.views.flatMap((view) => {
      const { notebook } = spec;
      let cell = known.get(view);
      if (cell === undefined || isStale(cell, notebook.round)) {
        cell = notebook.record(() => part(view, spec));
        known.set(view, cell);
      }
      return cell.value;
    }),
  );
}

/** How often each of the strings that `part` finds stands in the document; one object as long as nothing changed. */
export function counted(
  part: (view: View) => readonly string[],
): (spec: Spec) => ReadonlyMap<string, number> {
  const tallies = new WeakMap<Spec, Tally>();
  return fact((spec) => {
    const tally = tallies.get(spec) ?? new Tally(part);
    tallies.set(spec, tally);
    return tally.of(spec.views);
  });
}

/** Counts that are kept: what went is taken off, what came is put on. */
class Tally {
  readonly #part: (view: View) => readonly string[];
  readonly #parts = new Map<View, readonly string[]>();
  #counts = new Map<string, number>();

  constructor(part: (view: View) => readonly string[]) {
    this.#part = part;
  }

  of(views: readonly View[]): ReadonlyMap<string, number> {
    const change = new Map<string, number>();
    const add = (one: string, by: number): void => void change.set(one, (change.get(one) ?? 0) + by);
    const left = new Set(this.#parts.keys());
    for (const view of views) {
      if (left.delete(view)) continue;
      const found = this.#part(view);
      this.#parts.set(view, found);
      for (const one of found) add(one, 1);
    }
    for (const view of left) {
      for (const one of this.#parts.get(view) ?? []) add(one, -1);
      this.#parts.delete(view);
    }
    if ([...change.values()].some((by) => by !== 0)) this.#apply(change);
    return this.#counts;
  }

  #apply(change: ReadonlyMap<string, number>): void {
    const counts = new Map(this.#counts);
    for (const [one, by] of change) {
      const count = (counts.get(one) ?? 0) + by;
      if (count === 0) counts.delete(one);
      else counts.set(one, count);
    }
    this.#counts = counts;
  }
}

/** Whether two answers are as good as the same, so that nobody who was told the one has to be told the other. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) return isSameList(a, b);
  if (a instanceof Set && b instanceof Set) return a.size === b.size && isSameList([...a], [...b]);
  if (a instanceof Map && b instanceof Map)
    return a.size === b.size && isSameList([...a.keys(), ...a.values()], [...b.keys(), ...b.values()]);
  return false;
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((one, at) => Object.is(one, b[at]));
}
