import type { ContentLine } from './protocol';

/** Longer texts are compared only at their beginning and end: nobody reads more, and every keystroke waits for it. */
const mostCells = 4_000_000;

/** The lines of `after` with those of `before` that are gone, in order. */
export function diffLines(before: readonly string[], after: readonly string[]): readonly ContentLine[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const middle = middleOf(before.slice(start, before.length - end), after.slice(start, after.length - end));
  return [
    ...marked(' ', after.slice(0, start)),
    ...middle,
    ...marked(' ', end === 0 ? [] : after.slice(-end)),
  ];
}

const marked = (mark: ContentLine['mark'], texts: readonly string[]): readonly ContentLine[] =>
  texts.map((text) => ({ mark, text }));

function middleOf(before: readonly string[], after: readonly string[]): readonly ContentLine[] {
  if (before.length * after.length > mostCells) return [...marked('-', before), ...marked('+', after)];
  const lengths = commonLengths(before, after);
  const width = after.length + 1;
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  const lines: ContentLine[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, fresh] = [before[i], after[j]];
    if (old !== undefined && old === fresh) {
      lines.push({ mark: ' ', text: old });
      i++;
      j++;
    } else if (old !== undefined && (fresh === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ mark: '-', text: old });
      i++;
    } else {
      lines.push({ mark: '+', text: fresh ?? '' });
      j++;
    }
  }
  return lines;
}

/** The length of the longest common subsequence of each pair of ends, in one flat table. */
function commonLengths(before: readonly string[], after: readonly string[]): Uint32Array {
  const width = after.length + 1;
  const table = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      table[i * width + j] =
        before[i] === after[j]
          ? (table[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0);
  return table;
}
