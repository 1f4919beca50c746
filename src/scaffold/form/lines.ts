import { diffLines } from '../merge/diff';
import type { ContentLine } from './protocol';

/** The lines of `after`, with those of `before` that are gone where they stood. */
export function markedLines(before: readonly string[], after: readonly string[]): readonly ContentLine[] {
  const lines: ContentLine[] = [];
  const add = (mark: ContentLine['mark'], texts: readonly string[]): void => {
    for (const text of texts) lines.push({ mark, text });
  };
  let at = 0;
  for (const { aStart, aEnd, bStart, bEnd } of diffLines(before, after)) {
    add(' ', after.slice(at, bStart));
    add('-', before.slice(aStart, aEnd));
    add('+', after.slice(bStart, bEnd));
    at = bEnd;
  }
  add(' ', after.slice(at));
  return lines;
}
