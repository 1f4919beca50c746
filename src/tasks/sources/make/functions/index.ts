// make's functions, by name: text, file names, control. `call` is here because it calls the others.
// May use the expander it is given; none runs a program or reads a file.
// To extend: add an entry to the table of its kind.
import type { Expander } from '../expander';
import { hasUnknown, skipBlanks, unknown } from '../text';
import { controlFunctions } from './control';
import type { Functions } from './define';
import { nameFunctions } from './names';
import { textFunctions } from './text';

const functions: Functions = { ...textFunctions, ...nameFunctions, ...controlFunctions };

export function isFunction(name: string): boolean {
  return name === 'call' || Object.hasOwn(functions, name);
}

/** Calls a function with the unexpanded text of its arguments. */
export function callFunction(expander: Expander, name: string, text: string): string {
  if (name === 'call') return callVariable(expander, text);
  const found = functions[name];
  if (!found) return unknown;
  const args = splitArguments(text.slice(skipBlanks(text, 0)), found.most);
  return found.run(found.lazy === true ? args : args.map((arg) => expander.expand(arg)), expander);
}

/** `$(call name,a,b)`: the value of the variable with `$(1)`, `$(2)`, … in place; or a function of make by that name. */
function callVariable(expander: Expander, text: string): string {
  const args = splitArguments(text.slice(skipBlanks(text, 0)), Infinity).map((arg) => expander.expand(arg));
  const name = (args[0] ?? '').trim();
  if (hasUnknown(name)) return unknown;
  const builtin = functions[name];
  if (builtin && Object.hasOwn(functions, name))
    return builtin.run(args.slice(1, builtin.most + 1), expander);
  const variable = expander.variables.get(name);
  if (!variable) return '';
  if (!variable.recursive) return variable.value;
  // Ten names at least: an argument that is not given hides the one of a surrounding call.
  const locals = Array.from({ length: Math.max(args.length, 10) }, (_, index): [string, string] => [
    String(index),
    index === 0 ? name : (args[index] ?? ''),
  ]);
  return expander.variables.withLocals(new Map(locals), () => expander.expand(variable.value));
}

/** Splits at the commas that no bracket holds, at most into `most` parts. */
function splitArguments(text: string, most: number): readonly string[] {
  const args: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length && args.length < most - 1; at++) {
    const char = text[at];
    if (char === '(' || char === '{') depth++;
    else if (char === ')' || char === '}') depth--;
    else if (char === ',' && depth <= 0) {
      args.push(text.slice(from, at));
      from = at + 1;
    }
  }
  args.push(text.slice(from));
  return args;
}

/** The names of all functions, for completion. */
export const functionNames: readonly string[] = ['call', ...Object.keys(functions)];
