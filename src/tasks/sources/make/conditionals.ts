import type { Expander } from './expander';
import { closingBracket, firstToken, hasUnknown, skipBlanks } from './text';
import type { Changes } from './variables';

/** The answer of a condition: undefined when only running something could tell. */
type Answer = boolean | undefined;

interface Level {
  /** Whether lines of the present branch are read. */
  active: boolean;
  /** No later branch can be true. */
  settled: boolean;
  /** The branches that may be true, once one of them was doubtful. */
  doubtful: Changes[] | undefined;
  sawElse: boolean;
}

/** Follows `ifeq`, `ifneq`, `ifdef`, `ifndef`, `else` and `endif`. Where the answer is not known every branch is read. */
export interface Conditionals {
  /** Takes a line, given as its first word and the rest, if it belongs to a condition. */
  take(word: string, rest: string): boolean;
  /** Whether lines are being passed over. */
  readonly ignoring: boolean;
  /** Whether lines are read that make may pass over. */
  readonly doubtful: boolean;
  /** Ends conditions that the text left open. */
  end(): void;
}

const openers = new Set(['ifeq', 'ifneq', 'ifdef', 'ifndef']);

export function createConditionals(expander: Expander): Conditionals {
  const levels: Level[] = [];
  // A level inside one that is passed over is never active, so the innermost tells of all.
  const ignoring = (): boolean => levels.at(-1)?.active === false;
  return {
    take(word, rest) {
      if (openers.has(word)) {
        const outside = ignoring();
        const level: Level = { active: false, settled: outside, doubtful: undefined, sawElse: false };
        levels.push(level);
        if (!outside) enter(level, answerOf(word, rest, expander), expander);
        return true;
      }
      const level = levels.at(-1);
      if (word === 'else') {
        if (level) nextBranch(level, rest, expander);
        return true;
      }
      if (word !== 'endif') return false;
      if (level) close(level, expander);
      levels.pop();
      return true;
    },
    get ignoring() {
      return ignoring();
    },
    get doubtful() {
      return levels.some((level) => level.doubtful !== undefined);
    },
    end() {
      for (const level of levels.splice(0).toReversed()) close(level, expander);
    },
  };
}

function enter(level: Level, answer: Answer, { variables }: Expander): void {
  level.active = answer !== false;
  if (answer === true) level.settled = true;
  if (answer === undefined) level.doubtful ??= [];
  if (level.active && level.doubtful) variables.beginBranch();
}

function leave(level: Level, { variables }: Expander): void {
  if (level.active && level.doubtful) level.doubtful.push(variables.endBranch());
  level.active = false;
}

function nextBranch(level: Level, rest: string, expander: Expander): void {
  leave(level, expander);
  if (level.settled || level.sawElse) return;
  const { word, rest: condition } = firstToken(rest);
  if (openers.has(word)) {
    enter(level, answerOf(word, condition, expander), expander);
    return;
  }
  level.sawElse = true;
  enter(level, true, expander);
}

function close(level: Level, expander: Expander): void {
  leave(level, expander);
  if (level.doubtful) expander.variables.merge(level.doubtful, level.settled);
}

function answerOf(keyword: string, rest: string, expander: Expander): Answer {
  const positive = keyword === 'ifeq' || keyword === 'ifdef';
  const answer =
    keyword === 'ifdef' || keyword === 'ifndef' ? isDefined(rest, expander) : areEqual(rest, expander);
  return answer === undefined ? undefined : answer === positive;
}

/** A variable with any value, even one that expands to nothing. */
function isDefined(rest: string, expander: Expander): Answer {
  const name = expander.expand(rest).trim();
  if (hasUnknown(name)) return undefined;
  const value = expander.variables.get(name)?.value ?? '';
  return /^\0+$/.test(value) ? undefined : value !== '';
}

function areEqual(rest: string, expander: Expander): Answer {
  const sides = rest.startsWith('(') ? parenthesized(rest) : quoted(rest);
  if (!sides) return undefined;
  const [left, right] = sides.map((side) => expander.expand(side));
  if (left === undefined || right === undefined) return undefined;
  return hasUnknown(left) || hasUnknown(right) ? undefined : left === right;
}

/** `(left,right)`: blanks around the comma do not count. */
function parenthesized(text: string): readonly [string, string] | undefined {
  const close = closingBracket(text, 0);
  const inner = text.slice(1, close < 0 ? text.length : close);
  let depth = 0;
  for (let at = 0; at < inner.length; at++) {
    if (inner[at] === '(') depth++;
    else if (inner[at] === ')') depth--;
    else if (inner[at] === ',' && depth <= 0)
      return [inner.slice(0, at).trimEnd(), inner.slice(skipBlanks(inner, at + 1))];
  }
  return undefined;
}

/** `"left" "right"`, with either kind of quote. */
function quoted(text: string): readonly [string, string] | undefined {
  const first = quotedAt(text, 0);
  const second = first && quotedAt(text, skipBlanks(text, first.end));
  return second && [first.text, second.text];
}

function quotedAt(text: string, at: number): { readonly text: string; readonly end: number } | undefined {
  const quote = text[at];
  if (quote !== '"' && quote !== "'") return undefined;
  const end = text.indexOf(quote, at + 1);
  return end < 0 ? undefined : { text: text.slice(at + 1, end), end: end + 1 };
}
