/**
 * What the block and the flow half of the YAML reader share: looking at characters. The reader takes the YAML that people write and
 * gives up (`unsure`) at the first thing of which it is not sure; the `yaml` package then has the word.
 */

export const char = {
  tab: 9,
  feed: 10,
  carriage: 13,
  space: 32,
  quote: 34,
  hash: 35,
  percent: 37,
  apostrophe: 39,
  ampersand: 38,
  star: 42,
  comma: 44,
  dash: 45,
  dot: 46,
  slash: 47,
  colon: 58,
  more: 62,
  question: 63,
  openBracket: 91,
  backslash: 92,
  closeBracket: 93,
  openBrace: 123,
  bar: 124,
  closeBrace: 125,
} as const;

/** The reader met something that it leaves to another. A value, not an error: it is thrown often and has no stack. */
export const unsure: unique symbol = Symbol('unsure');

/** The text is of a kind that this reader does not take at all. */
export const foreign: unique symbol = Symbol('foreign');

export function refuse(): never {
  // oxlint-disable-next-line typescript/only-throw-error -- as above
  throw foreign;
}

export function giveUp(): never {
  // oxlint-disable-next-line typescript/only-throw-error -- caught in this room alone, a thousand times in a run
  throw unsure;
}

/** Characters that no plain scalar starts with: `,[]{}#&*!|>'"%@` and the backtick; `-?:` are looked at by themselves. */
const indicators = new Uint8Array(128);
for (const one of ',[]{}#&*!|>\'"%@`') indicators[one.charCodeAt(0)] = 1;

export const isBlank = (code: number): boolean => code === char.space || code === char.tab;

export const isFlowMark = (code: number): boolean =>
  code === char.comma ||
  code === char.openBracket ||
  code === char.closeBracket ||
  code === char.openBrace ||
  code === char.closeBrace;

/** Whether a plain scalar can start at `at`. */
export function startsPlain(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (indicators[code] === 1) return false;
  if (code !== char.dash && code !== char.question && code !== char.colon) return true;
  const next = text.charCodeAt(at + 1);
  return !(Number.isNaN(next) || next <= char.space || isFlowMark(next));
}

/** The offset behind a string in quotes that starts at `at`. */
export function endOfQuoted(text: string, at: number): number {
  return text.charCodeAt(at) === char.quote ? endOfDouble(text, at) : endOfSingle(text, at);
}

function endOfDouble(text: string, from: number): number {
  let at = from + 1;
  for (;;) {
    const end = text.indexOf('"', at);
    if (end < 0) giveUp();
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === char.backslash && end - 1 - slashes > from) slashes += 1;
    if (slashes % 2 === 0) return checkEscapes(text, from, end + 1);
    at = end + 1;
  }
}

/** What may stand behind a backslash (YAML 1.2.2, section 5.7). */
const escaped =
  /\\(?:[0abtnvfre "/\\N_LP\t]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U00(?:0[\da-fA-F]|10)[\da-fA-F]{4}|\r?\n)/y;

function checkEscapes(text: string, from: number, end: number): number {
  for (let at = text.indexOf('\\', from); at >= 0 && at < end; at = text.indexOf('\\', at)) {
    escaped.lastIndex = at;
    if (!escaped.test(text)) giveUp();
    at = escaped.lastIndex;
  }
  return end;
}

function endOfSingle(text: string, from: number): number {
  let at = from + 1;
  for (;;) {
    const end = text.indexOf("'", at);
    if (end < 0) giveUp();
    if (text.charCodeAt(end + 1) !== char.apostrophe) return end + 1;
    at = end + 2;
  }
}

/** Whether `---` or `...` stands by itself at `at`, the start of a line. */
export function isMarker(text: string, at: number): boolean {
  if (!text.startsWith('---', at) && !text.startsWith('...', at)) return false;
  const next = text.charCodeAt(at + 3);
  return Number.isNaN(next) || next <= char.space;
}

/** Whether a colon at `at` ends a key in block style: a blank or the end of the line stands behind it. */
export function endsBlockKey(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1);
  return (
    Number.isNaN(next) ||
    next === char.space ||
    next === char.tab ||
    next === char.feed ||
    next === char.carriage
  );
}

/** Whether the dash of an item of a list stands at `at`. */
export function isItem(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1);
  return text.charCodeAt(at) === char.dash && (Number.isNaN(next) || next <= char.space);
}

/** The start of the next line. */
export function lineAfter(text: string, at: number): number {
  // Whoever read a line mostly stands at its end.
  if (text.charCodeAt(at) === char.feed) return at + 1;
  const feed = text.indexOf('\n', at);
  return feed < 0 ? text.length : feed + 1;
}

export function pastSpaces(text: string, from: number): number {
  const { length } = text;
  let at = from;
  while (at < length && text.charCodeAt(at) === char.space) at += 1;
  return at;
}
