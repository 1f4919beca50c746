import type { Hunk } from './diff';
import { diffLines } from './diff';

/** A part of a merge: lines that are clear, or what each side has where both changed the same place differently. */
export type Region =
  | { readonly kind: 'clear'; readonly lines: readonly string[] }
  | {
      readonly kind: 'conflict';
      readonly ours: readonly string[];
      readonly base: readonly string[];
      readonly theirs: readonly string[];
    };

export interface ThreeWays<T> {
  readonly base: T;
  readonly ours: T;
  readonly theirs: T;
}

/** Changes of both sides that touch, in lines of the base. */
interface Group {
  readonly start: number;
  end: number;
  readonly ours: Hunk[];
  readonly theirs: Hunk[];
}

/**
 * Merges two descendants of `base`, in lines. A place that one side changed takes that change; one that both changed alike takes it
 * once; one that both changed differently is a conflict. Changes that touch count as one place, as in git.
 */
export function diff3({ base, ours, theirs }: ThreeWays<readonly string[]>): readonly Region[] {
  const regions: Region[] = [];
  const clear = (lines: readonly string[]): void => {
    if (lines.length > 0) regions.push({ kind: 'clear', lines });
  };
  let done = 0;
  for (const group of groupsOf(diffLines(base, ours), diffLines(base, theirs))) {
    const { start, end } = group;
    clear(base.slice(done, start));
    const mine = sideOf(base, ours, group.ours, group);
    const other = sideOf(base, theirs, group.theirs, group);
    if (group.theirs.length === 0) clear(mine);
    else if (group.ours.length === 0 || isEqual(mine, other)) clear(other);
    else regions.push({ kind: 'conflict', ours: mine, base: base.slice(start, end), theirs: other });
    done = end;
  }
  clear(base.slice(done));
  return regions;
}

/** What two texts without a common ancestor share, and where they differ; each difference is a conflict. */
export function diff2(ours: readonly string[], theirs: readonly string[]): readonly Region[] {
  const regions: Region[] = [];
  let done = 0;
  for (const { aStart, aEnd, bStart, bEnd } of diffLines(ours, theirs)) {
    if (aStart > done) regions.push({ kind: 'clear', lines: ours.slice(done, aStart) });
    regions.push({
      kind: 'conflict',
      ours: ours.slice(aStart, aEnd),
      base: [],
      theirs: theirs.slice(bStart, bEnd),
    });
    done = aEnd;
  }
  return done < ours.length ? [...regions, { kind: 'clear', lines: ours.slice(done) }] : regions;
}

function groupsOf(ours: readonly Hunk[], theirs: readonly Hunk[]): readonly Group[] {
  const all = [
    ...ours.map((hunk) => ({ hunk, isOurs: true })),
    ...theirs.map((hunk) => ({ hunk, isOurs: false })),
  ].toSorted((a, b) => a.hunk.aStart - b.hunk.aStart || a.hunk.aEnd - b.hunk.aEnd);
  const groups: Group[] = [];
  for (const { hunk, isOurs } of all) {
    let group = groups.at(-1);
    // Two changes of one side never touch, so what touches is always of the other side.
    if (!group || hunk.aStart > group.end)
      groups.push((group = { start: hunk.aStart, end: hunk.aEnd, ours: [], theirs: [] }));
    group.end = Math.max(group.end, hunk.aEnd);
    (isOurs ? group.ours : group.theirs).push(hunk);
  }
  return groups;
}

/** What one side has in a group's place: its changes, and the base's lines between them. */
function sideOf(
  base: readonly string[],
  side: readonly string[],
  hunks: readonly Hunk[],
  { start, end }: Group,
): readonly string[] {
  const lines: string[] = [];
  let done = start;
  for (const hunk of hunks) {
    lines.push(...base.slice(done, hunk.aStart), ...side.slice(hunk.bStart, hunk.bEnd));
    done = hunk.aEnd;
  }
  lines.push(...base.slice(done, end));
  return lines;
}

function isEqual(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}
