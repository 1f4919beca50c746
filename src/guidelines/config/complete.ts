/** What can be written in `.servicewright/guidelines.yaml` where the cursor is. */
import { functionNames } from '../declared/names';
import { presets } from '../rule';
import type { ConfigPart } from './help';
import { help } from './help';
import { ownRules } from './known';
import { levels } from './rule-entries';

export interface Suggestion {
  readonly label: string;
  /** What it means, in Markdown. */
  readonly help: string;
  readonly isKey: boolean;
}

/** Where a line stands: the keys above it, outermost first; a dash counts as `-`. */
interface Here {
  readonly way: readonly string[];
  /** The key whose value is being written. */
  readonly key: string | undefined;
  /** Keys that the mapping has already. */
  readonly there: ReadonlySet<string>;
}

/**
 * Keys and words for the end of `before`. It looks at lines and their indents alone, since a text is seldom YAML while it is written;
 * `after` is the rest of the text.
 */
export function suggestions(before: string, after: string): readonly Suggestion[] {
  const lines = before.split('\n');
  const line = lines.at(-1) ?? '';
  if (/(?:^|\s)#/.test(line)) return [];
  const here = placeOf(lines, after.split('\n'));
  return here.key === undefined ? keysAt(here) : valuesAt(here.way, here.key);
}

/** A key, or the dash of an item, and the column in which it stands. */
interface Mark {
  readonly column: number;
  readonly key: string;
}

/** The marks of lines, in their order; what is neither a key nor an item has none. */
function marksOf(lines: readonly string[]): readonly Mark[] {
  return lines.flatMap((line) => {
    if (/^\s*(?:#.*)?$/.test(line)) return [];
    const column = columnOf(line);
    const key = /^[\s-]*["']?([\w./$-]*[\w$])["']?\s*:/.exec(line)?.[1] ?? '';
    return [...dashOf(line), { column, key }];
  });
}

const columnOf = (line: string): number => /^[\s-]*/.exec(line)?.[0].length ?? 0;
const dashOf = (line: string): readonly Mark[] =>
  /^\s*-/.test(line) ? [{ column: line.indexOf('-'), key: '-' }] : [];

function placeOf(lines: readonly string[], after: readonly string[]): Here {
  const line = lines.at(-1) ?? '';
  const column = columnOf(line);
  const above = [...marksOf(lines.slice(0, -1)), ...dashOf(line)].toReversed();
  const key = /^[\s-]*["']?([\w./$-]+)["']?:\s+\[?(?:[^#\]]*)$/.exec(line)?.[1];
  const there = [...beside(above, column), ...beside(marksOf(after.slice(1)), column)];
  return { way: wayTo(above, column), key, there: new Set(there) };
}

/** The keys above a column, outermost first. An item may stand right under the key of its list. */
function wayTo(above: readonly Mark[], column: number): readonly string[] {
  const way: string[] = [];
  let [limit, isItem] = [column, false];
  for (const mark of above) {
    const holds = mark.column < limit || (isItem && mark.column === limit && mark.key !== '-');
    if (!holds || mark.key === '') continue;
    way.unshift(mark.key);
    [limit, isItem] = [mark.column, mark.key === '-'];
  }
  return way;
}

/** The keys of one column, up to where its mapping ends. */
function beside(marks: readonly Mark[], column: number): readonly string[] {
  const end = marks.findIndex((mark) => mark.column < column);
  const inside = end < 0 ? marks : marks.slice(0, end);
  return inside.filter((mark) => mark.column === column).map(({ key }) => key);
}

/** Parts that stand right under a key of the root. */
const below: Readonly<Record<string, ConfigPart>> = {
  ignores: 'ignore',
  overrides: 'override',
  refs: 'refs',
};

/** Which keys belong into the mapping at the end of a way; undefined where they are free. */
function partAt(way: readonly string[]): ConfigPart | undefined {
  const names = way.filter((one) => one !== '-');
  const [first, , third] = names;
  if (first === undefined) return 'root';
  if (first !== 'custom') return names.length === 1 && Object.hasOwn(below, first) ? below[first] : undefined;
  if (names.length === 2) return 'custom';
  return names.length === 3 && third === 'then' ? 'then' : undefined;
}

/** The rule whose mapping this is, `''` for the mapping of rules itself; undefined elsewhere. */
function ruleAt(way: readonly string[]): string | undefined {
  const names = way.filter((one) => one !== '-');
  const at = names[0] === 'overrides' ? names.slice(1) : names;
  if (at[0] !== 'rules' || at.length > 2) return undefined;
  return at[1] ?? '';
}

function keysAt({ way, there }: Here): readonly Suggestion[] {
  const rule = ruleAt(way);
  const keys = rule === undefined ? partKeys(way) : rule === '' ? ruleIds(true) : optionKeys(rule);
  const short = way[0] === 'extends' && way.length <= 2 ? words(presets, help.root.extends) : [];
  return [...short, ...keys.filter(({ label }) => !there.has(label))];
}

function partKeys(way: readonly string[]): readonly Suggestion[] {
  const part = partAt(way);
  return part === undefined
    ? []
    : Object.entries(help[part]).map(([label, text]) => ({ label, help: text, isKey: true }));
}

function optionKeys(rule: string): readonly Suggestion[] {
  const options = ownRules.get(rule)?.options ?? [];
  return [
    { label: 'severity', help: help.rule.severity, isKey: true },
    ...options.map(({ name, description }) => ({ label: name, help: description, isKey: true })),
  ];
}

function ruleIds(isKey: boolean): readonly Suggestion[] {
  return [...ownRules.values()].map(({ id, summary }) => ({ label: id, help: summary, isKey }));
}

const words = (all: readonly string[], text: string): readonly Suggestion[] =>
  all.map((label) => ({ label, help: text, isKey: false }));

function valuesAt(way: readonly string[], key: string): readonly Suggestion[] {
  const rule = ruleAt(way);
  if (rule === '' || key === 'severity') return words(levels, help.rule.severity);
  if (rule !== undefined) return optionWords(rule, key);
  if (key === 'extends') return words(presets, help.root.extends);
  if (key === 'rule') return ruleIds(false);
  return key === 'function' ? words(functionNames, help.then.function) : [];
}

function optionWords(rule: string, key: string): readonly Suggestion[] {
  const option = ownRules.get(rule)?.options?.find((one) => one.name === key);
  const all: unknown = option?.schema['enum'];
  return Array.isArray(all) ? words(all.map(String), option?.description ?? '') : [];
}
