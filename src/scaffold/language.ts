import { nearest } from '../base/text';
import type { Block, Call, Expression, PartialTag, Path, Statement } from './text/tree';
import { Refused, partialTakes } from './text/tree';
import { spellings } from './words';

/**
 * The small language of templates: a walk over the tree of a text. It gives what the text needs, and refuses with its line whatever is
 * no part of the language: `@data`, `../`, other helpers, code.
 */

/** How a value is used: put into the text, asked whether it is filled, gone through, compared with a word. */
type Use = 'text' | 'condition' | 'list' | 'eq' | 'has';

/** A value that a template names: `name`, or `template.id` in parts; `line` is zero-based. */
export interface Reference {
  readonly parts: readonly string[];
  readonly line: number;
  readonly use: Use;
  /** What `eq` and `has` compare with. */
  readonly word?: string;
  /** The item of the `each` around it. */
  readonly isItem: boolean;
}

/** Where a text puts a partial. */
export interface PartialCall {
  readonly name: string;
  readonly line: number;
  /** Spaces before it where it stands on a line of its own: every line of the partial gets them. */
  readonly indent: string;
  /** Whether it stands in an `each`, so that `this` means something in it. */
  readonly inEach: boolean;
  readonly node: PartialTag;
}

export interface Needs {
  readonly references: readonly Reference[];
  readonly partials: readonly PartialCall[];
}

/** What an `each` calls its item. */
const itemKey = 'this';
/** Blocks and sub-expressions in one another; nobody writes more, and a walk must not run out of stack. */
const deepest = 64;

/** The longest tag, but for comments, and how many blocks one text may hold. */
const longestTag = 2000;
const mostBlocks = 1000;

/**
 * Refuses a text that could only be read by taking ever more of it for one tag, or whose blocks are too many to be a template.
 * Throws Refused.
 */
export function checkTags(text: string): void {
  let blockCount = 0;
  for (let at = text.indexOf('{{'); at !== -1; at = text.indexOf('{{', at + 2)) {
    const end = text.indexOf('}}', at);
    const mark = /^\{*~?(.)/s.exec(text.slice(at, at + 6))?.[1];
    const line = (): number => text.slice(0, at).split('\n').length - 1;
    if ((mark === '#' || mark === '^') && ++blockCount > mostBlocks)
      throw new Refused(`it holds more than ${mostBlocks} blocks`, line());
    if (mark !== '!' && text[at - 1] !== '\\' && (end === -1 ? text.length : end) - at > longestTag)
      throw new Refused('a tag is not closed, or too long', line());
  }
}

interface Place {
  readonly inEach: boolean;
  readonly depth: number;
}

const none: Needs = { references: [], partials: [] };
const both = (all: readonly Needs[]): Needs => ({
  references: all.flatMap((one) => one.references),
  partials: all.flatMap((one) => one.partials),
});
const only = (references: readonly Reference[]): Needs => ({ references, partials: [] });

/**
 * What a tree needs. In it `{{this}}` of an `each` becomes a value called `this`, so that names of values stay in reach there.
 * Throws Refused.
 */
export function needsOf(body: readonly Statement[], inEach = false): Needs {
  return bodyNeeds(body, { inEach, depth: 0 });
}

function bodyNeeds(body: readonly Statement[], place: Place): Needs {
  return both(
    body.map((node) => {
      if (node.type === 'content' || node.type === 'comment') return none;
      if (place.depth > deepest)
        throw new Refused(`blocks and conditions are nested more than ${deepest} deep`, node.call.line);
      if (node.type === 'value') return only(valueOf(node.call, place));
      if (node.type === 'block') return blockNeeds(node, place);
      return { references: [], partials: [partialOf(node, place)] };
    }),
  );
}

const blocks: Readonly<Record<string, Use | 'nothing'>> = {
  if: 'condition',
  unless: 'condition',
  each: 'list',
  raw: 'nothing',
};

function blockNeeds({ call, body, inverse }: Block, place: Place): Needs {
  const use = useOf(call);
  const inside = { ...place, depth: place.depth + 1 };
  const [param] = call.params;
  const own = (one: Expression): readonly Reference[] =>
    use === 'list' ? [pathOf(one, place, 'list')] : conditionOf(one, inside);
  return both([
    param ? only(own(param)) : none,
    bodyNeeds(body, use === 'list' ? { ...inside, inEach: true } : inside),
    bodyNeeds(inverse ?? [], inside),
  ]);
}

/** How a block uses its value. */
function useOf(call: Call): Use | 'nothing' {
  const name = nameOf(call);
  const use = Object.hasOwn(blocks, name) ? blocks[name] : undefined;
  if (use === undefined)
    throw new Refused(
      `{{#${name}}} is no block of a template; known are ${Object.keys(blocks).join(', ')}`,
      call.line,
    );
  const wanted = use === 'nothing' ? 0 : 1;
  if (call.params.length !== wanted || call.hasHash)
    throw new Refused(`{{#${name}}} takes ${wanted === 0 ? 'no value' : 'one value'}`, call.line);
  if (call.hasNames) throw new Refused(`{{#${name}}} takes no names between bars`, call.line);
  return use;
}

function partialOf(node: PartialTag, { inEach }: Place): PartialCall {
  const { call, indent } = node;
  const name = nameOf(call);
  if (!/^[a-z][a-z0-9-]*$/.test(name) || call.params.length > 0 || call.hasHash)
    throw new Refused(partialTakes, call.line);
  return { name, line: call.line, indent, inEach, node };
}

/** Helpers of conditions and how many values they take. */
const logic: Readonly<Record<string, { readonly min: number; readonly max: number }>> = {
  eq: { min: 2, max: 2 },
  has: { min: 2, max: 2 },
  and: { min: 2, max: 32 },
  or: { min: 2, max: 32 },
  not: { min: 1, max: 1 },
};

function conditionOf(node: Expression, place: Place): readonly Reference[] {
  if (place.depth > deepest)
    throw new Refused(`blocks and conditions are nested more than ${deepest} deep`, node.line);
  if (node.type === 'path') return [pathOf(node, place, 'condition')];
  if (node.type !== 'call')
    throw new Refused('only values and helpers in parentheses may stand in a condition', node.line);
  const name = nameOf(node);
  const takes = Object.hasOwn(logic, name) ? logic[name] : undefined;
  if (!takes)
    throw new Refused(
      `${name} is no helper of a condition; known are ${Object.keys(logic).join(', ')}`,
      node.line,
    );
  if (node.params.length < takes.min || node.params.length > takes.max || node.hasHash)
    throw new Refused(`${name} takes ${takes.min === 1 ? 'one value' : 'two values'}`, node.line);
  if (name === 'eq' || name === 'has') return [comparisonOf(node, place, name)];
  return node.params.flatMap((one) => conditionOf(one, { ...place, depth: place.depth + 1 }));
}

function comparisonOf(call: Call, place: Place, use: 'eq' | 'has'): Reference {
  const [value, word] = call.params;
  if (value?.type !== 'path' || word?.type !== 'string')
    throw new Refused(`${use} takes a value and a word in quotes, as in (${use} name "word")`, call.line);
  return { ...pathOf(value, place, use), word: word.value };
}

/** What is called, or put in. */
export const nameOf = ({ callee }: Call): string =>
  callee.type === 'path' ? callee.original : callee.type === 'string' ? callee.value : '';

function valueOf(call: Call, place: Place): readonly Reference[] {
  if (call.params.length === 0 && !call.hasHash) return [pathOf(call.callee, place, 'text')];
  const name = nameOf(call);
  if (!Object.hasOwn(spellings, name)) throw new Refused(noHelper(name), call.line);
  const [param] = call.params;
  if (!param || call.params.length !== 1 || call.hasHash)
    throw new Refused(`${name} takes one value`, call.line);
  return parameterOf(param, { ...place, depth: place.depth + 1 });
}

function noHelper(name: string): string {
  const near = Object.hasOwn(logic, name) ? 'only conditions of if and unless take it' : undefined;
  const known = `known are ${Object.keys(spellings).join(', ')}, and a literal brace is written \\{{`;
  const meant = nearest(name, Object.keys(spellings), 1);
  return `${name} is no helper${meant === undefined ? '' : `, perhaps ${meant} is meant`}; ${near ?? known}`;
}

function parameterOf(node: Expression, place: Place): readonly Reference[] {
  if (place.depth > deepest) throw new Refused(`helpers are nested more than ${deepest} deep`, node.line);
  switch (node.type) {
    case 'path':
      return [pathOf(node, place, 'text')];
    case 'call':
      return valueOf(node, place);
    case 'string':
      return [];
    default:
      throw new Refused('only values, texts in quotes and helpers in parentheses may stand here', node.line);
  }
}

function pathOf(node: Expression, { inEach }: Place, use: Use): Reference {
  if (node.type !== 'path') throw new Refused('only the name of a value may stand between braces', node.line);
  const { data, depth, original, parts, line } = node;
  if (inEach && isItem(node)) {
    if (use === 'list' || use === 'has') throw new Refused('this is one word and no list', line);
    return { parts: [itemKey], line, use, isItem: true };
  }
  if (data || depth > 0 || parts.length === 0 || /^(\.|this\b)/.test(original))
    throw new Refused(`{{${original}}} is no name of a value`, line);
  return { parts, line, use, isItem: false };
}

/** Whether a path is the item of the `each` around it. */
export const isItem = ({ original, depth }: Path): boolean => original === itemKey && depth === 0;
