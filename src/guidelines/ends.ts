/** What two lists of parts have in common: an edit changes what stands in between. */

export interface Ends {
  /** How many stay at the front. */
  readonly front: number;
  /** How many of the others stay at the back. */
  readonly back: number;
}

export function commonEnds(before: readonly unknown[], now: readonly unknown[]): Ends {
  const common = Math.min(before.length, now.length);
  let [front, back] = [0, 0];
  while (front < common && now[front] === before[front]) front += 1;
  while (back < common - front && now[now.length - 1 - back] === before[before.length - 1 - back]) back += 1;
  return { front, back };
}

/** Whether two lists hold the same things in the same order. */
export function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a === b || (a.length === b.length && a.every((one, at) => Object.is(one, b[at])));
}
