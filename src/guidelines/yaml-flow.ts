/** The flow half of the YAML reader: `{…}` and `[…]`, which is also how JSON stands in YAML. */
import type { TableBuilder } from './table';
import { form } from './table';
import { char, endOfQuoted, giveUp, isBlank, isFlowMark, isMarker, startsPlain } from './yaml-scan';

export const maxDepth = 500;

/** Longer keys are an error unless they stand behind a `?` (YAML 1.2.2, section 7.4.2). */
export const longestKey = 1000;

export class FlowReader {
  readonly #text: string;
  readonly #out: TableBuilder;
  #at = 0;
  /** Every line has to be indented deeper than this. */
  #floor = -1;
  #depth = 0;

  constructor(text: string, out: TableBuilder) {
    this.#text = text;
    this.#out = out;
  }

  /** Reads the map or list that starts at `at`; gives the offset behind it. */
  read(at: number, parent: number, floor: number, depth: number): number {
    this.#at = at;
    this.#floor = floor;
    this.#depth = depth;
    this.#collection(parent);
    return this.#at;
  }

  #collection(parent: number): void {
    this.#depth += 1;
    if (this.#depth > maxDepth) giveUp();
    if (this.#text.charCodeAt(this.#at) === char.openBrace) this.#map(parent);
    else this.#list(parent);
    this.#depth -= 1;
  }

  #map(parent: number): void {
    const row = this.#out.open(form.flowMap, parent, this.#at);
    this.#at += 1;
    for (;;) {
      if (this.#next() === char.closeBrace) break;
      this.#key();
      const code = this.#next();
      if (code === char.comma || code === char.closeBrace)
        this.#out.leaf(form.plain, row, this.#at, this.#at);
      else this.#value(row);
      this.#separator(char.closeBrace);
    }
    this.#at += 1;
    this.#out.close(row, this.#at);
  }

  #list(parent: number): void {
    const row = this.#out.open(form.flowList, parent, this.#at);
    this.#at += 1;
    while (this.#next() !== char.closeBracket) {
      this.#value(row);
      this.#separator(char.closeBracket);
    }
    this.#at += 1;
    this.#out.close(row, this.#at);
  }

  #separator(closer: number): void {
    const code = this.#next();
    if (code === char.comma) this.#at += 1;
    else if (code !== closer) giveUp();
  }

  /** Reads a key and its colon. */
  #key(): void {
    const text = this.#text;
    const start = this.#at;
    const code = text.charCodeAt(start);
    const isQuoted = code === char.quote || code === char.apostrophe;
    const end = isQuoted ? this.#quotedEnd() : this.#plainEnd();
    if (end - start > longestKey) giveUp();
    this.#at = end;
    while (isBlank(text.charCodeAt(this.#at))) this.#at += 1;
    if (text.charCodeAt(this.#at) !== char.colon) giveUp();
    if (!isQuoted && !endsKey(text, this.#at)) giveUp();
    this.#at += 1;
    this.#out.key(start, end);
  }

  #value(parent: number): void {
    const code = this.#text.charCodeAt(this.#at);
    if (code === char.openBrace || code === char.openBracket) return this.#collection(parent);
    if (code === char.star) return this.#alias(parent);
    const start = this.#at;
    const isQuoted = code === char.quote || code === char.apostrophe;
    this.#at = isQuoted ? this.#quotedEnd() : this.#plainEnd();
    const what = isQuoted ? (code === char.quote ? form.double : form.single) : form.plain;
    this.#out.leaf(what, parent, start, this.#at);
  }

  #alias(parent: number): void {
    const start = this.#at;
    this.#at = endOfName(this.#text, start + 1);
    this.#out.leaf(form.alias, parent, start, this.#at);
  }

  #quotedEnd(): number {
    const end = endOfQuoted(this.#text, this.#at);
    const feed = this.#text.indexOf('\n', this.#at);
    if (feed >= 0 && feed < end) giveUp();
    return end;
  }

  #plainEnd(): number {
    const text = this.#text;
    if (!startsPlain(text, this.#at)) giveUp();
    let end = this.#at;
    for (let at = this.#at; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (isFlowMark(code) || code === char.feed || code === char.carriage) break;
      if (code === char.colon && endsKey(text, at)) break;
      if (isBlank(code)) continue;
      if (code === char.hash && end !== at) break;
      end = at + 1;
    }
    if (end === this.#at) giveUp();
    return end;
  }

  /** Goes to the next character that is neither blank nor in a comment. */
  #next(): number {
    const text = this.#text;
    for (;;) {
      const code = text.charCodeAt(this.#at);
      if (isBlank(code) || code === char.carriage) this.#at += 1;
      else if (code === char.feed) this.#line();
      else if (code === char.hash) this.#comment();
      else return Number.isNaN(code) ? giveUp() : code;
    }
  }

  #comment(): void {
    const before = this.#text.charCodeAt(this.#at - 1);
    if (!isBlank(before) && before !== char.feed) giveUp();
    const feed = this.#text.indexOf('\n', this.#at);
    this.#at = feed < 0 ? this.#text.length : feed;
  }

  #line(): void {
    const start = this.#at + 1;
    let at = start;
    while (this.#text.charCodeAt(at) === char.space) at += 1;
    const code = this.#text.charCodeAt(at);
    if (code === char.tab) giveUp();
    const isEmpty = code === char.feed || code === char.carriage;
    if (!isEmpty && (at - start <= this.#floor || (at === start && isMarker(this.#text, at)))) giveUp();
    this.#at = at;
  }
}

/** Whether a colon at `at` ends a key in flow style: something like a blank stands behind it. */
function endsKey(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1);
  return Number.isNaN(next) || next <= char.space || isFlowMark(next);
}

/** The offset behind the name of an anchor or alias. */
export function endOfName(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code <= char.space || isFlowMark(code)) break;
    if (code === char.colon) giveUp();
  }
  return at === start ? giveUp() : at;
}
