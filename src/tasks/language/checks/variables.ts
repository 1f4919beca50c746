import { nearest } from '../../../base/text';
import { builtinVariables } from '../../sources/make/builtins';
import type { Reference } from '../outline';
import type { Checked, Problem, ProblemFix } from '../problem';

/** Programs whose output people want when they write `$(pwd)`: make has no variable of that name. */
const programs = new Set(
  'pwd whoami hostname date uname nproc id basename dirname cat ls git which'.split(' '),
);

/**
 * Variables that nothing defines and that are likely a slip: one letter away from a name that is defined, a shell's `$NAME` or `$(command)`
 * in a recipe. A name that is only meant to be given from outside (`make run ARGS=…`) is none.
 */
export function checkVariables(checked: Checked): readonly Problem[] {
  const { outline, outlines, makefile } = checked;
  if (makefile.truncated || makefile.missing.some(({ optional }) => !optional)) return [];
  const defined = new Set(outlines.flatMap(({ definitions }) => definitions.map(({ name }) => name)));
  const others = outlines.flatMap(({ references }) =>
    references.filter(({ kind }) => kind === 'test' || kind === 'local'),
  );
  const excused = new Set([...others.map(({ name }) => name), ...Object.keys(builtinVariables('/'))]);
  const isDefined = (name: string): boolean =>
    defined.has(name) || excused.has(name) || makefile.variables.get(name) !== undefined;
  const uses = new Map<string, number>();
  for (const { references } of outlines)
    for (const { name } of references) uses.set(name, (uses.get(name) ?? 0) + 1);
  return outline.references
    .filter((one) => (one.kind === 'plain' || one.kind === 'single') && !isDefined(one.name))
    .flatMap((one) => slipOf(one, checked, { defined: [...defined], uses: uses.get(one.name) ?? 0 }) ?? []);
}

interface Known {
  readonly defined: readonly string[];
  /** How often the name is used: a name that is used often is no slip. */
  readonly uses: number;
}

function slipOf(one: Reference, checked: Checked, { defined, uses }: Known): Problem | undefined {
  if (one.kind === 'single') return shellVariable(one, checked);
  if (one.isInRecipe && programs.has(one.name)) return shellCommand(one);
  if (!/^[A-Za-z][\w-]{3,}$/.test(one.name) || uses > 1) return undefined;
  const near = defined.find((name) => isSlip(one.name, name));
  if (near === undefined) return undefined;
  return problemOf(one, `Nothing defines ${one.name}. Did you mean ${near}?`, [
    { title: `Change to ${near}`, edits: [{ range: one.range, text: near }] },
  ]);
}

/** One letter too many, too few, changed or swapped; digits and letters at the end tell names apart on purpose. */
function isSlip(name: string, other: string): boolean {
  if (other.length < 4 || Math.abs(name.length - other.length) > 1) return false;
  if (nearest(name, [other], 1) === undefined) return false;
  if (name.replaceAll(/[\W_]/g, '') === other.replaceAll(/[\W_]/g, '')) return false;
  return name.toLowerCase() !== other.toLowerCase()
    ? name.slice(-1) === other.slice(-1) && name[0] === other[0]
    : true;
}

/** `$HOME` in a recipe is `$(H)OME` to make. */
function shellVariable({ name, range, isInRecipe }: Reference, { lines }: Checked): Problem | undefined {
  const { line, character } = range.end;
  const rest = /^\w+/.exec((lines[line] ?? '').slice(character))?.[0] ?? '';
  if (!isInRecipe || rest === '') return undefined;
  const whole = `${name}${rest}`;
  const all = { start: range.start, end: { line, character: character + rest.length } };
  return problemOf(
    { name, range: all },
    `make reads this as $(${name}) and the text ${rest}. The shell’s variable is $$${whole}, make’s is $(${whole}).`,
    [
      { title: `Change to $$${whole}`, edits: [{ range: all, text: `$${whole}` }] },
      { title: `Change to $(${whole})`, edits: [{ range: all, text: `(${whole})` }] },
    ],
  );
}

/** `$(pwd)` in a recipe is an empty variable of make. */
function shellCommand({ name, range }: Reference): Problem {
  const { line, character } = range.start;
  const dollar = { start: { line, character: character - 2 }, end: { line, character: character - 1 } };
  return problemOf(
    { name, range },
    `Nothing defines the variable ${name}; for the command’s output write $$(${name}).`,
    [{ title: `Change to $$(${name})`, edits: [{ range: dollar, text: '$$' }] }],
  );
}

function problemOf(
  { range }: Pick<Reference, 'name' | 'range'>,
  message: string,
  fixes: readonly ProblemFix[],
): Problem {
  return { code: 'undefined-variable', severity: 'warning', range, message, fixes };
}
