/** Mends everything that can be mended unseen. */
import type { Edit } from './edit';
import type { Finding } from './finding';

/** The edits of all safe fixes; of fixes that touch each other the first wins. */
export function safeEdits(findings: readonly Pick<Finding, 'fix'>[]): readonly Edit[] {
  const edits: Edit[] = [];
  for (const { fix } of findings) {
    if (fix?.safe !== true) continue;
    const mine = fix.edits();
    if (!mine.some((one) => edits.some((other) => one.start <= other.end && other.start <= one.end)))
      edits.push(...mine);
  }
  return edits;
}

/** Edits from the last to the first, so that one does not move the next. */
export function lastFirst(edits: readonly Edit[]): readonly Edit[] {
  return edits.toSorted((a, b) => b.start - a.start);
}
