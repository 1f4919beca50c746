/** What is said of comments and ignores that silence rules. */
import type { Chunk } from '../chunk';
import { unknownRule as unknown } from '../config/known';
import type { Ignore } from '../config/layer';
import type { Fix } from '../rule';
import type { Spec } from '../spec';
import type { Directive, DirectiveKind } from './directive';

export const noRule =
  'This comment silences nothing, since it names no rule: `servicewright-disable-next-line operation-id -- why`.';
export const noReason =
  'Say behind `--` why this may stay, for those who find the comment in a year: `… operation-id -- why`.';

const places: Readonly<Record<DirectiveKind, string>> = {
  file: 'in this file',
  line: 'in this line',
  'next-line': 'in the next line',
};

export function unusedDirective(id: string, kind: DirectiveKind): string {
  return `\`${id}\` finds nothing ${places[kind]}, so nothing needs to be silenced. Remove it.`;
}

export function unknownRule(id: string): string {
  return unknown(id, []);
}

export function unusedIgnore({ rule, at, pointer }: Ignore, isThere: boolean): string {
  const where = isThere || pointer === undefined ? 'here' : `at ${pointer}, which is not there`;
  const name = at.file.slice(at.file.lastIndexOf('/') + 1);
  return `\`${rule}\` finds nothing ${where}, so line ${at.range.start.line + 1} of ${name} ignores nothing. Remove it.`;
}

/** Takes a comment away, with its line where it stands alone. */
export function removal(spec: Spec, chunk: Chunk, { start, end }: Directive): Fix {
  return {
    title: 'Remove the comment',
    safe: true,
    edits: () => {
      const { lines } = spec.source;
      const [from, until] = [chunk.start + start, chunk.start + end];
      const line = lines.lineOf(from);
      const head = spec.source.slice(lines.startOf(line), from);
      if (/\S/.test(head))
        return [{ start: lines.startOf(line) + head.trimEnd().length, end: until, text: '' }];
      const isLast = line + 1 >= lines.count;
      const next = isLast ? lines.endOf(line) : lines.startOf(line + 1);
      return [{ start: lines.startOf(line), end: next, text: '' }];
    },
  };
}
