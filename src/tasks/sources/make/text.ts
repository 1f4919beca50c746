/** Strings as the reader sees them: make's words, its quoting, and the mark for text that only running could tell. */

/**
 * Stands for text that cannot be known without running something: nothing, a part of a word, or many words.
 * Sources are cleaned of this character before they are read.
 */
export const unknown = '\0';

export function hasUnknown(text: string): boolean {
  return text.includes(unknown);
}

/** `text` for people: what is not known shows as an ellipsis. */
export function shown(text: string): string {
  return hasUnknown(text) ? text.replaceAll(/\0+/g, '…') : text;
}

export function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\t' || char === '\n' || char === '\r' || char === '\f' || char === '\v';
}

/** White space as make knows it: no other Unicode blanks, so that every way to look for it finds the same. */
const blanks = ' \\t\\n\\r\\f\\v';
const blankRun = new RegExp(`[${blanks}]+`);
const leading = new RegExp(`^[${blanks}]*([^${blanks}]+)[${blanks}]*`);

/** The words of `text`, as make's text functions see them: separated by white space, without any quoting. */
export function wordsOf(text: string): readonly string[] {
  const trimmed = text.trim();
  return trimmed === '' ? [] : trimmed.split(blankRun);
}

/** The index of the first character at or after `from` that is no blank. */
export function skipBlanks(text: string, from: number): number {
  let at = from;
  while (isBlank(text[at])) at++;
  return at;
}

/** The first word of `text` and what follows the blanks behind it. */
export function firstToken(text: string): { readonly word: string; readonly rest: string } {
  const match = leading.exec(text);
  return { word: match?.[1] ?? '', rest: match ? text.slice(match[0].length) : '' };
}

/** How many backslashes stand directly before `at`. */
export function backslashesBefore(text: string, at: number): number {
  let from = at;
  while (from > 0 && text[from - 1] === '\\') from--;
  return at - from;
}

/**
 * The index of the bracket that closes the one at `open` (`(` or `{`), or -1.
 * As make does it: only brackets of the same kind count.
 */
export function closingBracket(text: string, open: number): number {
  const opening = text[open];
  const brackets = opening === '(' ? /[()]/g : /[{}]/g;
  brackets.lastIndex = open;
  let depth = 0;
  for (let match = brackets.exec(text); match; match = brackets.exec(text)) {
    if (match[0] === opening) depth++;
    else if (--depth === 0) return match.index;
  }
  return -1;
}

/** The index after the variable reference that begins with the `$` at `at`. */
export function skipReference(text: string, at: number): number {
  const next = text[at + 1];
  if (next !== '(' && next !== '{') return at + 2;
  const close = closingBracket(text, at + 1);
  return close < 0 ? text.length : close + 1;
}

/**
 * The index of the first wanted character that is neither quoted by a backslash nor inside a variable reference, or -1.
 */
export function findUnquoted(text: string, wanted: Wanted): number {
  // The engine looks for one character far faster than for a set.
  if (wanted.length === 1 && !text.includes(wanted)) return -1;
  const finder = finders[wanted]();
  for (let match = finder.exec(text); match; match = finder.exec(text)) {
    if (match[0] === '$') finder.lastIndex = skipReference(text, match.index);
    else if (backslashesBefore(text, match.index) % 2 === 0) return match.index;
  }
  return -1;
}

/** What `findUnquoted` looks for, each with the `$` that begins what it passes over. */
const finders = {
  '#': () => /[$#]/g,
  ';': () => /[$;]/g,
  ':': () => /[$:]/g,
  ';#': () => /[$;#]/g,
} as const;

type Wanted = keyof typeof finders;

/** `text` without its trailing comment; `\#` becomes `#`. */
export function withoutComment(text: string): string {
  if (!text.includes('#')) return text;
  const at = findUnquoted(text, '#');
  return (at < 0 ? text : text.slice(0, at)).replaceAll('\\#', '#');
}

/** Joins the physical lines of a logical one: each backslash-newline and the blanks around it become one space. */
export function joinLines(raw: string): string {
  if (!raw.includes('\n')) return raw;
  const parts = raw.split('\\\n');
  return parts
    .map((part, index) => {
      const left = index === 0 ? part : part.trimStart();
      return index === parts.length - 1 ? left : left.trimEnd();
    })
    .join(' ');
}

/** Splits a list of file names: blanks separate unless a backslash quotes them; `\:` and `\#` lose their backslash. */
export function fileNames(text: string): readonly string[] {
  const names = plainNames(text);
  if (!text.includes('(')) return names;
  return archiveMembers(names.map((name) => ({ name }))).map(({ name }) => name);
}

function plainNames(text: string): readonly string[] {
  if (!text.includes('\\')) return wordsOf(text).map(withoutDotSlash);
  const names: string[] = [];
  let name = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    const next = text[at + 1];
    if (char === '\\' && (isBlank(next) || next === ':' || next === '#')) {
      name += next ?? '';
      at++;
    } else if (!isBlank(char)) name += char;
    else if (name !== '') {
      names.push(withoutDotSlash(name));
      name = '';
    }
  }
  if (name !== '') names.push(withoutDotSlash(name));
  return names;
}

/** `lib(a b)` stands for the members `lib(a)` and `lib(b)` of an archive (GNU make manual, 11.1). */
export function archiveMembers<T extends { readonly name: string }>(words: readonly T[]): readonly T[] {
  const lastEnd = words.findLastIndex(({ name }) => name.endsWith(')'));
  const out: T[] = [];
  let archive: string | undefined;
  for (const [at, word] of words.entries()) {
    const { name } = word;
    const open = name.indexOf('(');
    const starts = archive === undefined && open > 0 && !name.endsWith(')') && at < lastEnd;
    if (starts) archive = name.slice(0, open + 1);
    if (archive === undefined) {
      out.push(word);
      continue;
    }
    const isLast = name.endsWith(')');
    const member = name.slice(starts ? open + 1 : 0, isLast ? -1 : undefined);
    if (member !== '') out.push({ ...word, name: `${archive}${member})` });
    if (isLast) archive = undefined;
  }
  return out;
}

/** make takes `./name` and `name` for the same file. */
function withoutDotSlash(name: string): string {
  if (!name.startsWith('./')) return name;
  let at = 0;
  while (name.startsWith('./', at)) {
    at += 2;
    while (name[at] === '/') at++;
  }
  return at >= name.length ? './' : name.slice(at);
}
