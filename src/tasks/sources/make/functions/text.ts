/** Functions for string substitution and analysis (GNU make manual, 8.2). */
import type { Budget } from '../budget';
import type { Pattern } from '../patterns';
import { parsePattern, patsubst, stemOf } from '../patterns';
import { hasUnknown, unknown, wordsOf } from '../text';
import type { Functions } from './define';

export const textFunctions: Functions = {
  subst: { most: 3, run: ([from = '', to = '', text = '']) => subst(from, to, text) },
  patsubst: {
    most: 3,
    run: ([from = '', to = '', text = '']) => patsubst(from.trim(), to.trim(), text),
  },
  strip: { most: 1, run: ([text = '']) => wordsOf(text).join(' ') },
  findstring: {
    most: 2,
    run([find = '', text = '']) {
      if (!hasUnknown(find) && text.includes(find)) return find;
      return hasUnknown(find) || hasUnknown(text) ? unknown : '';
    },
  },
  filter: { most: 2, run: ([patterns = '', text = ''], { budget }) => filter(patterns, text, true, budget) },
  'filter-out': {
    most: 2,
    run: ([patterns = '', text = ''], { budget }) => filter(patterns, text, false, budget),
  },
  sort: {
    most: 1,
    run: ([text = '']) => [...new Set(wordsOf(text))].toSorted((a, b) => (a < b ? -1 : 1)).join(' '),
  },
  word: { most: 2, run: ([n = '', text = '']) => wordRange(text, n, n) },
  wordlist: { most: 3, run: ([from = '', to = '', text = '']) => wordRange(text, from, to) },
  words: { most: 1, run: ([text = '']) => (hasUnknown(text) ? unknown : String(wordsOf(text).length)) },
  firstword: { most: 1, run: ([text = '']) => wordRange(text, '1', '1') },
  lastword: {
    most: 1,
    run([text = '']) {
      const last = wordsOf(text).at(-1) ?? '';
      return hasUnknown(last) ? unknown : last;
    },
  },
};

function subst(from: string, to: string, text: string): string {
  if (hasUnknown(from)) return unknown;
  return from === '' ? text + to : text.replaceAll(from, () => to);
}

function filter(patterns: string, text: string, keep: boolean, budget: Budget): string {
  const words = wordsOf(text);
  const matches = createMatcher(wordsOf(patterns));
  const perWord = patterns.includes('%') ? patterns.length : 1;
  if (!budget.spend(words.length * perWord)) return unknown;
  const kept = words.flatMap((word) => {
    const matched = matches(word);
    if (matched === undefined) return [unknown];
    return matched === keep ? [word] : [];
  });
  return kept.join(' ');
}

/** Tells of a word whether one of the patterns matches it; undefined when that cannot be known. */
function createMatcher(words: readonly string[]): (word: string) => boolean | undefined {
  const known = words.filter((word) => !hasUnknown(word));
  const plain = new Set(known.filter((word) => !word.includes('%')));
  const patterns: readonly Pattern[] = known.filter((word) => word.includes('%')).map(parsePattern);
  const unsure = known.length < words.length;
  return (word) => {
    if (plain.has(word) && !hasUnknown(word)) return true;
    if (patterns.some((pattern) => stemOf(pattern, word) !== undefined)) return true;
    return unsure || (hasUnknown(word) && words.length > 0) ? undefined : false;
  };
}

/** The words from the `from`-th to the `to`-th, counted from 1; an unknown word before the end may be any number of words. */
function wordRange(text: string, from: string, to: string): string {
  const first = Number(from.trim());
  const last = Number(to.trim());
  if (hasUnknown(from) || hasUnknown(to)) return unknown;
  if (!Number.isInteger(first) || !Number.isInteger(last) || first < 1) return '';
  if (!hasUnknown(text)) return rangeOf(text, first, last);
  const words = wordsOf(text);
  const doubtful = words.findIndex((word) => hasUnknown(word));
  if (doubtful >= last) return words.slice(first - 1, last).join(' ');
  return [...words.slice(first - 1, doubtful), unknown].join(' ');
}

/** From the start of one word to the end of another, the blanks between them as they are. */
function rangeOf(text: string, first: number, last: number): string {
  const word = /[^ \t\n\r\f\v]+/g;
  let from = -1;
  let to = -1;
  for (let count = 1; count <= last; count++) {
    const match = word.exec(text);
    if (!match) break;
    if (count >= first && from < 0) from = match.index;
    to = word.lastIndex;
  }
  return from < 0 ? '' : text.slice(from, to);
}
