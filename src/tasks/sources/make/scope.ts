import type { Position } from '../../../base/text';
import type { Comments } from './comments';
import type { Conditionals } from './conditionals';
import type { LineReader, LogicalLine } from './lines';
import type { Place } from './place';
import type { Rule } from './targets';

/** One text that is being read: a file, or what `$(eval …)` was given. */
export interface Scope {
  readonly file: string;
  readonly lines: LineReader;
  /** For evaluated text: the line that evaluates it, which stands for every place in the text. */
  readonly at: Place | undefined;
  readonly comments: Comments;
  readonly conditionals: Conditionals;
  /** The rule that takes the next recipe lines. */
  rule: Rule | undefined;
  /** Recipe lines belong to a rule without a target and are passed over. */
  skippingRecipe: boolean;
  /** Inside a `define` that a false condition passes over. */
  ignoringDefine: boolean;
}

/** The place of the characters from `start` to `end` of a logical line; all of it without them. */
export function placeOf(scope: Scope, line: LogicalLine, start = 0, end = line.raw.length): Place {
  return createLocator(scope, line)(start, end);
}

/** Gives places in one logical line, however many are asked for. */
export function createLocator(scope: Scope, line: LogicalLine): (start: number, end: number) => Place {
  const { at, file } = scope;
  if (at) return () => at;
  const position = createPositions(line);
  return (start, end) => ({ file, range: { start: position(start), end: position(end) } });
}

/** Gives the position of an offset in a logical line. */
export function createPositions(line: LogicalLine): (offset: number) => Position {
  const starts = startsOf(line.raw);
  return (offset) => {
    const row = rowOf(starts, offset);
    return { line: line.line + row, character: offset - (starts[row] ?? 0) };
  };
}

/** The offsets at which the physical lines of a logical one start. */
function startsOf(raw: string): readonly number[] {
  const starts = [0];
  for (let at = raw.indexOf('\n'); at >= 0; at = raw.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function rowOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
