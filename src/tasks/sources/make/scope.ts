import type { Range } from '../../../base/text';
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
  if (scope.at) return scope.at;
  const range: Range = { start: positionOf(line, start), end: positionOf(line, end) };
  return { file: scope.file, range };
}

function positionOf({ raw, line }: LogicalLine, offset: number): Range['start'] {
  if (!raw.includes('\n')) return { line, character: offset };
  const before = raw.slice(0, offset);
  const lastNewline = before.lastIndexOf('\n');
  return { line: line + before.split('\n').length - 1, character: offset - lastNewline - 1 };
}
