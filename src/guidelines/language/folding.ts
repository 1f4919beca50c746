/** Folding: every map and list of several lines, and comments of several lines. */
import { addAll } from '../../base/add-all';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';

export interface Fold {
  /** Lines, counted from zero; the last is folded away, too. */
  readonly start: number;
  readonly end: number;
  readonly isComment: boolean;
}

/** As many as editors take at most; the outer ones come first. */
const most = 5000;

export function foldsIn(spec: Spec): readonly Fold[] {
  const folds = new Map<number, Fold>();
  let level: readonly TreeNode[] =
    spec.ownRoot.keySpan === undefined && isFlow(spec) ? [spec.ownRoot] : spec.ownRoot.children;
  while (level.length > 0 && folds.size < most) {
    const next: TreeNode[] = [];
    for (const node of level) {
      if (folds.size >= most) break;
      const fold = foldOf(node, spec);
      if (fold !== undefined && !folds.has(fold.start)) folds.set(fold.start, fold);
      if (fold !== undefined) addAll(next, node.children);
    }
    level = next;
  }
  return [...folds.values(), ...comments(spec, most - folds.size)].slice(0, most);
}

const isFlow = (spec: Spec): boolean => spec.ownRoot.style === 'flow';

function foldOf(node: TreeNode, { source: { lines } }: Spec): Fold | undefined {
  if (node.start === node.end) return undefined;
  const start = lines.lineOf(node.keySpan?.start ?? node.start);
  const last = lines.lineOf(node.end - 1);
  // The line of a closing bracket stays in sight.
  const end = node.style === 'flow' ? last - 1 : last;
  return end > start ? { start, end, isComment: false } : undefined;
}

function comments({ source }: Spec, left: number): readonly Fold[] {
  if (left <= 0 || source.text.trimStart().startsWith('{')) return [];
  const folds: Fold[] = [];
  let first = -1;
  for (const [at, line] of source.text.split('\n').entries()) {
    const isComment = /^[ \t]*#/.test(line);
    if (isComment && first < 0) first = at;
    if (isComment) continue;
    if (first >= 0 && at - 1 > first) folds.push({ start: first, end: at - 1, isComment: true });
    first = -1;
  }
  return folds.slice(0, left);
}
