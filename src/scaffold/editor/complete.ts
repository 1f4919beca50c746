import { help, sections } from '../manifest/help';
import { inputKeys } from '../manifest/keys';
import { actionTypes, fileClasses, inputTypes } from '../template';

/** One thing that can be written where the cursor is. */
export interface Suggestion {
  readonly label: string;
  /** What it means, in Markdown. */
  readonly help: string;
  readonly isKey: boolean;
}

type Part = keyof typeof help;

/**
 * What can be written in a `template.yaml` at the end of `before`: keys that are not there yet, and words where only some can stand. It
 * looks at the lines and their indents alone, since a text is seldom YAML while it is written. `after` is the rest of the text.
 */
export function suggestions(before: string, after: string): readonly Suggestion[] {
  const lines = before.split('\n');
  const line = lines.at(-1) ?? '';
  const part = placeOf(lines);
  const value = /(?:^|[{,]|- )\s*(\w+):\s+["']?[\w-]*$/.exec(line)?.[1];
  if (value !== undefined) return valuesOf(value, part, before + after);
  if (!/(?:^|[{,]|-)\s*[\w-]*$/.test(line)) return [];
  const short = part === 'action' && /^\s*(?:actions:\s*\[(?:.*,)?|-)\s*[\w-]*$/.test(line);
  return [
    ...(short ? wordsOf(actionTypes, help.action.type) : []),
    ...(/^\s*actions:\s*\[/.test(line) ? [] : keysOf(part, itemAround(lines, after))),
  ];
}

/** Where what a line says begins: after its spaces and the dash of an item. */
const indentOf = (line: string): number => /^[\s-]*/.exec(line)?.[0].length ?? 0;
const isBlank = (line: string): boolean => /^\s*(#.*)?$/.test(line);
const beginsItem = (line: string): boolean => /^\s*-/.test(line);

/** Which part of the template the last of these lines is in; undefined where keys are free, as in `computed:`. */
function placeOf(lines: readonly string[]): Part | undefined {
  const line = lines.at(-1) ?? '';
  const inBrackets = /(\w+):\s*\[[^\]]*$/.exec(line)?.[1];
  if (inBrackets !== undefined) return partOf(inBrackets);
  const indent = indentOf(line);
  if (indent === 0) return 'template';
  const around = lines
    .slice(0, -1)
    .findLast((above) => !isBlank(above) && indentOf(above) < indent && /:\s*(#.*)?$/.test(above));
  return partOf(/(\w+):\s*(#.*)?$/.exec(around ?? '')?.[1] ?? '');
}

const partOf = (key: string): Part | undefined => (Object.hasOwn(sections, key) ? sections[key] : undefined);

/** What the item, or the mapping in braces, that the cursor is in says already: `key: value` of each. */
function itemAround(lines: readonly string[], after: string): readonly string[] {
  const line = lines.at(-1) ?? '';
  const [rest = '', ...below] = after.split('\n');
  const open = line.lastIndexOf('{');
  if (open > line.lastIndexOf('}'))
    return (line.slice(open + 1) + (rest.split('}')[0] ?? '')).split(',').map((one) => one.trim());
  const indent = indentOf(line);
  const isOutside = (one: string): boolean => !isBlank(one) && indentOf(one) < indent;
  const isNext = (one: string): boolean => beginsItem(one) && indentOf(one) <= indent;
  const above = lines.slice(0, -1);
  const start = beginsItem(line) ? above.length : above.findLastIndex((one) => isOutside(one) || isNext(one));
  const first = above[start] ?? '';
  const end = below.findIndex((one) => isOutside(one) || isNext(one));
  return [
    ...above.slice(isNext(first) && indentOf(first) === indent ? start : start + 1),
    line + rest,
    ...below.slice(0, end === -1 ? undefined : end),
  ]
    .filter((one) => indentOf(one) === indent)
    .map((one) => one.slice(indent));
}

function keysOf(part: Part | undefined, item: readonly string[]): readonly Suggestion[] {
  if (part === undefined) return [];
  const there = new Set(item.flatMap((one) => /^(\w+):/.exec(one)?.[1] ?? []));
  const type = item.map((one) => /^type:\s*([\w-]+)/.exec(one)?.[1]).find((one) => one !== undefined);
  const keys = part === 'input' ? inputKeys[inputTypes.find((one) => one === type) ?? 'string'] : undefined;
  return Object.entries(help[part])
    .filter(([key]) => !there.has(key) && (type === undefined || keys === undefined || keys.includes(key)))
    .map(([key, text]) => ({ label: key, help: text, isKey: true }));
}

const wordsOf = (words: readonly string[], text: string): readonly Suggestion[] =>
  words.map((label) => ({ label, help: text, isKey: false }));

function valuesOf(key: string, part: Part | undefined, text: string): readonly Suggestion[] {
  if (key === 'type' && part === 'input') return wordsOf(inputTypes, help.input.type);
  if (key === 'type' && part === 'action') return wordsOf(actionTypes, help.action.type);
  if (key === 'class' && part === 'rule') return wordsOf(fileClasses, help.rule.class);
  if (key !== 'when') return [];
  const asked = [...text.matchAll(/^\s*- (?:\{\s*)?key:\s*["']?(\w+)/gm)].map((one) => one[1] ?? '');
  return wordsOf(asked, 'An answer.');
}
