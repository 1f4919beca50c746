/** What stands behind the colon of a rule, as names: after second expansion, with stems and wildcards filled in. */
import type { Expander } from './expander';
import { isGlob, matchGlob } from './glob';
import { parsePattern, stemOf, withStem } from './patterns';
import { fileNames, hasUnknown, shown, unknown } from './text';

/** The parts of a rule that its prerequisites depend on. */
export interface PrerequisiteSource {
  /** Expanded once. */
  readonly text: string;
  /** The target pattern of a static pattern rule: its prerequisites hold the stem. */
  readonly staticPattern: string | undefined;
  /** The rule stands below `.SECONDEXPANSION:` (GNU make manual, 3.9). */
  readonly again: boolean;
}

/** The prerequisites that the rule gives a target. `|` and `.WAIT` only order them. */
export function resolvePrerequisites(
  source: PrerequisiteSource,
  target: string,
  expander: Expander,
): readonly string[] {
  const { staticPattern } = source;
  const stem = staticPattern === undefined ? undefined : stemOf(parsePattern(staticPattern), target);
  // make warns of a target that the pattern does not match, and gives it no prerequisites.
  if (staticPattern !== undefined && stem === undefined && !hasUnknown(staticPattern)) return [];
  if (source.again) {
    const text = stem === undefined ? source.text : source.text.replaceAll('%', '$$*');
    return namesIn(expandAgain(text, target, stem ?? '', expander)).flatMap((name) =>
      existing(name, expander),
    );
  }
  const names = namesIn(source.text);
  const stemmed = stem === undefined ? names : names.map((name) => withStem(name, stem));
  return stemmed.flatMap((name) => existing(name, expander));
}

/** The names in a list of prerequisites. */
export function namesIn(text: string): readonly string[] {
  return fileNames(text).filter((name) => name !== '|' && name !== '.WAIT');
}

/** The second expansion knows the automatic variables; those that depend on earlier rules are not followed. */
function expandAgain(text: string, target: string, stem: string, { variables, expand }: Expander): string {
  const slash = target.lastIndexOf('/');
  const values = new Map([
    ['@', target],
    ['@D', slash < 0 ? '.' : target.slice(0, slash)],
    ['@F', target.slice(slash + 1)],
    ['*', stem],
    ['%', ''],
    ['?', ''],
    ...['<', '^', '+', '|'].map((name): [string, string] => [name, unknown]),
  ]);
  return variables.withLocals(values, () => expand(text));
}

/** A name with wildcards stands for the files that match, or for itself when none does (manual, 4.4). */
export function existing(name: string, { directory, list }: Expander): readonly string[] {
  if (hasUnknown(name)) return [shown(name)];
  if (!isGlob(name)) return [name];
  const found = matchGlob(name, directory, list);
  return found.length > 0 ? found : [name];
}
