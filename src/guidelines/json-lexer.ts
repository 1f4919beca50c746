/**
 * The tokens of a JSON text, sound or not: strings, brackets, marks and words. A quote that nothing follows which could follow a string
 * does not end one, and a string that is not closed ends with its line: so one quote too many or too few costs its neighbours nothing.
 */
import { char } from './yaml-scan';
import { form } from './table';
import { scalarValue } from './yaml-scalar';

/** What a token is: the code of a bracket, a colon, a comma or a quote; all else is a word; 0 is the end. */
export const wordToken = 1;
export const endToken = 0;

export class JsonLexer {
  readonly text: string;
  /** Behind the token. */
  at: number;
  /** Where the token starts. */
  start = 0;
  /** Code units before it on its line when it is the first there, else -1. */
  column = -1;
  /** Whether a string that was met had no end or a quote in it, or a comment of several lines had no end. */
  isOpen = false;
  /** Whether what was told hangs on the text's being at an end: with more behind it, it might have been told otherwise. */
  sawEnd = false;

  constructor(text: string, at = 0) {
    this.text = text;
    this.at = at;
  }

  next(): number {
    const { text } = this;
    this.#blanks();
    const start = this.at;
    this.start = start;
    if (start >= text.length) return this.#atEnd();
    const code = text.charCodeAt(start);
    this.at = start + 1;
    if (code === char.quote) this.#string();
    else if (!isMark(code)) return this.#word();
    return code;
  }

  #atEnd(): typeof endToken {
    this.sawEnd = true;
    return endToken;
  }

  /** Looks at what follows, and stays where it is. */
  ahead<T>(look: () => T): T {
    const { at, start, column, isOpen } = this;
    const found = look();
    this.at = at;
    this.start = start;
    this.column = column;
    this.isOpen = isOpen;
    return found;
  }

  /** Whether the next token is this one; stays where it is. */
  isNext(code: number): boolean {
    return this.ahead(() => this.next() === code);
  }

  #blanks(): void {
    const { text } = this;
    let line = -1;
    for (;;) {
      const code = text.charCodeAt(this.at);
      if (code === char.feed) line = this.at + 1;
      else if (code === char.slash) {
        const end = this.#comment();
        if (end < 0) break;
        const feed = text.lastIndexOf('\n', end - 1);
        if (feed >= this.at) line = feed + 1;
        this.at = end;
        continue;
      } else if (!isSpace(code)) break;
      this.at += 1;
    }
    this.column = line < 0 ? -1 : this.at - line;
  }

  /** Where the comment ends that starts here; -1 when it is none. */
  #comment(): number {
    const { text, at } = this;
    const code = text.charCodeAt(at + 1);
    if (Number.isNaN(code)) this.sawEnd = true;
    if (code === char.slash) {
      const feed = text.indexOf('\n', at);
      return feed < 0 ? text.length : feed;
    }
    if (code !== char.star) return -1;
    const end = text.indexOf('*/', at + 2);
    if (end >= 0) return end + 2;
    this.isOpen = true;
    return text.length;
  }

  #string(): void {
    const { text } = this;
    for (let at = this.at; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === char.quote) {
        if (this.#endsString(at + 1)) {
          this.at = at + 1;
          return;
        }
        this.isOpen = true;
        continue;
      }
      if (code === char.backslash && text.charCodeAt(at + 1) > char.carriage) at += 1;
      else if (code === char.feed || code === char.carriage) {
        this.at = at;
        this.isOpen = true;
        return;
      }
    }
    this.at = text.length;
    this.isOpen = true;
    this.sawEnd = true;
  }

  /** Whether a string can end before `at`: a mark follows, a line ends, or another string starts. */
  #endsString(at: number): boolean {
    const { text } = this;
    let next = this.#behindBlanks(at);
    let code = text.charCodeAt(next);
    const isQuote = code === char.quote;
    if (isQuote) {
      next = this.#behindBlanks(next + 1);
      code = text.charCodeAt(next);
    }
    if (next >= text.length) this.sawEnd = true;
    return isFollower(code) !== isQuote;
  }

  #behindBlanks(from: number): number {
    let at = from;
    while (isSpace(this.text.charCodeAt(at))) at += 1;
    return at;
  }

  #word(): number {
    const { text } = this;
    let { at } = this;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (isMark(code) || isSpace(code) || code === char.feed || code === char.quote || code === char.slash)
        break;
    }
    if (at >= text.length) this.sawEnd = true;
    this.at = at;
    return wordToken;
  }
}

const isMark = (code: number): boolean =>
  code === char.comma ||
  code === char.colon ||
  code === char.openBrace ||
  code === char.closeBrace ||
  code === char.openBracket ||
  code === char.closeBracket;

/** What may follow a string, also the end of a line or of the text. */
const isFollower = (code: number): boolean =>
  code === char.comma ||
  code === char.colon ||
  code === char.closeBrace ||
  code === char.closeBracket ||
  code === char.feed ||
  code === char.slash ||
  Number.isNaN(code);

const byteOrderMark = 0xfeff;

/** Blanks that do not end a line. */
const isSpace = (code: number): boolean =>
  code === char.space || code === char.tab || code === char.carriage || code === byteOrderMark;

/** What a key says that stands in quotes between two offsets. */
export function keyBetween(text: string, [from, to]: readonly [number, number]): string {
  const inner = text.slice(from + 1, to - 1);
  return inner.includes('\\') ? String(scalarValue(form.double, text.slice(from, to), 0)) : inner;
}
