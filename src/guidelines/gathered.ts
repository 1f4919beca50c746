/** Findings of all parts, as they are kept: of very many, those who look for the worst or the nearest touch few, and nobody puts them in one list. */
import { addAll } from '../base/add-all';
import { gradedOf } from './known';
import type { Graded, Known } from './known';
import type { Told } from './told';
import { inOrder, merged, startOf } from './told';

/** Findings in the order of the text: lists, none of them empty, of which each goes on behind the one before. */
export class Gathered {
  readonly lists: readonly Graded[];
  readonly length: number;
  #all: readonly Told[] | undefined;

  constructor(lists: readonly Graded[]) {
    this.lists = lists;
    this.length = lists.reduce((length, { told }) => length + told.length, 0);
  }

  /** Findings that are in the order of the text already. */
  static of(told: readonly Told[]): Gathered {
    return new Gathered(told.length === 0 ? [] : [gradedOf(told)]);
  }

  /** All as one list, made when somebody asks. */
  get all(): readonly Told[] {
    return (this.#all ??= joined(this.lists.map(({ told }) => told)));
  }

  /** Those that touch a span. */
  touching(from: number, until: number): readonly Told[] {
    const found: Told[] = [];
    for (const { told } of this.lists)
      for (const one of told) if (startOf(one) <= until && one.unit.start + one.end >= from) found.push(one);
    return found;
  }
}

/** What is known of the parts, in the order of the text, with what is told of places anywhere. */
export function gathered(list: readonly Known[], anywhere: readonly Told[]): Gathered {
  const others = [...anywhere];
  for (const { far } of list) if (far.length > 0) addAll(others, far);
  const far = inOrder(others);
  const lists: Graded[] = [];
  let next = 0;
  for (const { home } of list) {
    if (home.told.length === 0) continue;
    const from = next;
    const last = placeOf(home.told);
    while (next < far.length && placeOf(far, next) <= last) next += 1;
    lists.push(from === next ? home : gradedOf(merged(home.told, far.slice(from, next))));
  }
  if (next < far.length) lists.push(gradedOf(far.slice(next)));
  return new Gathered(lists);
}

/** Where the last of a list starts, or that at a place of it. */
function placeOf(told: readonly Told[], at = told.length - 1): number {
  const one = told[at];
  return one === undefined ? Infinity : startOf(one);
}

/** An argument for each list is put on the stack. */
const mostArguments = 5000;

function joined(lists: readonly (readonly Told[])[]): readonly Told[] {
  let all: readonly Told[] = [];
  for (let at = 0; at < lists.length; at += mostArguments)
    all = all.concat(...lists.slice(at, at + mostArguments));
  return all;
}
