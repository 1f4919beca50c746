/**
 * One number for how well a description keeps the guidelines.
 *
 * Each finding has a weight: an error 10, a warning 2, an info 0.5, a hint none. A description has a size: 5 for each operation and 1
 * for each named schema, but at least 20, so that a small one is not judged by a single slip. Then
 *
 *     score = 100 × size / (size + weight), rounded down
 *
 * so it is 100 when nothing was found, 50 when the findings weigh as much as the description, and a finding costs a large description
 * less than a small one. It never reaches 0.
 */
import type { Guard, Guarded } from '../base/guards';
import { listOf, literal, number, record, text } from '../base/guards';
import { count } from '../base/text';
import type { Severity } from './rule';
import { severities } from './rule';

const weights: Readonly<Record<Severity, number>> = { error: 10, warning: 2, info: 0.5, hint: 0 };
const perOperation = 5;
const leastSize = 20;
const mostNamed = 5;

const severity = literal(...severities);
const tally = record({
  operations: number,
  schemas: number,
  /** How often each rule was broken; the same rule once for each severity. */
  rules: listOf(record({ rule: text, severity, count: number })),
});
/** What a score is made of. */
export type ScoreTally = Guarded<typeof tally>;
export const isScoreTally: Guard<ScoreTally> = tally;

/** From 1 to 100. */
export function scoreOf({ operations, schemas, rules }: ScoreTally): number {
  const size = Math.max(leastSize, operations * perOperation + schemas);
  const weight = rules.reduce((sum, one) => sum + weights[one.severity] * one.count, 0);
  return Math.max(1, Math.floor((100 * size) / (size + weight)));
}

/** `1 error, 3 warnings`; `no findings`. */
export function foundText({ rules }: ScoreTally): string {
  const said = severities.flatMap((level) => {
    const total = rules.reduce((sum, one) => sum + (one.severity === level ? one.count : 0), 0);
    return total === 0 ? [] : [count(total, level)];
  });
  return said.length === 0 ? 'no findings' : said.join(', ');
}

/** The rules that cost most, worst first: `path-kebab-case: 3 warnings`. */
export function draggedDownBy({ rules }: ScoreTally): readonly string[] {
  const cost = (one: ScoreTally['rules'][number]): number => weights[one.severity] * one.count;
  return rules
    .filter((one) => cost(one) > 0)
    .toSorted((a, b) => cost(b) - cost(a) || (a.rule < b.rule ? -1 : 1))
    .slice(0, mostNamed)
    .map((one) => `${one.rule}: ${count(one.count, one.severity)}`);
}
