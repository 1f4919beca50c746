import { parser } from '@lezer/python';
import type { Problem } from '.';

/** How many faults of one file are told: the first is the cause of most others. */
const most = 3;

/**
 * Python 3 by a grammar, without Python: where the grammar does not fit, the parser leaves a node that is an error. What only Python
 * itself refuses (`return` outside a function) is not found.
 */
export function pythonProblems(text: string): readonly Problem[] {
  const found = faultsIn(text);
  return found.length === 0 ? found : faultsIn(plainer(text));
}

function faultsIn(text: string): readonly Problem[] {
  const lines = new Map<number, string>();
  parser.parse(text).iterate({
    enter(node) {
      if (!node.type.isError) return;
      const [line, message] = faultAt(text, node.from);
      if (!lines.has(line)) lines.set(line, message);
    },
  });
  return [...lines].slice(0, most).map(([line, message]) => ({ line, message }));
}

function faultAt(text: string, at: number): readonly [line: number, message: string] {
  const lineOf = (before: string): number => before.split('\n').length - 1;
  const rest = /\S+/.exec(text.slice(at).split('\n')[0] ?? '')?.[0];
  if (rest === undefined)
    return [lineOf(text.slice(0, at).trimEnd()), 'something is missing at the end of the line'];
  return [lineOf(text.slice(0, at)), `${rest.slice(0, 30)} is not expected here`];
}

/**
 * What the grammar does not know of Python, in words that it knows, line by line: `yield` alone, `1.`, `with (a as b):`,
 * `with a as b.c:`, patterns of classes and mappings, `/` in a lambda, a star in brackets.
 */
function plainer(text: string): string {
  return text
    .replaceAll(/\byield(?=[ \t]*(?:[\])},#;:=]|$))/gm, 'yield 0')
    .replaceAll(/(?<![\w.])(\d[\d_]*)\.(?=[eEjJ][\d+-]|[eEjJ]\b|(?![\w.]))/g, '$1.0')
    .replaceAll(/^([ \t]*case\b(?!\s*=)).*:([ \t]*(?:#.*)?)$/gm, '$1 _:$2')
    .replaceAll(/(\blambda\b[^:\n]*?),\s*\//g, '$1')
    .replaceAll(/([[,][ \t]*)\*(?=\w)/g, '$1')
    .split(/^(?=[ \t]*(?:async[ \t]+)?with\b)/m)
    .map(withoutTargets)
    .join('');
}

/** `with (a(lambda x: y) as (b, c),):` → `with (a(lambda x: y),):`; the lines stay. */
function withoutTargets(statement: string): string {
  if (!/^[ \t]*(?:async[ \t]+)?with\b/.test(statement)) return statement;
  const end = headEnd(statement);
  const head = statement
    .slice(0, end)
    .replaceAll(/\bas\s+(?:\([^)]*\)|\[[^\]]*\]|[\w.]+(?:\[[^\]]*\])?)/g, (target) =>
      target.replaceAll(/[^\n]/g, ' '),
    );
  return head + statement.slice(end);
}

/** Where the head of a statement ends: at the colon outside of all brackets and texts. */
function headEnd(statement: string): number {
  let depth = 0;
  for (const { 0: sign, index } of statement.matchAll(/"[^"\n]*"|'[^'\n]*'|[()[\]{}:]/g)) {
    if (sign === ':' && depth === 0) return index;
    if ('([{'.includes(sign)) depth += 1;
    if (')]}'.includes(sign)) depth -= 1;
  }
  return statement.length;
}
