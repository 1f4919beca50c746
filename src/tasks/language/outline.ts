/** What stands where in one Makefile: rules, variables and what refers to them, each with its place. Syntax only: nothing is expanded. */
import type { Position, Range } from '../../base/text';
import { isEnd } from '../sources/make/assign';
import { parseAssignment } from '../sources/make/assignments';
import type { LogicalLine } from '../sources/make/lines';
import { cleanText, createLineReader } from '../sources/make/lines';
import { createPositions } from '../sources/make/scope';
import { findUnquoted, firstToken, joinLines, withoutComment } from '../sources/make/text';
import { referencesIn } from './references';
import { readRuleLine } from './rule-line';

export interface Word {
  readonly name: string;
  readonly range: Range;
}

export interface Definition extends Word {
  /** `target` for a variable of one target only. */
  readonly kind: 'assign' | 'define' | 'undefine' | 'target';
  readonly operator: string;
  readonly value: string;
  /** All of it, over several lines too. */
  readonly whole: Range;
}

export interface Reference extends Word {
  /** `single`: `$X`, one letter; `local`: a name that `foreach` binds; `test`: it is only asked whether it is there. */
  readonly kind: 'plain' | 'single' | 'local' | 'test';
  readonly isInRecipe: boolean;
}

export interface OutlinedRule {
  readonly targets: readonly Word[];
  readonly prerequisites: readonly Word[];
  readonly doubleColon: boolean;
  /** From the first target to the last recipe line. */
  readonly whole: Range;
  readonly hasRecipe: boolean;
}

export interface Outline {
  readonly rules: readonly OutlinedRule[];
  readonly definitions: readonly Definition[];
  readonly references: readonly Reference[];
  /** Lines below a rule that begin with blanks where make wants a tab, and that mean nothing to make as they are. */
  readonly untabbed: readonly Range[];
}

/** The parts of an outline while it is collected. */
export interface Collector {
  readonly rules: (OutlinedRule & { whole: Range; hasRecipe: boolean })[];
  readonly definitions: Definition[];
  readonly references: Reference[];
  readonly untabbed: Range[];
  /** The last rule takes recipe lines. */
  isInRule: boolean;
  prefix: string;
}

const conditions = new Set(['ifeq', 'ifneq', 'ifdef', 'ifndef', 'else', 'endif']);
const directives = new Set([
  'include',
  '-include',
  'sinclude',
  'export',
  'unexport',
  'vpath',
  'load',
  '-load',
]);

/** Reads a text; never throws, in time that grows with its length only. */
export function outlineOf(text: string): Outline {
  const lines = createLineReader(cleanText(text));
  const collector: Collector = {
    rules: [],
    definitions: [],
    references: [],
    untabbed: [],
    isInRule: false,
    prefix: '\t',
  };
  for (let line = lines.next(); line; line = lines.next()) {
    const defined = takeLine(collector, line);
    if (defined) takeDefinition(collector, defined, lines.next);
  }
  return collector;
}

/** Takes one line; gives the definition that it opens. */
function takeLine(collector: Collector, line: LogicalLine): Definition | undefined {
  const { raw } = line;
  const position = createPositions(line);
  if (collector.isInRule && raw.startsWith(collector.prefix)) {
    addReferences(collector, { code: raw, position }, true);
    growRule(collector, position(raw.length));
    return undefined;
  }
  const trimmed = raw.trim();
  if (trimmed === '' || trimmed.startsWith('#')) return undefined;
  const comment = findUnquoted(raw, '#');
  const code = comment < 0 ? raw : raw.slice(0, comment);
  const assigned = takeAssignment(collector, code, position);
  if (assigned) return assigned.kind === 'define' ? assigned : undefined;
  const { word, rest } = firstToken(joinLines(code));
  if (conditions.has(word)) takeCondition(collector, word, rest, { code, position });
  else if (directives.has(word)) collector.isInRule = false;
  else if (isUntabbed(collector, code)) {
    collector.untabbed.push({ start: position(0), end: position(raw.length) });
    return undefined;
  } else takeRule(collector, code, position);
  addReferences(collector, { code, position }, false);
  return undefined;
}

function addReferences(collector: Collector, { code, position }: Line, isInRecipe: boolean): void {
  for (const { name, at, kind } of referencesIn(code)) {
    const range = { start: position(at), end: position(at + name.length) };
    collector.references.push({ name, range, kind, isInRecipe });
  }
}

function growRule(collector: Collector, end: Position): void {
  const rule = collector.rules.at(-1);
  if (!rule) return;
  rule.whole = { start: rule.whole.start, end };
  rule.hasRecipe = true;
}

const before = /^\s*(?:(?:export|override|private)\s+)*(?:(?:define|undefine)\s+)?/;

function takeAssignment(
  collector: Collector,
  code: string,
  position: (offset: number) => Position,
): Definition | undefined {
  const assignment = parseAssignment(withoutComment(joinLines(code)));
  if (!assignment) return undefined;
  collector.isInRule = false;
  const at = before.exec(code)?.[0].length ?? 0;
  const { kind, name, operator, value } = assignment;
  const whole = { start: position(0), end: position(code.length) };
  const range = { start: position(at), end: position(at + name.length) };
  const definition: Definition = { kind, name, operator, value, range, whole };
  if (!name.includes('$') && code.startsWith(name, at)) collector.definitions.push(definition);
  if (name === '.RECIPEPREFIX') collector.prefix = value.slice(0, 1) || '\t';
  addReferences(collector, { code, position }, false);
  return definition;
}

/** The lines of a `define`, up to its `endef`. */
function takeDefinition(
  collector: Collector,
  definition: Definition,
  next: () => LogicalLine | undefined,
): void {
  const body: string[] = [];
  let depth = 1;
  let end = definition.whole.end;
  for (let line = next(); line; line = next()) {
    const position = createPositions(line);
    const { word, rest } = firstToken(joinLines(line.raw));
    end = position(line.raw.length);
    if (word === 'define') depth++;
    else if (isEnd(word, rest) && --depth === 0) break;
    body.push(line.raw);
    addReferences(collector, { code: line.raw.replaceAll('$$', ' $'), position }, line.raw.startsWith('\t'));
  }
  const last = collector.definitions.at(-1);
  if (last?.range !== definition.range) return;
  const whole = { start: definition.whole.start, end };
  collector.definitions.splice(-1, 1, { ...definition, value: body.join('\n'), whole });
}

interface Line {
  readonly code: string;
  readonly position: (offset: number) => Position;
}

/** `ifdef NAME` asks of a variable without a dollar sign. */
function takeCondition(collector: Collector, word: string, rest: string, { code, position }: Line): void {
  const [keyword, name] = word === 'else' ? rest.split(/\s+/) : [word, rest.trim()];
  if ((keyword !== 'ifdef' && keyword !== 'ifndef') || name === undefined || !/^[\w.-]+$/.test(name)) return;
  const at = code.lastIndexOf(name);
  const range = { start: position(at), end: position(at + name.length) };
  collector.references.push({ name, range, kind: 'test', isInRecipe: false });
}

/** make would say `missing separator` of it. */
function isUntabbed({ isInRule, prefix }: Collector, code: string): boolean {
  if (!isInRule || prefix !== '\t' || !/^ +\S/.test(code)) return false;
  return findUnquoted(code, ':') < 0 && !/^\s*\$[({]/.test(code);
}

function takeRule(collector: Collector, code: string, position: (offset: number) => Position): void {
  const rule = readRuleLine(code, position);
  collector.isInRule = rule !== undefined;
  if (!rule) return;
  if (rule.variable) collector.definitions.push(rule.variable);
  else collector.rules.push({ ...rule.rule });
  collector.isInRule = !rule.variable;
}
