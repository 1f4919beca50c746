import type { Position, Range } from '../../base/text';
import { functionNames } from '../sources/make/functions';
import type { Makefile } from '../sources/make/makefile';
import { findUnquoted } from '../sources/make/text';
import type { Outline } from './outline';

export interface Completion {
  readonly label: string;
  readonly kind: 'target' | 'variable' | 'function';
  readonly detail: string;
  /** What is replaced. */
  readonly range: Range;
}

/** What may stand at a position: variables and functions within `$(`, targets behind a rule's colon; nothing elsewhere. */
export function completionsAt(
  line: string,
  { line: row, character }: Position,
  outlines: readonly Outline[],
  makefile: Makefile | undefined,
): readonly Completion[] {
  const before = line.slice(0, character);
  const word = /[\w./%+@-]*$/.exec(before)?.[0] ?? '';
  const range = { start: { line: row, character: character - word.length }, end: { line: row, character } };
  if (/\$[({][\w.-]*$/.test(before) || /\$[({](?:call|value|origin|flavor)\s+[\w.-]*$/.test(before))
    return [...variables(outlines, range), ...(/\$[({][\w-]*$/.test(before) ? functions(range) : [])];
  const colon = findUnquoted(before, ':');
  const isRule = colon > 0 && before[colon + 1] !== '=' && !/^[\t#]/.test(before) && !before.includes('=');
  return isRule ? targets(outlines, makefile, range) : [];
}

function variables(outlines: readonly Outline[], range: Range): readonly Completion[] {
  const all = outlines.flatMap(({ definitions }) => definitions).filter(({ kind }) => kind !== 'undefine');
  const byName = new Map(all.toReversed().map((one) => [one.name, one]));
  return [...byName.values()].map(({ name, value, kind }) => ({
    label: name,
    kind: kind === 'define' ? 'function' : 'variable',
    detail: value.split('\n')[0]?.slice(0, 80) ?? '',
    range,
  }));
}

function functions(range: Range): readonly Completion[] {
  return functionNames.map((label) => ({ label, kind: 'function', detail: 'function of make', range }));
}

function targets(
  outlines: readonly Outline[],
  makefile: Makefile | undefined,
  range: Range,
): readonly Completion[] {
  const described = (makefile?.targets ?? []).map(
    ({ name, description }) => [name, description ?? ''] as const,
  );
  const written = outlines.flatMap(({ rules }) =>
    rules.flatMap((rule) => rule.targets.map(({ name }) => [name, ''] as const)),
  );
  const all = new Map([...written, ...described]);
  return [...all]
    .filter(([name]) => !name.startsWith('.') && !name.includes('%'))
    .map(([label, detail]) => ({ label, kind: 'target', detail, range }));
}
