import type { Position, Range } from '../../base/text';
import { parseAssignment } from '../sources/make/assignments';
import { skipSpace, wordEnd } from '../sources/make/rule';
import { findUnquoted, joinLines } from '../sources/make/text';
import type { Definition, OutlinedRule, Word } from './outline';

interface RuleLine {
  readonly rule: OutlinedRule;
  /** `target: NAME = value`: no rule, but a variable. */
  readonly variable?: Definition;
}

/** Reads the head of a rule; undefined when the line has no colon. Names that are not written out are left out. */
export function readRuleLine(code: string, position: (offset: number) => Position): RuleLine | undefined {
  const colon = findUnquoted(code, ':');
  if (colon < 0) return undefined;
  const range = (from: number, to: number): Range => ({ start: position(from), end: position(to) });
  const left = wordsIn(code, 0, code[colon - 1] === '&' ? colon - 1 : colon, range);
  const doubleColon = code[colon + 1] === ':';
  const from = colon + (doubleColon ? 2 : 1);
  const rest = code.slice(from);
  const whole = range(skipSpace(code, 0), code.length);
  const semicolon = findUnquoted(rest, ';');
  const end = semicolon < 0 ? code.length : from + semicolon;
  const pattern = findUnquoted(code.slice(from, end), ':');
  const rule = {
    targets: left,
    prerequisites: wordsIn(code, pattern < 0 ? from : from + pattern + 1, end, range),
    doubleColon,
    whole,
    hasRecipe: semicolon >= 0,
  };
  const assignment = parseAssignment(joinLines(rest));
  if (!assignment) return { rule };
  const { name, operator, value } = assignment;
  const at = from + Math.max(0, rest.indexOf(name));
  return {
    rule,
    variable: { kind: 'target', name, operator, value, whole, range: range(at, at + name.length) },
  };
}

function wordsIn(
  code: string,
  from: number,
  to: number,
  range: (from: number, to: number) => Range,
): readonly Word[] {
  const words: Word[] = [];
  for (let at = skipSpace(code, from); at < to; at = skipSpace(code, at)) {
    const end = Math.max(at + 1, Math.min(to, wordEnd(code, at)));
    const name = code.slice(at, end);
    if (!/[$\\|]/.test(name) && name !== '&' && name !== ':') words.push({ name, range: range(at, end) });
    at = end;
  }
  return words;
}
