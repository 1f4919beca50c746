/** Reads what `make --print-data-base` prints: the targets as make itself knows them. */
import { specialTargets } from './builtins';

/** A target of the data base: one that has a recipe, a prerequisite, or is phony. */
export interface DatabaseTarget {
  readonly name: string;
  readonly phony: boolean;
  readonly doubleColon: boolean;
  readonly prerequisites: readonly string[];
  readonly recipe: readonly string[];
  /** As make was given it, with a zero-based line. */
  readonly recipeAt: { readonly file: string; readonly line: number } | undefined;
}

export interface Database {
  readonly targets: readonly DatabaseTarget[];
  readonly defaultGoal: string | undefined;
}

/** The comment before a recipe; make 3.81, which macOS ships, says `commands` and opens the quote with a backquote. */
const recipeStart = /^# {2}(?:recipe|commands) to execute(?: \(from [`'](.*)', line (\d+)\))?/;

const variableStart =
  /^# (?:makefile|environment|environment under -e|default|automatic|command line|'override' directive)(?: private)?(?: \(from .*\))?$/;

/**
 * Gives the targets of the outermost make: a make that a recipe starts while listing prints a data base of its own before.
 * undefined when `output` holds no whole data base. It must come from a make in the C locale: the comments are translated.
 */
export function parseDatabase(output: string): Database | undefined {
  const start = output.lastIndexOf('\n# Make data base, printed on ');
  const finish = output.indexOf('\n# Finished Make data base on ', Math.max(start, 0));
  if ((start < 0 && !output.startsWith('# Make data base')) || finish < 0) return undefined;
  const base = output.slice(Math.max(start, 0), finish);
  const from = base.indexOf('\n# Files\n');
  if (from < 0) return undefined;
  const lines = base.slice(from + '\n# Files\n'.length).split('\n');
  const goal = /^\.DEFAULT_GOAL :?= (.*)$/m.exec(base)?.[1]?.trim();
  return { targets: joinDoubleColons(readTargets(lines)), defaultGoal: goal === '' ? undefined : goal };
}

/** Blocks are separated by an empty line, unless that line continues a recipe. */
function readTargets(lines: readonly string[]): readonly DatabaseTarget[] {
  const targets: DatabaseTarget[] = [];
  let from = 0;
  for (const [at, line] of lines.entries()) {
    if (line !== '' || lines[at - 1]?.endsWith('\\') === true) continue;
    if (lines[from]?.startsWith('# files hash-table') === true) break;
    const target = readTarget(lines.slice(from, at));
    if (target) targets.push(target);
    from = at + 1;
  }
  return targets;
}

function readTarget(block: readonly string[]): DatabaseTarget | undefined {
  const facts = block.findIndex((line) => line.startsWith('#  '));
  if (facts <= 0 || block.slice(0, facts).includes('# Not a target:')) return undefined;
  const head = readHead(headLine(block.slice(0, facts)));
  if (!head || specialTargets.has(head.name)) return undefined;
  const phony = block.some((one) => one.startsWith('#  Phony target'));
  const recipe = readRecipe(block);
  if (!phony && !recipe && head.prerequisites.length === 0) return undefined;
  return { ...head, phony, recipe: recipe?.lines ?? [], recipeAt: recipe?.at };
}

function readRecipe(
  block: readonly string[],
): { readonly lines: readonly string[]; readonly at: DatabaseTarget['recipeAt'] } | undefined {
  const start = block.findIndex((line) => recipeStart.test(line));
  if (start < 0) return undefined;
  const [, file, line] = recipeStart.exec(block[start] ?? '') ?? [];
  const isKnown = file !== undefined && line !== undefined;
  return {
    lines: recipeOf(block.slice(start + 1)),
    at: isKnown ? { file, line: Number(line) - 1 } : undefined,
  };
}

/**
 * The rule of a block. Variables of the target stand before it, a comment and `name: VARIABLE = value` each, and a change of the recipe
 * prefix; a prerequisite that a second expansion made may hold line ends.
 */
function headLine(lines: readonly string[]): string {
  const isVariable = (line: string | undefined): boolean => variableStart.test(line ?? '');
  const rule = lines.filter((line, at) => !isVariable(line) && !isVariable(lines[at - 1]));
  return rule.filter((line) => !line.startsWith('.RECIPEPREFIX = ')).join(' ');
}

/** make prefixes each recipe line with a tab, not the lines that a backslash continues. */
function recipeOf(lines: readonly string[]): readonly string[] {
  const recipe: string[] = [];
  for (const [at, line] of lines.entries()) {
    if (at > 0 && lines[at - 1]?.endsWith('\\') === true) recipe.push(`${recipe.pop() ?? ''}\n${line}`);
    else recipe.push(line.slice(1));
  }
  return recipe;
}

type Head = Pick<DatabaseTarget, 'name' | 'doubleColon' | 'prerequisites'>;

/** `name: a b | c`; the first colon that a blank, a second colon or the end follows ends the name. */
function readHead(line: string): Head | undefined {
  const match = /^([^\t].*?)(::?)(?: (.*))?$/.exec(line);
  const [, name, colons, rest = ''] = match ?? [];
  if (name === undefined) return undefined;
  const prerequisites = rest.split(' ').filter((word) => word !== '' && word !== '|');
  return { name, doubleColon: colons === '::', prerequisites };
}

/** Each rule of a double-colon target has a block of its own. */
function joinDoubleColons(targets: readonly DatabaseTarget[]): readonly DatabaseTarget[] {
  const byName = new Map<string, DatabaseTarget>();
  for (const target of targets) {
    const before = byName.get(target.name);
    byName.set(target.name, before ? join(before, target) : target);
  }
  return [...byName.values()];
}

function join(a: DatabaseTarget, b: DatabaseTarget): DatabaseTarget {
  return {
    ...a,
    phony: a.phony || b.phony,
    prerequisites: [...new Set([...a.prerequisites, ...b.prerequisites])],
    recipe: [...a.recipe, ...b.recipe],
    recipeAt: a.recipeAt ?? b.recipeAt,
  };
}
