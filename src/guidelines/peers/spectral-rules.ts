/** `rules:` of a Spectral rule set: severities of rules that there are, and rules with given and then. */
import type { FileMatch, Statement } from '../config/layer';
import { levelOf } from '../config/rule-entries';
import type { ConfigText } from '../config/text';
import type { Aliases } from '../declared/aliases';
import type { Reading, TeamFunctions } from '../declared/read';
import { readDeclared } from '../declared/read';
import type { Level } from '../engine';
import type { Rule } from '../rule';
import { severities } from '../rule';
import type { TreeNode } from '../tree';
import { statementsFor } from './mapped';
import { spectralNamed } from './spectral-named';

export interface Ruleset {
  /** What holds for rules of the set that don't say it themselves. */
  readonly usual: Pick<Reading, 'formats' | 'documentation'>;
  readonly aliases: Aliases;
  /** Rules with given and then that are there already. */
  readonly known: ReadonlyMap<string, Rule>;
  readonly files?: FileMatch | undefined;
  /** Functions of the team that are JavaScript and may be run. */
  readonly functions?: TeamFunctions | undefined;
}

interface Entries {
  readonly statements: readonly Statement[];
  readonly custom: readonly Rule[];
}

/** What the rules say, on ours. What is not run is told of. */
export function readRuleEntries(text: ConfigText, node: TreeNode | undefined, ruleset: Ruleset): Entries {
  const entries = node === undefined ? [] : text.entries(node, 'rules');
  const custom: Rule[] = [];
  const statements = entries.flatMap((entry): readonly Statement[] => {
    if (entry.actual.kind === 'map' && entry.actual.has('given')) {
      const rule = definition(text, entry, ruleset);
      if (rule === undefined) return [];
      custom.push(rule);
      // One that takes the name of a rule that there is takes its place.
      const place = placeOf(text, entry);
      const isOff = entry.actual.get('recommended')?.actual.value === false || levelAt(entry) === 'off';
      const former = statementsFor(spectralNamed(rule.id).ours, 'off', { files: ruleset.files });
      return [
        ...former,
        ...statementsFor([rule.id], isOff ? 'off' : rule.severity, { ...place, files: ruleset.files }),
      ];
    }
    return levels(text, entry, ruleset);
  });
  return { statements, custom };
}

const placeOf = (text: ConfigText, entry: TreeNode): { readonly at: NonNullable<Statement['at']> } => ({
  at: { file: text.file, range: text.placeOf(entry) },
});

/** Words, numbers (0 is the gravest) and true for the severity that a rule has by itself. */
export function levelAt(entry: TreeNode): Level | 'on' | undefined {
  const node = entry.actual.kind === 'map' ? entry.actual.get('severity') : entry;
  const value = node?.actual.value;
  if (value === true || value === 'on') return 'on';
  if (typeof value === 'number') return value < 0 ? 'off' : severities[value];
  return levelOf(node);
}

function levels(text: ConfigText, entry: TreeNode, { known, files }: Ruleset): readonly Statement[] {
  const id = entry.key ?? '';
  const level = levelAt(entry);
  if (level === undefined) {
    text.say(entry, 'A rule has a severity (error, warn, info, hint, off), or `given` and `then`.');
    return [];
  }
  const at = { ...placeOf(text, entry), files };
  if (known.has(id)) return statementsFor([id], level, at);
  const { ours, severity, why, isKnown } = spectralNamed(id);
  if (ours.length > 0) return statementsFor(ours, level === 'on' ? severity : level, at);
  if (level !== 'off' || !isKnown) text.sayOfKey(entry, why, 'info');
  return [];
}

function definition(
  text: ConfigText,
  entry: TreeNode,
  { aliases, functions, usual }: Ruleset,
): Rule | undefined {
  const reading: Reading = {
    ...usual,
    guideline: 'Spectral rules of the team',
    aliases,
    ...(functions === undefined ? {} : { functions }),
    unknownFunction: (at, name) =>
      text.say(
        at,
        `\`${entry.key ?? ''}\` calls the function \`${name}\`, which is not run here, so the rule is not checked.`,
        'info',
      ),
  };
  return readDeclared(text, entry, reading);
}
