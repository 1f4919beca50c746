/** Which findings are shown when there are too many. */
import { gradeCount, gradesOf } from '../../gathered';
import type { Told } from '../../told';

/** The worst findings, and of those that are too many the ones around a place: at most so many, in the order of the text. */
export function worstAround(told: readonly Told[], place: number, most: number): readonly Told[] {
  if (told.length <= most) return told;
  const grades = gradesOf(told);
  const counts = new Uint32Array(gradeCount);
  for (const grade of grades) counts[grade] = (counts[grade] ?? 0) + 1;
  // All of those graver than this one can be shown, of this one so many.
  let grade = 0;
  let left = most;
  for (; left >= (counts[grade] ?? Infinity); grade += 1) left -= counts[grade] ?? 0;
  const [from, until] = around(told, place, { grade, count: left });
  return chosen(grades, { grade, from, until }).flatMap((at) => told[at] ?? []);
}

/** The places of all graver ones, and of those of the grade between two places. */
function chosen(
  grades: Uint8Array,
  { grade, from, until }: { readonly grade: number; readonly from: number; readonly until: number },
): readonly number[] {
  const places: number[] = [];
  for (let at = 0; at < grades.length; at += 1) {
    const own = grades[at] ?? 0;
    if (own < grade || (own === grade && from <= at && at < until)) places.push(at);
  }
  return places;
}

/** The part of the list around a place that has so many of one grade. */
function around(
  told: readonly Told[],
  place: number,
  { grade, count }: { readonly grade: number; readonly count: number },
): readonly [from: number, until: number] {
  const away = (at: number): number => {
    const one = told[at];
    return one === undefined ? Infinity : Math.abs(one.unit.start + one.start - place);
  };
  const grades = gradesOf(told);
  const first = firstFrom(told, place);
  const before = (at: number): number => grades.lastIndexOf(grade, at);
  const behind = (at: number): number => {
    const found = grades.indexOf(grade, at);
    return found < 0 ? told.length : found;
  };
  let [from, until] = [first, first];
  // The nearest on both sides that are not taken yet.
  let [left, right] = [first === 0 ? -1 : before(first - 1), behind(first)];
  for (let taken = 0; taken < count && (left >= 0 || right < told.length); taken += 1)
    if (away(left) <= away(right)) {
      from = left;
      left = left === 0 ? -1 : before(left - 1);
    } else {
      until = right + 1;
      right = behind(until);
    }
  return [from, until];
}

function firstFrom(told: readonly Told[], place: number): number {
  let [low, high] = [0, told.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = told[middle];
    if (one !== undefined && one.unit.start + one.start < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
