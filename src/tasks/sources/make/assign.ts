import type { Assignment, Operator } from './assignments';
import type { Expander } from './expander';
import type { LineReader } from './lines';
import { firstToken, hasUnknown, joinLines, unknown } from './text';
import type { Variable } from './variables';

/** Carries out an assignment; gives the expanded name, or undefined when it cannot be known. `body` is the text of a `define`. */
export function assign(
  assignment: Assignment,
  body: string | undefined,
  expander: Expander,
): string | undefined {
  const name = expander.expand(assignment.name).trim();
  if (name === '' || hasUnknown(name)) return undefined;
  if (assignment.kind === 'undefine') undefine(name, assignment, expander);
  else setValue(name, assignment, body, expander);
  return name;
}

function undefine(name: string, { override }: Assignment, { variables }: Expander): void {
  if (override || variables.get(name)?.origin !== 'override') variables.set(name, undefined);
}

function setValue(name: string, assignment: Assignment, body: string | undefined, expander: Expander): void {
  const old = expander.variables.get(name);
  if (old && addsNothing(assignment, body)) return;
  const origin = assignment.override ? 'override' : 'file';
  const recursive = isRecursive(assignment.operator, old);
  const value = valueFor(assignment.operator, body ?? assignment.value, recursive, expander);
  const start = assignment.operator === '+=' ? (old?.value ?? '') : '';
  expander.variables.set(name, { value: start === '' ? value : `${start} ${value}`, recursive, origin });
}

/** To a variable that is there. */
function addsNothing({ operator, value }: Assignment, body: string | undefined): boolean {
  return operator === '?=' || (operator === '+=' && (body ?? value) === '');
}

/** Appending keeps the flavour of what is there. */
function isRecursive(operator: Operator, old: Variable | undefined): boolean {
  if (operator === '+=') return old?.recursive ?? true;
  return operator === '=' || operator === '?=' || operator === ':::=';
}

function valueFor(operator: Operator, text: string, recursive: boolean, expander: Expander): string {
  if (operator === '!=') return expander.shell(expander.expand(text)) ?? unknown;
  // Expanded at once, and again when it is used: the dollar signs that are left stand for themselves (GNU make 4.4).
  if (operator === ':::=') return expander.expand(text).replaceAll('$', '$$$$');
  if (recursive) return expander.budget.spend(text.length) ? text : unknown;
  return expander.expand(text);
}

/** The lines up to the `endef` that belongs to the `define` just read. */
export function readDefinition(lines: LineReader, prefix: string): string {
  const body: string[] = [];
  let depth = 1;
  for (let line = lines.next(); line; line = lines.next()) {
    const { word, rest } = line.raw.startsWith(prefix)
      ? { word: '', rest: '' }
      : firstToken(joinLines(line.raw));
    if (word === 'define') depth++;
    else if (isEnd(word, rest) && --depth === 0) break;
    body.push(line.raw);
  }
  return body.join('\n');
}

/** `endef`, with nothing but a comment behind it. */
export function isEnd(word: string, rest: string): boolean {
  return (word === 'endef' && (rest === '' || rest.startsWith('#'))) || word.startsWith('endef#');
}
