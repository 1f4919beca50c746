/** Comments that silence rules: `# servicewright-disable-next-line rule[, rule] -- reason`. */
import type { Chunk } from '../chunk';
import { column, form, width } from '../table';
import type { Span } from '../tree';

export type DirectiveKind = 'file' | 'line' | 'next-line';

/** One rule that a comment names. */
export interface NamedRule extends Span {
  readonly id: string;
}

/** All places are counted from the start of the chunk. */
export interface Directive extends Span {
  readonly kind: DirectiveKind;
  readonly rules: readonly NamedRule[];
  /** Empty when none is given. */
  readonly reason: string;
}

export const directiveWord = 'servicewright-disable';

const kinds: Readonly<Record<string, DirectiveKind>> = {
  '': 'file',
  '-line': 'line',
  '-next-line': 'next-line',
};
const pattern = /#[ \t]*servicewright-disable(-next-line|-line|)(?![\w-])([^\r\n]*)/g;

const known = new WeakMap<Chunk, readonly Directive[]>();
const none: readonly Directive[] = [];

/** The directives of a chunk, in order. Nearly every chunk has none, which is seen at a glance. */
export function directivesOf(chunk: Chunk): readonly Directive[] {
  let found = known.get(chunk);
  if (found === undefined) {
    found = chunk.text.includes(directiveWord) ? read(chunk) : none;
    known.set(chunk, found);
  }
  return found;
}

function read(chunk: Chunk): readonly Directive[] {
  return [...chunk.text.matchAll(pattern)].flatMap((match) => {
    const before = chunk.text[match.index - 1] ?? '\n';
    // What stands in a text is no comment.
    if (!/\s/.test(before) || isInScalar(chunk, match.index)) return [];
    return directiveOf(match[0], match.index, match[1] ?? '', match[2] ?? '');
  });
}

function directiveOf(whole: string, start: number, kind: string, rest: string): Directive {
  const cut = /(?:^|\s)--(?:\s|$)/.exec(rest);
  const named = (cut === null ? rest : rest.slice(0, cut.index)).replace(/\s#.*$/, '');
  const from = start + whole.length - rest.length;
  return {
    kind: kinds[kind] ?? 'file',
    rules: [...named.matchAll(/[^\s,]+/g)].map((one) => ({
      id: one[0],
      start: from + one.index,
      end: from + one.index + one[0].length,
    })),
    reason: cut === null ? '' : rest.slice(cut.index + cut[0].length).trim(),
    start,
    end: start + whole.trimEnd().length,
  };
}

function isInScalar({ table }: Chunk, at: number): boolean {
  const { rows, count } = table;
  for (let row = 0; row < count; row += 1) {
    const cell = (which: number): number => rows[row * width + which] ?? -1;
    if (cell(column.keyStart) <= at && at < cell(column.keyEnd)) return true;
    if (cell(column.form) >= form.plain && cell(column.start) <= at && at < cell(column.end)) return true;
  }
  return false;
}
