import type { Parameter } from '../../task';
import type { Makefile, Target } from './makefile';

const reference = /\$(?:\(\s*(?:[a-z-]+\s+)?([A-Za-z_][\w.-]*)|\{\s*([A-Za-z_][\w.-]*)|\$)/g;
const most = 500;

/** The names of variables that a text refers to, in order; `$$` is a plain dollar sign. */
export function variablesIn(text: string): readonly string[] {
  const names = [...text.matchAll(reference)].flatMap((match) => match[1] ?? match[2] ?? []);
  return [...new Set(names)];
}

/**
 * The variables that a target's recipe reads, directly or through others, and that are meant to be given:
 * those with a `NAME ?= value` line, and those that nothing defines (`make run ARGS=…`).
 */
export function parametersOf(target: Target, makefile: Makefile): readonly Parameter[] {
  const seen = new Set<string>();
  const queue = [...variablesIn(target.recipe.join('\n'))];
  const parameters: Parameter[] = [];
  for (let name = queue.shift(); name !== undefined && seen.size < most; name = queue.shift()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const variable = makefile.variables.get(name);
    const given = makefile.defaults.get(name);
    if (given) parameters.push({ name, kind: 'variable', default: given.value });
    else if (!variable && isPlainName(name)) parameters.push({ name, kind: 'variable', default: undefined });
    if (variable?.recursive === true) queue.push(...variablesIn(variable.value));
  }
  return parameters;
}

/** `call`, `foreach` and their like bind names of their own; a parameter is written in capitals by convention. */
function isPlainName(name: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(name);
}
