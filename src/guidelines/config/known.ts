/** The rules that a configuration can name: those of the product and those that teams declare. */
import { nearest } from '../../base/text';
import type { Rule } from '../rule';
import { allRules } from '../rules/index.gen';

export const ownRules: ReadonlyMap<string, Rule> = new Map(allRules.map((rule) => [rule.id, rule]));

/** Always on unless switched off by name: a text that can't be read, and what is silenced for nothing. */
export const alwaysOn: ReadonlySet<string> = new Set(['syntax', 'suppression']);

/** What to say of a rule that there is not. */
export function unknownRule(id: string, custom: Iterable<string>): string {
  const near = nearest(id, [...ownRules.keys(), ...custom]);
  const meant =
    near === undefined ? '`servicewright rules` lists those there are' : `perhaps \`${near}\` is meant`;
  return `There is no rule \`${id}\`; ${meant}.`;
}
