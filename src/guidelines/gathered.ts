/** Findings of all parts as one list, and how grave each is: of very many, those who look for the worst touch only these. */
import type { Known } from './known';
import { severities } from './rule';
import type { Severity } from './rule';
import type { Told } from './told';
import { inOrder, merged, startOf } from './told';

/** Severities as numbers: their places in `severities`. */
const gradeOf: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2, hint: 3 };

const known = new WeakMap<readonly Told[], Uint8Array>();

/** The grade of each finding of a list. */
export function gradesOf(told: readonly Told[]): Uint8Array {
  const found = known.get(told) ?? Uint8Array.from(told, ({ severity }) => gradeOf[severity]);
  known.set(told, found);
  return found;
}

/** So many severities there are. */
export const gradeCount = severities.length;

/** What is known of the parts, in the order of the text, with what is told of places anywhere. */
export function gathered(list: readonly Known[], anywhere: readonly Told[]): readonly Told[] {
  const far = inOrder([...anywhere, ...list.flatMap((one) => one.far)]);
  const total = list.reduce((sum, { home }) => sum + home.length, far.length);
  const grades = new Uint8Array(total);
  const lists: (readonly Told[])[] = [];
  let count = 0;
  let next = 0;
  for (const { home } of list) {
    const last = home.at(-1);
    if (last === undefined) continue;
    const from = next;
    for (; next < far.length; next += 1) {
      const one = far[next];
      if (one === undefined || startOf(one) > startOf(last)) break;
    }
    const here = from === next ? home : merged(home, far.slice(from, next));
    grades.set(gradesOf(here), count);
    lists.push(here);
    count += here.length;
  }
  const rest = far.slice(next);
  grades.set(gradesOf(rest), count);
  const all = joined([...lists, rest]);
  known.set(all, grades);
  return all;
}

/** An argument for each list is put on the stack. */
const mostArguments = 5000;

function joined(lists: readonly (readonly Told[])[]): readonly Told[] {
  let all: readonly Told[] = [];
  for (let at = 0; at < lists.length; at += mostArguments)
    all = all.concat(...lists.slice(at, at + mostArguments));
  return all;
}
