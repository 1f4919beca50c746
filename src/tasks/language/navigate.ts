/** From a position to a name, and from a name to every place that means it. */
import type { Position, Range } from '../../base/text';
import type { Outline, Word } from './outline';

export interface Named extends Word {
  readonly kind: 'target' | 'variable';
}

function holds({ start, end }: Range, { line, character }: Position): boolean {
  const isAfter = line > start.line || (line === start.line && character >= start.character);
  return isAfter && (line < end.line || (line === end.line && character <= end.character));
}

/** The target or variable at a position; undefined when it is something else. */
export function wordAt(outline: Outline, position: Position): Named | undefined {
  const variables = [...outline.references, ...outline.definitions];
  const variable = variables.find(({ range }) => holds(range, position));
  if (variable) return { kind: 'variable', name: variable.name, range: variable.range };
  const words = outline.rules.flatMap(({ targets, prerequisites }) => [...targets, ...prerequisites]);
  const target = words.find(({ range }) => holds(range, position));
  return target && { kind: 'target', name: target.name, range: target.range };
}

/** Where the name is defined: the rules of a target, the assignments of a variable. */
export function definitionsOf({ kind, name }: Named, outline: Outline): readonly Range[] {
  const words: readonly Word[] =
    kind === 'variable'
      ? outline.definitions.filter((one) => one.kind !== 'undefine')
      : outline.rules.flatMap(({ targets }) => targets);
  return words.filter((word) => word.name === name).map(({ range }) => range);
}

/** Every place that means the name. */
export function occurrencesOf({ kind, name }: Named, outline: Outline): readonly Range[] {
  const words: readonly Word[] =
    kind === 'variable'
      ? [...outline.definitions, ...outline.references]
      : outline.rules.flatMap(({ targets, prerequisites }) => [...targets, ...prerequisites]);
  return words.filter((word) => word.name === name).map(({ range }) => range);
}
