/** `rules:` of a configuration: severities and options by rule id. */
import type { Level } from '../engine';
import type { Rule } from '../rule';
import { severities } from '../rule';
import type { TreeNode } from '../tree';
import { ownRules, unknownRule } from './known';
import type { FileMatch, Statement } from './layer';
import type { ConfigText } from './text';
import { plain, plainWithout } from './text';

export const levels: readonly Level[] = ['off', ...severities.toReversed()];

/** Other tools' words for severities. */
const otherWords: Readonly<Record<string, Level>> = { warn: 'warning', information: 'info', none: 'off' };

/** The level that is written, in our words or others'; undefined when it is none. */
export function levelOf(node: TreeNode | undefined): Level | undefined {
  // YAML 1.1 reads a bare off as false, and so do people.
  if (node?.actual.value === false) return 'off';
  const text = node?.actual.string ?? '';
  return (
    levels.find((one) => one === text) ?? (Object.hasOwn(otherWords, text) ? otherWords[text] : undefined)
  );
}

const expected = `a severity is one of ${levels.join(', ')}`;

export interface Rules {
  /** Rules that are declared in this file, or in what it extends. */
  readonly custom: ReadonlyMap<string, Rule>;
  readonly files?: FileMatch | undefined;
}

/** What a mapping of rules says. Whatever is wrong is told of and left out. */
export function readRules(
  text: ConfigText,
  node: TreeNode | undefined,
  { custom, files }: Rules,
): readonly Statement[] {
  if (node === undefined) return [];
  return text.entries(node, 'rules').flatMap((entry) => {
    const id = entry.key ?? '';
    const rule = custom.get(id) ?? ownRules.get(id);
    if (rule === undefined) {
      text.sayOfKey(entry, unknownRule(id, custom.keys()));
      return [];
    }
    const said = readEntry(text, entry, rule);
    const at = { file: text.file, range: text.placeOf(entry) };
    return said === undefined ? [] : [{ rule: id, ...said, at, ...(files === undefined ? {} : { files }) }];
  });
}

function readEntry(
  text: ConfigText,
  entry: TreeNode,
  rule: Rule,
): Pick<Statement, 'level' | 'options'> | undefined {
  if (entry.actual.kind === 'map') return readMapping(text, entry, rule);
  const level = levelOf(entry);
  if (level !== undefined) return { level, options: undefined };
  text.say(entry, `\`${entry.source}\` is no severity; ${expected}.`);
  return undefined;
}

function readMapping(
  text: ConfigText,
  entry: TreeNode,
  rule: Rule,
): Pick<Statement, 'level' | 'options'> | undefined {
  const options = rule.options ?? [];
  text.checkKeys(entry, ['severity', ...options.map((one) => one.name)]);
  const severity = entry.actual.get('severity');
  const level = severity === undefined ? 'on' : levelOf(severity);
  if (level === undefined)
    text.say(severity ?? entry, `\`${severity?.source ?? ''}\` is no severity; ${expected}.`);
  const wrong = options.filter((option) => {
    const said = entry.actual.get(option.name);
    if (said === undefined || option.read(plain(said)) !== undefined) return false;
    text.say(said, `\`${option.name}\` must be ${option.expected}.`);
    return true;
  });
  const without = ['severity', ...wrong.map((one) => one.name)];
  return { level: level ?? 'on', options: plainWithout(entry, without) };
}
