import type { Finding, Rule } from '../../../../src/guidelines';
import { baseSteps } from '../../../../src/guidelines/breaking/base';
import { breakingSteps } from '../../../../src/guidelines/breaking/compare';
import { finish } from '../../../../src/guidelines/steps';
import { findingOf } from '../../../../src/guidelines/told';
import { read, textAt, whole } from '../helpers';

/** What breaks callers of the first text in the second, in the order of the text. */
export function breaks(
  before: string,
  after: string,
  isOn: (rule: Rule) => boolean = () => true,
): readonly Finding[] {
  const spec = read(after);
  const base = finish(baseSteps({ text: before, from: 'main at 1234567' }, spec));
  if (base === undefined) throw new Error(`This is no description:\n${before}`);
  const severityOf = (rule: Rule): Rule['severity'] | undefined => (isOn(rule) ? rule.severity : undefined);
  const broken = finish(breakingSteps({ before: base.spec, after: spec, from: base.from, severityOf }));
  return (broken.get(spec) ?? [])
    .map((one) => findingOf(one, spec))
    .toSorted((a, b) => a.span.start - b.span.start || (a.rule < b.rule ? -1 : 1));
}

/** `rule: what is underlined` for fragments. */
export function broken(before: string, after: string): readonly string[] {
  const text = whole(after);
  return breaks(whole(before), text).map(
    (one) => `${one.rule.replace('breaking-', '')}: ${textAt(text, one.range)}`,
  );
}
