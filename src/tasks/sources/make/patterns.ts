/** Patterns with one `%`, as `patsubst`, `filter`, substitution references and static pattern rules use them. */

import { hasUnknown, unknown, wordsOf } from './text';

export interface Pattern {
  readonly prefix: string;
  /** Absent when the pattern has no `%` and matches only itself. */
  readonly suffix?: string;
}

/** Reads a pattern; `\%` is a plain per cent sign. */
export function parsePattern(text: string): Pattern {
  for (let at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
    if (text[at - 1] === '\\') continue;
    return { prefix: plain(text.slice(0, at)), suffix: text.slice(at + 1) };
  }
  return { prefix: plain(text) };
}

function plain(text: string): string {
  return text.replaceAll('\\%', '%');
}

/** What the `%` stands for in `word`, an empty string for a word that equals a pattern without `%`, undefined without a match. */
export function stemOf(pattern: Pattern, word: string): string | undefined {
  const { prefix, suffix } = pattern;
  if (suffix === undefined) return word === prefix ? '' : undefined;
  if (word.length < prefix.length + suffix.length) return undefined;
  if (!word.startsWith(prefix) || !word.endsWith(suffix)) return undefined;
  return word.slice(prefix.length, word.length - suffix.length);
}

/** Puts `stem` in place of the first `%` of `text`. */
export function withStem(text: string, stem: string): string {
  const { prefix, suffix } = parsePattern(text);
  return suffix === undefined ? prefix : prefix + stem + suffix;
}

/** Whether `word` is a pattern: whether it holds a `%` that is not quoted. */
export function isPattern(word: string): boolean {
  return word.includes('%') && parsePattern(word).suffix !== undefined;
}

/** Replaces the words of `text` that match `from`; a word that is partly unknown may or may not match. */
export function patsubst(from: string, to: string, text: string): string {
  if (hasUnknown(from)) return unknown;
  const pattern = parsePattern(from);
  const replaced = wordsOf(text).map((word) => {
    const stem = stemOf(pattern, word);
    if (stem === undefined) return hasUnknown(word) ? unknown : word;
    return pattern.suffix === undefined ? to : withStem(to, stem);
  });
  return replaced.join(' ');
}
