import type { Ends } from './ends';
import { commonEnds, isSameList } from './ends';
import type { Cell } from './question';
import { isStale } from './question';
import type { Spec } from './spec';
import type { View } from './walk';

/** Something that several nodes, or several rules, need to know of the whole document: worked out once, and again when it changes. */
export function fact<T>(
  compute: (spec: Spec) => T,
  forgotten: (spec: Spec) => unknown = () => undefined,
): (spec: Spec) => T {
  const answers = new WeakMap<Spec, () => T>();
  return (spec) => {
    let answer = answers.get(spec);
    if (answer === undefined) {
      answer = spec.answerTo(
        () => {
          spec.note(spec.whichVersion);
          return compute(spec);
        },
        isSame,
        () => forgotten(spec),
      );
      answers.set(spec, answer);
    }
    return answer();
  };
}

/** What `part` finds in each part of the document, in the order of the text; one list as long as nothing changed. */
export function listed<T>(part: (view: View, spec: Spec) => readonly T[]): (spec: Spec) => readonly T[] {
  const lists = new WeakMap<Spec, List<T>>();
  const compute = (spec: Spec): readonly T[] => {
    const list = lists.get(spec) ?? new List(part, spec);
    lists.set(spec, list);
    return list.of(spec.views);
  };
  return fact(compute, (spec) => lists.delete(spec));
}

class List<T> {
  readonly #part: (view: View, spec: Spec) => readonly T[];
  readonly #spec: Spec;
  #cells: readonly Cell<readonly T[]>[] = [];
  #views: readonly View[] = [];
  #all: readonly T[] = [];
  /** Whether any part ever asked something beyond itself. */
  #asks = false;

  constructor(part: (view: View, spec: Spec) => readonly T[], spec: Spec) {
    this.#part = part;
    this.#spec = spec;
  }

  of(views: readonly View[]): readonly T[] {
    const { front, back } = partsThatStay(this.#views, views);
    const old = this.#cells.slice(front, this.#cells.length - back);
    const known = new Map(old.map((cell, at) => [this.#views[front + at], cell]));
    const fresh = views.slice(front, views.length - back).map((view) => known.get(view) ?? this.#look(view));
    // What came in the place of another may hold what that held.
    const isSame = isSameList(valuesOf(old), valuesOf(fresh));
    if (old.length > 0 || fresh.length > 0) this.#cells = this.#cells.toSpliced(front, old.length, ...fresh);
    this.#views = views;
    this.#asks ||= fresh.some(({ asked }) => asked !== undefined);
    const isRenewed = this.#asks && this.#renew();
    if (!isSame || isRenewed) this.#all = valuesOf(this.#cells);
    return this.#all;
  }

  #look(view: View): Cell<readonly T[]> {
    return this.#spec.notebook.record(() => this.#part(view, this.#spec));
  }

  /** Looks again where what was asked beyond a part has changed; gives whether something else was found. */
  #renew(): boolean {
    const { round } = this.#spec.notebook;
    let cells: Cell<readonly T[]>[] | undefined;
    let isOther = false;
    for (let at = 0; at < this.#cells.length; at += 1) {
      const cell = this.#cells[at];
      const view = this.#views[at];
      if (cell?.asked === undefined || view === undefined || !isStale(cell, round)) continue;
      const again = this.#look(view);
      isOther ||= !isSameList(cell.value, again.value);
      cells ??= [...this.#cells];
      cells[at] = again;
    }
    this.#cells = cells ?? this.#cells;
    return isOther;
  }
}

const valuesOf = <T>(cells: readonly Cell<readonly T[]>[]): readonly T[] =>
  cells.flatMap(({ value }) => value);

let lastCompared: (Ends & Readonly<Record<'before' | 'now', readonly View[]>>) | undefined;

/** Which parts stay at both ends. Whoever asks in one round asks the same. */
function partsThatStay(before: readonly View[], now: readonly View[]): Ends {
  if (lastCompared?.before !== before || lastCompared.now !== now)
    lastCompared = { before, now, ...commonEnds(before, now) };
  return lastCompared;
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
  const compute = (spec: Spec): ReadonlyMap<string, number> => {
    const tally = tallies.get(spec) ?? new Tally(part);
    tallies.set(spec, tally);
    return tally.of(where === 'here' ? spec.ownViews : spec.views);
  };
  return fact(compute, (spec) => tallies.delete(spec));
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
    const { front, back } = partsThatStay(before, views);
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
