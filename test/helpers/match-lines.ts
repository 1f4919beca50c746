import type { Matcher } from '../../src/tasks/matchers';

export interface Match {
  readonly matcher: string;
  readonly file: string;
  readonly line: number | undefined;
  readonly message: string;
}

/** What the editor would make of an output: each matcher's patterns match lines that follow each other. */
export function matchLines(output: string, matchers: readonly Matcher[]): readonly Match[] {
  const lines = output.replaceAll('\r', '').split('\n');
  return matchers.flatMap((matcher) => lines.flatMap((_line, at) => matchAt(lines, at, matcher) ?? []));
}

function matchAt(lines: readonly string[], at: number, { id, pattern }: Matcher): Match | undefined {
  const values: Record<string, string> = {};
  for (const [offset, one] of [pattern].flat().entries()) {
    const match = new RegExp(one.regexp).exec(lines[at + offset] ?? '');
    if (lines[at + offset] === undefined || match === null) return undefined;
    for (const [key, group] of Object.entries(one))
      if (typeof group === 'number') values[key] = match[group] ?? '';
  }
  const { file = '', line, message = '' } = values;
  return { matcher: id, file, line: line === undefined ? undefined : Number(line), message };
}
