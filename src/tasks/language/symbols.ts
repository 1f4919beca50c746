import type { Range } from '../../base/text';
import { specialTargets } from '../sources/make/builtins';
import type { Outline } from './outline';

export interface Symbol {
  readonly name: string;
  readonly kind: 'target' | 'variable' | 'function';
  readonly detail: string;
  readonly whole: Range;
  readonly selection: Range;
}

/** The targets and variables of a file, in its order; a `define` is like a function. */
export function symbolsOf({ rules, definitions }: Outline): readonly Symbol[] {
  const targets = rules.flatMap(({ targets, prerequisites, whole }) =>
    targets
      .filter(({ name }) => !specialTargets.has(name))
      .map(({ name, range }): Symbol => {
        const detail = prerequisites.map((one) => one.name).join(' ');
        const start = targets.length === 1 ? whole.start : range.start;
        return { name, kind: 'target', detail, whole: { start, end: whole.end }, selection: range };
      }),
  );
  const variables = definitions
    .filter(({ kind }) => kind !== 'undefine' && kind !== 'target')
    .map(({ name, kind, operator, value, whole, range }): Symbol => {
      const detail =
        kind === 'define' ? 'define' : `${operator} ${value.replaceAll(/\s+/g, ' ').slice(0, 60)}`;
      return { name, kind: kind === 'define' ? 'function' : 'variable', detail, whole, selection: range };
    });
  return [...targets, ...variables].toSorted((a, b) => a.whole.start.line - b.whole.start.line);
}
