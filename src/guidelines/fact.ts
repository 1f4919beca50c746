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

/** What `part` finds in each part of the document, in the order of the text; one list as long as nothing changed. */
export function listed<T>(part: (view: View, spec: Spec) => readonly T[]): (spec: Spec) => readonly T[] {
  const lists = new WeakMap<Spec, List<T>>();
  return fact((spec) => {
    const list = lists.get(spec) ?? new List(part, spec);
    lists.set(spec, list);
    return list.of(spec.views);
  });
}

class List<T> {
  readonly #part: (view: View, spec: Spec) => readonly T[];
  readonly #spec: Spec;
  #cells: readonly Cell<readonly T[]>[] = [];
  #views: readonly View[] = [];
  #all: readonly T[] = [];

  constructor(part: (view: View, spec: Spec) => readonly T[], spec: Spec) {
    this.#part = part;
    this.#spec = spec;
  }

  of(views: readonly View[]): readonly T[] {
    if (this.#isFresh(views)) return this.#all;
    const { notebook } = this.#spec;
    const known = views.length === this.#views.length ? undefined : this.#byView();
    let isSame = known === undefined;
    const cells = views.map((view, at) => {
      const cell = known === undefined ? this.#cells[at] : known.get(view);
      const isOfView = known !== undefined || view === this.#views[at];
      if (cell !== undefined && isOfView && !isStale(cell, notebook.round)) return cell;
      const fresh = notebook.record(() => this.#part(view, this.#spec));
      // A part that came in the place of another may find what that found.
      isSame &&= isSameList(cell?.value ?? [], fresh.value);
      return fresh;
    });
    this.#views = views;
    this.#cells = cells;
    if (!isSame) this.#all = cells.flatMap(({ value }) => value);
    return this.#all;
  }

  /** Whether all parts are those of the last time, and what each asked for is as it was. */
  #isFresh(views: readonly View[]): boolean {
    const { round } = this.#spec.notebook;
    if (views.length !== this.#views.length) return false;
    for (let at = 0; at < views.length; at += 1) {
      if (views[at] !== this.#views[at]) return false;
      const cell = this.#cells[at];
      if (cell === undefined || isStale(cell, round)) return false;
    }
    return true;
  }

  #byView(): ReadonlyMap<View, Cell<readonly T[]>> {
    const found = new Map<View, Cell<readonly T[]>>();
    for (const [at, view] of this.#views.entries()) {
      const cell = this.#cells[at];
      if (cell !== undefined) found.set(view, cell);
    }
    return found;
  }
}

/**
 * How often each of the strings that `part` finds stands in the description, or in this file of it alone; one object as long as nothing
 * changed.
 */
export function counted(
  part: (view: View) => readonly string[],
  where: 'everywhere' | 'here' = 'everywhere',
): (spec: Spec) => ReadonlyMap<string, number> {
  const tallies = new WeakMap<Spec, Tally>();
  return fact((spec) => {
    const tally = tallies.get(spec) ?? new Tally(part);
    tallies.set(spec, tally);
    return tally.of(where === 'here' ? spec.ownViews : spec.views);
  });
}

/** Counts that are kept: what went is taken off, what came is put on. */
class Tally {
  readonly #part: (view: View) => readonly string[];
  readonly #parts = new WeakMap<View, readonly string[]>();
  #views: readonly View[] = [];
  #counts = new Map<string, number>();

  constructor(part: (view: View) => readonly string[]) {
    this.#part = part;
  }

  of(views: readonly View[]): ReadonlyMap<string, number> {
    const change = new Map<string, number>();
    const add = (view: View, by: number): void => {
      for (const one of this.#partOf(view)) change.set(one, (change.get(one) ?? 0) + by);
    };
    const before = this.#views;
    const common = Math.min(views.length, before.length);
    // Parts that stay stand at both ends; those in between went and came.
    let [front, back] = [0, 0];
    while (front < common && views[front] === before[front]) front += 1;
    while (back < common - front && views.at(-1 - back) === before.at(-1 - back)) back += 1;
    for (const view of before.slice(front, before.length - back)) add(view, -1);
    for (const view of views.slice(front, views.length - back)) add(view, 1);
    this.#views = views;
    if ([...change.values()].some((by) => by !== 0)) this.#apply(change);
    return this.#counts;
  }

  #partOf(view: View): readonly string[] {
    const known = this.#parts.get(view) ?? this.#part(view);
    this.#parts.set(view, known);
    return known;
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
