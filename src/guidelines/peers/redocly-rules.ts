/** `rules` of a redocly.yaml, and the sections for one version. */
import type { FileMatch, Layer, Statement } from '../config/layer';
import { joined, noLayer } from '../config/layer';
import { levelOf } from '../config/rule-entries';
import type { ConfigText } from '../config/text';
import { plainWithout } from '../config/text';
import type { SpecVersion } from '../detect';
import type { TreeNode } from '../tree';
import { assertionRule } from './assertions';
import { oursOf, peerRule, whyNot } from './mapped';
import { notRun } from './packages';
import type { Saying } from './redocly-built-in';
import { builtInStatements, limits } from './redocly-built-in';
import { takenOptions } from './redocly-options';
import { redoclyRules } from './rules';

/** Sections that hold for one version only. */
const sections: readonly (readonly [key: string, version: SpecVersion])[] = [
  ['oas2Rules', '2.0'],
  ['oas3_0Rules', '3.0'],
  ['oas3_1Rules', '3.1'],
  ['oas3_2Rules', '3.2'],
  ['async2Rules', 'asyncapi-2'],
  ['async3Rules', 'asyncapi-3'],
  ['arazzo1Rules', 'arazzo-1'],
  ['overlay1Rules', 'overlay-1'],
];

/** What is said for single versions and for all. */
export function rulesIn(
  text: ConfigText,
  section: TreeNode,
  { files, isVersionLast }: { readonly files: FileMatch | undefined; readonly isVersionLast: boolean },
): Layer {
  const single = sections.flatMap(([key, version]) => {
    const node = section.actual.get(key);
    return node === undefined ? [] : [rulesOf(text, node, { files, versions: new Set([version]) })];
  });
  const node = section.actual.get('rules');
  const all = node === undefined ? [] : [rulesOf(text, node, { files })];
  return joined(isVersionLast ? [...all, ...single] : [...single, ...all]);
}

function rulesOf(text: ConfigText, node: TreeNode, limit: Saying): Layer {
  return joined(
    text.entries(node, 'rules').map((entry) => {
      const saying = { ...limit, at: { file: text.file, range: text.placeOf(entry) } };
      const severity = entry.actual.kind === 'map' ? entry.actual.get('severity') : entry;
      const level = severity === undefined ? 'error' : levelOf(severity);
      if (level === undefined) {
        text.say(severity ?? entry, 'A severity is error, warn or off.');
        return noLayer;
      }
      const id = entry.key ?? '';
      if (!/^(?:rule|assert)\//.test(id))
        return { ...noLayer, statements: builtIn(text, entry, { level, saying }) };
      const at = { rule: id, level, options: undefined, at: saying.at, ...limits(saying) };
      // A severity alone is said of what is declared elsewhere.
      if (entry.actual.kind !== 'map') return { ...noLayer, statements: [at] };
      const declares = assertionRule(text, entry);
      if (declares === undefined) return noLayer;
      return { ...noLayer, custom: [declares], statements: [{ ...at, declares }] };
    }),
  );
}

function builtIn(
  text: ConfigText,
  entry: TreeNode,
  { level, saying }: { readonly level: NonNullable<ReturnType<typeof levelOf>>; readonly saying: Saying },
): readonly Statement[] {
  const id = entry.key ?? '';
  const isKnown = oursOf(redoclyRules, id).length > 0;
  if (!isKnown && (level !== 'off' || peerRule(redoclyRules, id) === undefined)) {
    const why = id.includes('/')
      ? notRun(`The plugin behind \`${id}\``)
      : whyNot(redoclyRules, id, 'Redocly');
    text.sayOfKey(entry, why, 'info');
  }
  if (!isKnown) return [];
  const options = entry.actual.kind === 'map' ? plainWithout(entry, ['severity']) : undefined;
  if (options !== undefined && level !== 'off') tellOptions(text, entry, takenOptions(id, options));
  return builtInStatements(id, { level, options, saying });
}

function tellOptions(
  text: ConfigText,
  entry: TreeNode,
  { unknown, wrong }: ReturnType<typeof takenOptions>,
): void {
  const say = (name: string, what: string): void => {
    const node = entry.actual.get(name);
    if (node !== undefined) text.sayOfKey(node, `The option \`${name}\` of \`${entry.key}\` ${what}`, 'info');
  };
  for (const name of unknown) say(name, 'is not understood here, so the rule holds without it.');
  for (const name of wrong) say(name, 'has a value that is not taken, so what is usual holds.');
}
