/** Which findings are shown when there are too many. */
import type { Gathered } from '../../gathered';
import type { Graded } from '../../known';
import { gradeCount } from '../../known';
import type { Told } from '../../told';
import { startOf } from '../../told';

type Lists = Gathered['lists'];

/** A finding by the list that it stands in and its place there. */
interface Seat {
  readonly list: number;
  readonly at: number;
}

/** The worst findings, and of those that are too many the ones around a place: at most so many, in the order of the text. */
export function worstAround(found: Gathered, place: number, most: number): readonly Told[] {
  if (found.length <= most) return found.all;
  const { lists } = found;
  // All of those graver than this one can be shown, of this one so many.
  let grade = 0;
  let left = most;
  for (; grade < gradeCount; grade += 1) {
    const count = countOf(lists, grade);
    if (left < count) break;
    left -= count;
  }
  return chosen(lists, grade, nearest(lists, place, { grade, count: left }));
}

function countOf(lists: Lists, grade: number): number {
  return lists.reduce((sum, { counts }) => sum + (counts[grade] ?? 0), 0);
}

interface Wanted {
  readonly grade: number;
  readonly count: number;
}

/** The first and the last of so many of one grade that are the nearest to a place; undefined when none is wanted. */
function nearest(
  lists: Lists,
  place: number,
  { grade, count }: Wanted,
): readonly [first: Seat, last: Seat] | undefined {
  const middle = firstFrom(lists, place);
  let before = previous(lists, middle, grade);
  let behind = next(lists, middle, grade);
  let [first, last]: (Seat | undefined)[] = [];
  for (let taken = 0; taken < count; taken += 1) {
    const one = away(lists, before, place) <= away(lists, behind, place) ? before : behind;
    if (one === undefined) break;
    if (one === before) {
      first = one;
      before = previous(lists, one, grade);
    } else {
      last = one;
      behind = next(lists, { list: one.list, at: one.at + 1 }, grade);
    }
    first ??= one;
    last ??= one;
  }
  return first === undefined || last === undefined ? undefined : [first, last];
}

function away(lists: Lists, seat: Seat | undefined, place: number): number {
  const one = seat && lists[seat.list]?.told[seat.at];
  return one === undefined ? Infinity : Math.abs(startOf(one) - place);
}

/** The last finding of a grade before a seat. */
function previous(lists: Lists, { list, at }: Seat, grade: number): Seat | undefined {
  for (let which = list; which >= 0; which -= 1) {
    const { grades, counts } = lists[which] ?? {};
    if (grades === undefined || (counts?.[grade] ?? 0) === 0) continue;
    const end = which === list ? at : grades.length;
    const found = end === 0 ? -1 : grades.lastIndexOf(grade, end - 1);
    if (found >= 0) return { list: which, at: found };
  }
  return undefined;
}

/** The first finding of a grade at a seat or behind it. */
function next(lists: Lists, { list, at }: Seat, grade: number): Seat | undefined {
  for (let which = list; which < lists.length; which += 1) {
    const { grades, counts } = lists[which] ?? {};
    if (grades === undefined || (counts?.[grade] ?? 0) === 0) continue;
    const found = grades.indexOf(grade, which === list ? at : 0);
    if (found >= 0) return { list: which, at: found };
  }
  return undefined;
}

/** All that are graver, and those of the grade in between, both ends with them. */
function chosen(
  lists: Lists,
  grade: number,
  between: readonly [first: Seat, last: Seat] | undefined,
): readonly Told[] {
  const all: Told[] = [];
  for (const [which, list] of lists.entries()) {
    const [from, until] = between === undefined ? nowhere : within(list, which, between);
    const { told, grades, counts } = list;
    const isGrave = counts.some((count, one) => one < grade && count > 0);
    const last = isGrave ? told.length : until;
    for (let at = isGrave ? 0 : from; at < last; at += 1) {
      const own = grades[at] ?? 0;
      const one = own < grade || (own === grade && from <= at && at < until) ? told[at] : undefined;
      if (one !== undefined) all.push(one);
    }
  }
  return all;
}

const nowhere: readonly [from: number, until: number] = [0, 0];

/** The part of a list that is between two seats. */
function within(
  { told }: Graded,
  which: number,
  [first, last]: readonly [first: Seat, last: Seat],
): readonly [from: number, until: number] {
  if (which < first.list || which > last.list) return nowhere;
  return [which === first.list ? first.at : 0, which === last.list ? last.at + 1 : told.length];
}

/** The seat of the first finding that starts at a place or behind it. */
function firstFrom(lists: Lists, place: number): Seat {
  const list = lowest(lists.length, (at) => isFrom(lists[at]?.told.at(-1), place));
  const told = lists[list]?.told ?? [];
  return { list, at: lowest(told.length, (at) => isFrom(told[at], place)) };
}

const isFrom = (one: Told | undefined, place: number): boolean => one === undefined || startOf(one) >= place;

/** The lowest number below `count` for which `holds`, as it does for all that are higher; `count` when there is none. */
function lowest(count: number, holds: (at: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
