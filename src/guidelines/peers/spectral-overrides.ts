/** `overrides:` of a Spectral rule set: rules for some files, or for places in them. */
import type { FileMatch, Layer, Regrade } from '../config/layer';
import { fileMatch, globFault } from '../config/match';
import { baseOf } from '../config/names';
import type { ConfigText } from '../config/text';
import { formatPointer, parsePointer } from '../pointer';
import type { TreeNode } from '../tree';
import { spectralNamed } from './spectral-named';
import type { Ruleset } from './spectral-rules';
import { levelAt, readRuleEntries } from './spectral-rules';

type Overrides = Pick<Layer, 'statements' | 'custom' | 'regrades'>;

export function overridesOf(text: ConfigText, ruleset: Ruleset): readonly Overrides[] {
  return text.items(text.root.actual.get('overrides'), 'overrides').map((item) => {
    const meant = text.items(item.actual.get('files'), 'files').flatMap((one) => placeOf(text, one) ?? []);
    const rules = item.actual.get('rules');
    const globs = meant.filter(({ pointer }) => pointer === '').map(({ files }) => files);
    const files: FileMatch = (path) => globs.some((matches) => matches(path));
    const whole =
      globs.length === 0
        ? { statements: [], custom: [] }
        : readRuleEntries(text, rules, { ...ruleset, files });
    const regrades = meant
      .filter(({ pointer }) => pointer !== '')
      .flatMap((place) => regradesOf(text, rules, { place, known: ruleset.known }));
    return { ...whole, regrades };
  });
}

interface Place {
  readonly files: FileMatch;
  /** JSON pointer; empty for all of a file. */
  readonly pointer: string;
}

/** `legacy/*.yaml#/paths/~1orders`: files, and a place in them. */
function placeOf(text: ConfigText, node: TreeNode): Place | undefined {
  const said = text.text(node, 'files') ?? '';
  const [glob = '', ...rest] = said.split('#');
  const fault = globFault(glob);
  if (fault !== undefined) text.say(node, `This glob is not taken: ${fault}.`);
  if (glob === '' || fault !== undefined) return undefined;
  return { files: fileMatch(glob, baseOf(text.file)), pointer: formatPointer(parsePointer(rest.join('#'))) };
}

interface Regrading {
  readonly place: Place;
  readonly known: Ruleset['known'];
}

/** At a place of a file, rules can have another severity; none can be new there. */
function regradesOf(
  text: ConfigText,
  rules: TreeNode | undefined,
  { place, known }: Regrading,
): readonly Regrade[] {
  return (rules === undefined ? [] : text.entries(rules, 'rules')).flatMap((entry) => {
    const id = entry.key ?? '';
    const level = entry.actual.kind === 'map' ? undefined : levelAt(entry);
    if (level === undefined) {
      text.say(entry, 'For a place in a file, a rule has a severity here (error, warn, info, hint, off).');
      return [];
    }
    const own = known.get(id);
    const { ours, severity: usual } = own === undefined ? spectralNamed(id) : { ...own, ours: [id] };
    return ours.map((rule): Regrade => ({ rule, ...place, level: level === 'on' ? usual : level }));
  });
}
