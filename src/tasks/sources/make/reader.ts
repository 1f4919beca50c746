import { join } from '../../../base/paths';
import { assign, isEnd, readDefinition } from './assign';
import type { Assignment } from './assignments';
import { parseAssignment } from './assignments';
import { createBudget, defaultLimits } from './budget';
import { createComments } from './comments';
import { createConditionals } from './conditionals';
import { createExpander } from './expand';
import { isGlob, matchGlob } from './glob';
import type { LogicalLine } from './lines';
import { cleanText, createLineReader } from './lines';
import type { Makefile } from './makefile';
import type { Place } from './place';
import type { ReadOptions, Reading } from './reading';
import { addUnresolved } from './reading';
import { readRule } from './rules';
import type { Scope } from './scope';
import { placeOf } from './scope';
import { createTargetTable } from './targets';
import { fileNames, firstToken, hasUnknown, joinLines, withoutComment, wordsOf } from './text';
import { createVariables } from './variables';

const deepest = 60;
/** What one `$(eval …)` costs, in expansions. */
const evaluationSteps = 10;
const noLine: LogicalLine = { raw: '', line: 0, endLine: 0 };

/**
 * Reads a Makefile and what it includes, as GNU make would, without running anything. Never throws on any text.
 * Conditions that only a running program could answer are taken both ways; names that only it could give are kept as unresolved.
 */
export function readMakefile(options: ReadOptions): Makefile {
  const reading = start(options);
  readFile(reading, options.entry, options.entry.slice(options.entry.lastIndexOf('/') + 1));
  const goal = reading.expander.valueOf('.DEFAULT_GOAL').trim();
  return {
    entry: options.entry,
    ...reading.targets.finish(),
    unresolved: reading.unresolved,
    defaultGoal: goal === '' || hasUnknown(goal) ? reading.targets.firstGoal : goal,
    files: [...reading.files],
    missing: reading.missing,
    defaults: reading.defaults,
    variables: reading.expander.variables,
    truncated: reading.truncated || reading.expander.budget.exhausted,
  };
}

function start(options: ReadOptions): Reading {
  const limits = options.limits ?? defaultLimits;
  const expander = createExpander({
    directory: options.directory,
    variables: createVariables(options.directory, options.environment),
    budget: createBudget(limits),
    shell: (command) => options.shell?.(command),
    evaluate: (text) => evaluate(reading, text),
    list: (directory) => options.list(directory),
  });
  const reading: Reading = {
    options,
    limits,
    expander,
    targets: createTargetTable(),
    unresolved: [],
    files: new Set(),
    missing: [],
    defaults: new Map(),
    open: [],
    truncated: false,
    secondExpansion: false,
  };
  return reading;
}

/** Reads one file; false when it is not there. `name` is how it was asked for. */
function readFile(reading: Reading, path: string, name: string): boolean {
  const { expander, limits, open } = reading;
  const text = reading.options.read(path);
  if (text === undefined) return false;
  reading.files.add(path);
  const fits =
    reading.files.size <= limits.files && text.length <= limits.fileLength && open.length < deepest;
  if (!fits || !expander.budget.spend(text.length)) {
    reading.truncated = true;
    return true;
  }
  const list = expander.valueOf('MAKEFILE_LIST');
  const value = list === '' ? name : `${list} ${name}`;
  expander.variables.set('MAKEFILE_LIST', { value, recursive: false, origin: 'file' });
  readText(reading, cleanText(text), path, undefined);
  return true;
}

/** Reads the text of `$(eval …)` where it stands. */
function evaluate(reading: Reading, text: string): void {
  const now = reading.open.at(-1);
  if (!now || text.trim() === '') return;
  if (reading.open.length >= deepest || !reading.expander.budget.spend(text.length, evaluationSteps)) {
    reading.truncated = true;
    return;
  }
  const at = placeOf(now.scope, now.line);
  if (text.replaceAll(/[\0\s]+/g, '') === '') addUnresolved(reading, firstWords(now.line.raw), at);
  else readText(reading, text, now.scope.file, at);
}

function firstWords(raw: string): string {
  const line = joinLines(raw).trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

function readText(reading: Reading, text: string, file: string, at: Place | undefined): void {
  const scope: Scope = {
    file,
    at,
    lines: createLineReader(text),
    comments: createComments(),
    conditionals: createConditionals(reading.expander),
    rule: undefined,
    skippingRecipe: false,
    ignoringDefine: false,
  };
  const frame = { scope, line: noLine };
  reading.open.push(frame);
  for (let line = scope.lines.next(); line; line = scope.lines.next()) {
    frame.line = line;
    if (reading.expander.budget.exhausted || reading.targets.size > reading.limits.targets) {
      reading.truncated = true;
      break;
    }
    if (!takeRecipeLine(reading, scope, line)) takeLine(reading, scope, line);
  }
  scope.conditionals.end();
  reading.open.pop();
}

function recipePrefix({ expander }: Reading): string {
  return expander.variables.get('.RECIPEPREFIX')?.value.slice(0, 1) || '\t';
}

function takeRecipeLine(reading: Reading, scope: Scope, { raw, line }: LogicalLine): boolean {
  const { rule } = scope;
  if (!rule && !scope.skippingRecipe) return false;
  const prefix = recipePrefix(reading);
  if (!raw.startsWith(prefix)) return false;
  if (!rule || scope.conditionals.ignoring) return true;
  rule.recipe.push(raw.includes('\n') ? raw.slice(1).replaceAll(`\n${prefix}`, '\n') : raw.slice(1));
  rule.recipeLine ??= scope.at?.range.start.line ?? line;
  scope.comments.reset();
  return true;
}

function takeLine(reading: Reading, scope: Scope, line: LogicalLine): void {
  const trimmed = line.raw.trim();
  if (trimmed === '') return scope.comments.reset();
  if (trimmed.startsWith('#')) return scope.comments.add(joinLines(trimmed));
  const text = withoutComment(joinLines(line.raw)).trimStart();
  const assignment = scope.ignoringDefine ? undefined : parseAssignment(text);
  if (assignment) {
    scope.comments.reset();
    if (!scope.conditionals.ignoring) takeAssignment(reading, scope, assignment);
    else if (assignment.kind === 'define') scope.ignoringDefine = true;
    return;
  }
  const { word, rest } = firstToken(text);
  if (scope.ignoringDefine) {
    if (isEnd(word, rest)) scope.ignoringDefine = false;
  } else if (scope.conditionals.take(word, rest)) scope.comments.reset();
  else if (!scope.conditionals.ignoring && !takeDirective(reading, scope, word, rest))
    readRule(reading, scope, line);
}

/** An assignment ends the rule before it. */
function takeAssignment(reading: Reading, scope: Scope, assignment: Assignment): void {
  endRule(scope);
  const prefix = recipePrefix(reading);
  const body = assignment.kind === 'define' ? readDefinition(scope.lines, prefix) : undefined;
  const name = assign(assignment, body, reading.expander);
  if (name === undefined || assignment.operator !== '?=' || reading.defaults.has(name)) return;
  const line = reading.open.at(-1)?.line ?? noLine;
  reading.defaults.set(name, { name, value: body ?? assignment.value, place: placeOf(scope, line) });
}

function endRule(scope: Scope): void {
  scope.rule = undefined;
  scope.skippingRecipe = false;
}

const includes = new Set(['include', '-include', 'sinclude']);
const otherDirectives = new Set(['export', 'unexport', 'vpath', 'load', '-load']);

function takeDirective(reading: Reading, scope: Scope, word: string, rest: string): boolean {
  const isInclude = includes.has(word);
  if (!isInclude && !otherDirectives.has(word)) return false;
  endRule(scope);
  scope.comments.reset();
  if (isInclude) include(reading, rest, word !== 'include');
  else if (word === 'export' || word === 'unexport') declare(reading, rest);
  return true;
}

/** `export NAME` and `unexport NAME` define a variable that is not there, as an empty one. */
function declare({ expander }: Reading, source: string): void {
  for (const name of wordsOf(expander.expand(source)))
    if (!hasUnknown(name) && !expander.variables.get(name))
      expander.variables.set(name, { value: '', recursive: false, origin: 'file' });
}

function include(reading: Reading, source: string, optional: boolean): void {
  const { directory } = reading.options;
  const now = reading.open.at(-1);
  if (!now) return;
  const place = placeOf(now.scope, now.line);
  for (const name of fileNames(reading.expander.expand(source))) {
    if (hasUnknown(name)) {
      addUnresolved(reading, `include ${source.trim()}`, place);
      continue;
    }
    const found = isGlob(name) ? matchGlob(name, directory, (dir) => reading.options.list(dir)) : [name];
    for (const one of found) {
      const path = one.startsWith('/') ? join(one) : join(directory, one);
      if (!readFile(reading, path, one)) reading.missing.push({ path, place, optional });
    }
  }
}
