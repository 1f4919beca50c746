/** Findings of all parts as one list, and how grave each is: of very many, those who look for the worst touch only these. */
import type { Known } from './known';
import { gradesIn } from './known';
import { severities } from './rule';
import type { Told } from './told';
import { inOrder, merged, startOf } from './told';

const known = new WeakMap<readonly Told[], Uint8Array>();

/** The grade of each finding of a list. */
export function gradesOf(told: readonly Told[]): Uint8Array {
  const found = known.get(told) ?? gradesIn(told);
  known.set(told, found);
  return found;
}

/** So many severities there are. */
export const gradeCount = severities.length;

/** What is known of the parts, in the order of the text, with what is told of places anywhere. */
export function gathered(list: readonly Known[], anywhere: readonly Told[]): readonly Told[] {
  const loud: Known[] = [];
  const others = [...anywhere];
  let total = 0;
  for (const one of list) {
    if (one.home.length > 0) loud.push(one);
    total += one.home.length;
    if (one.far.length > 0) others.push(...one.far);
  }
  const far = inOrder(others);
  const grades = new Uint8Array(total + far.length);
  const lists: (readonly Told[])[] = [];
  let count = 0;
  let next = 0;
  for (const one of loud) {
    const from = next;
    const last = placeOf(one.home);
    while (next < far.length && placeOf(far, next) <= last) next += 1;
    const here = from === next ? one.home : merged(one.home, far.slice(from, next));
    grades.set(from === next ? one.grades : gradesIn(here), count);
    lists.push(here);
    count += here.length;
  }
  const rest = far.slice(next);
  grades.set(gradesIn(rest), count);
  const all = joined([...lists, rest]);
  known.set(all, grades);
  return all;
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
