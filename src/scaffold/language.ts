import { nearest } from '../base/text';
import { spellings } from './words';

/**
 * The small language of templates: a walk over the tree that Handlebars makes of a text. It gives what the text needs, and refuses with
 * its line whatever is no part of the language: decorators, `@data`, `../`, code.
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
  readonly node: hbs.AST.PartialStatement;
}

export interface Needs {
  readonly references: readonly Reference[];
  readonly partials: readonly PartialCall[];
}

/** What the walk refuses; whoever started it adds the path. */
export class Refused extends Error {
  readonly line: number;

  constructor(why: string, line: number) {
    super(why);
    this.line = line;
  }
}

/** The name under which an `each` puts its item into the context. */
export const itemKey = 'this';
/** Blocks and sub-expressions in one another; nobody writes more, and a walk must not run out of stack. */
const deepest = 64;

/** The longest tag, but for comments, and how many blocks one text may hold. */
const longestTag = 2000;
const mostBlocks = 1000;

/**
 * Refuses a text that Handlebars would read for minutes: the time of its reader grows with more than the square of blocks, and of
 * parentheses in a tag, that are in one another. Throws Refused.
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

const startOf = (node: hbs.AST.Node): number => node.loc.start.line - 1;
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
export function needsOf(program: hbs.AST.Program, inEach = false): Needs {
  return bodyNeeds(program.body, { inEach, depth: 0 });
}

function bodyNeeds(body: readonly hbs.AST.Statement[], place: Place): Needs {
  return both(
    body.map((node) => {
      if (place.depth > deepest)
        throw new Refused(`blocks and conditions are nested more than ${deepest} deep`, startOf(node));
      switch (node.type) {
        case 'ContentStatement':
        case 'CommentStatement':
          return none;
        case 'MustacheStatement':
          return only(valueOf(node as hbs.AST.MustacheStatement, place));
        case 'BlockStatement':
          return blockNeeds(node as hbs.AST.BlockStatement, place);
        case 'PartialStatement':
          return { references: [], partials: [partialOf(node as hbs.AST.PartialStatement, place)] };
        default:
          throw new Refused('decorators and blocks of partials are no part of a template', startOf(node));
      }
    }),
  );
}

const blocks: Readonly<Record<string, Use | 'nothing'>> = {
  if: 'condition',
  unless: 'condition',
  each: 'list',
  raw: 'nothing',
};

function blockNeeds(node: hbs.AST.BlockStatement, place: Place): Needs {
  const use = useOf(node);
  const inside = { ...place, depth: place.depth + 1 };
  const [param] = node.params;
  const own = (one: hbs.AST.Expression): readonly Reference[] =>
    use === 'list' ? [pathOf(one, place, 'list')] : conditionOf(one, inside);
  return both([
    param ? only(own(param)) : none,
    bodyNeeds(node.program.body, use === 'list' ? { ...inside, inEach: true } : inside),
    // The types promise an inverse; Handlebars leaves it out where there is no {{else}}.
    bodyNeeds((node.inverse as hbs.AST.Program | undefined)?.body ?? [], inside),
  ]);
}

/** How a block uses its value. */
function useOf(node: hbs.AST.BlockStatement): Use | 'nothing' {
  const name = node.path.original;
  const use = Object.hasOwn(blocks, name) ? blocks[name] : undefined;
  if (use === undefined)
    throw new Refused(
      `{{#${name}}} is no block of a template; known are ${Object.keys(blocks).join(', ')}`,
      startOf(node),
    );
  const wanted = use === 'nothing' ? 0 : 1;
  if (node.params.length !== wanted || hasHash(node))
    throw new Refused(`{{#${name}}} takes ${wanted === 0 ? 'no value' : 'one value'}`, startOf(node));
  if ((node.program.blockParams as readonly string[] | undefined)?.length)
    throw new Refused(`{{#${name}}} takes no names between bars`, startOf(node));
  return use;
}

function partialOf(node: hbs.AST.PartialStatement, { inEach }: Place): PartialCall {
  const name = 'original' in node.name ? String(node.name.original) : '';
  if (!/^[a-z][a-z0-9-]*$/.test(name) || node.params.length > 0 || hasHash(node))
    throw new Refused('{{> name}} takes the name of one of partials/ and nothing else', startOf(node));
  return { name, line: startOf(node), indent: node.indent, inEach, node };
}

/** Helpers of conditions and how many values they take. */
const logic: Readonly<Record<string, { readonly min: number; readonly max: number }>> = {
  eq: { min: 2, max: 2 },
  has: { min: 2, max: 2 },
  and: { min: 2, max: 32 },
  or: { min: 2, max: 32 },
  not: { min: 1, max: 1 },
};

function conditionOf(node: hbs.AST.Expression, place: Place): readonly Reference[] {
  if (place.depth > deepest)
    throw new Refused(`blocks and conditions are nested more than ${deepest} deep`, startOf(node));
  if (node.type === 'PathExpression') return [pathOf(node, place, 'condition')];
  if (node.type !== 'SubExpression')
    throw new Refused('only values and helpers in parentheses may stand in a condition', startOf(node));
  const call = node as hbs.AST.SubExpression;
  const name = nameOf(call);
  const takes = Object.hasOwn(logic, name) ? logic[name] : undefined;
  if (!takes)
    throw new Refused(
      `${name} is no helper of a condition; known are ${Object.keys(logic).join(', ')}`,
      startOf(node),
    );
  if (call.params.length < takes.min || call.params.length > takes.max || hasHash(call))
    throw new Refused(`${name} takes ${takes.min === 1 ? 'one value' : 'two values'}`, startOf(node));
  if (name === 'eq' || name === 'has') return [comparisonOf(call, place, name)];
  return call.params.flatMap((one) => conditionOf(one, { ...place, depth: place.depth + 1 }));
}

function comparisonOf(call: hbs.AST.SubExpression, place: Place, use: 'eq' | 'has'): Reference {
  const [value, word] = call.params;
  if (value?.type !== 'PathExpression' || word?.type !== 'StringLiteral')
    throw new Refused(`${use} takes a value and a word in quotes, as in (${use} name "word")`, startOf(call));
  return { ...pathOf(value, place, use), word: (word as hbs.AST.StringLiteral).value };
}

type Call = hbs.AST.MustacheStatement | hbs.AST.SubExpression;

const nameOf = (node: Call): string => ('original' in node.path ? String(node.path.original) : '');

function valueOf(node: Call, place: Place): readonly Reference[] {
  if (node.params.length === 0 && !hasHash(node)) return [pathOf(node.path, place, 'text')];
  const name = nameOf(node);
  if (!Object.hasOwn(spellings, name)) throw new Refused(noHelper(name), startOf(node));
  const [param] = node.params;
  if (!param || node.params.length !== 1 || hasHash(node))
    throw new Refused(`${name} takes one value`, startOf(node));
  return parameterOf(param, { ...place, depth: place.depth + 1 });
}

function noHelper(name: string): string {
  const near = Object.hasOwn(logic, name) ? 'only conditions of if and unless take it' : undefined;
  const known = `known are ${Object.keys(spellings).join(', ')}, and a literal brace is written \\{{`;
  const meant = nearest(name, Object.keys(spellings), 1);
  return `${name} is no helper${meant === undefined ? '' : `, perhaps ${meant} is meant`}; ${near ?? known}`;
}

function parameterOf(node: hbs.AST.Expression, place: Place): readonly Reference[] {
  if (place.depth > deepest) throw new Refused(`helpers are nested more than ${deepest} deep`, startOf(node));
  switch (node.type) {
    case 'PathExpression':
      return [pathOf(node, place, 'text')];
    case 'SubExpression':
      return valueOf(node as hbs.AST.SubExpression, place);
    case 'StringLiteral':
      return [];
    default:
      throw new Refused(
        'only values, texts in quotes and helpers in parentheses may stand here',
        startOf(node),
      );
  }
}

function pathOf(node: hbs.AST.Expression, { inEach }: Place, use: Use): Reference {
  if (node.type !== 'PathExpression')
    throw new Refused('only the name of a value may stand between braces', startOf(node));
  const path = node as hbs.AST.PathExpression;
  const line = startOf(node);
  if (inEach && path.original === itemKey && path.depth === 0) {
    if (use === 'list' || use === 'has') throw new Refused('this is one word and no list', line);
    path.parts = [itemKey];
    return { parts: [itemKey], line, use, isItem: true };
  }
  const { data, depth, original, parts } = path;
  if (data || depth > 0 || parts.length === 0 || /^(\.|this\b)/.test(original))
    throw new Refused(`{{${original}}} is no name of a value`, line);
  return { parts, line, use, isItem: false };
}

function hasHash(node: { readonly hash?: hbs.AST.Hash }): boolean {
  return (node.hash?.pairs.length ?? 0) > 0;
}
