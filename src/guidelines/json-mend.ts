/**
 * Reads an entry of JSON that is not sound. What is missing or too much is passed over where it stands; where a bracket is missing, the
 * lines say what it would have closed, as long as the text has lines.
 */
import { JsonLexer, endToken, wordToken } from './json-lexer';
import type { JsonProblem } from './json-reader';
import { JsonReader, literal, maxDepth, wrong } from './json-reader';
import type { Place } from './split';
import type { Table, TableBuilder } from './table';
import { form } from './table';
import type { Span } from './tree';
import { char } from './yaml-scan';

/** Where so much is wrong in one entry the rest of it is given up. */
const most = 50;

type Awaits = 'key' | 'colon' | 'value' | 'comma';

/** A map or a list that is open. */
interface Frame {
  readonly row: number;
  readonly isMap: boolean;
  /** Where its bracket stands. */
  readonly start: number;
  /** How far its line is indented, and its entries; -1 when that is not known. */
  readonly outer: number;
  inner: number;
  awaits: Awaits;
}

export interface Mended {
  readonly table: Table;
  readonly problem: JsonProblem | undefined;
  readonly broken: readonly Span[];
}

export class Mender {
  readonly #text: string;
  readonly #lexer: JsonLexer;
  readonly #out: TableBuilder;
  readonly #frames: Frame[];
  readonly #broken: Span[] = [];
  #problem: JsonProblem | undefined;
  #key: Span = { start: 0, end: 0 };
  /** How far the line is indented that the last token stands on. */
  #line: number;
  /** Where the last token ends. */
  #behind: number;
  #isOver = false;

  /** Reads from `at` on, behind the comma that separates the entry from the one before. */
  constructor(text: string, at: number, { indents }: Place, out: TableBuilder) {
    this.#text = text;
    this.#lexer = new JsonLexer(text, at);
    this.#out = out;
    this.#behind = at;
    this.#line = indents.at(-1) ?? -1;
    const row = out.open(form.flowMap, -1, 0);
    this.#frames = [{ row, isMap: true, start: 0, outer: -1, inner: this.#line, awaits: 'key' }];
  }

  read(): Mended {
    const lexer = this.#lexer;
    for (let token = lexer.next(); token !== endToken && !this.#isOver; token = lexer.next()) {
      if (lexer.column >= 0) this.#newLine(token);
      this.#take(token);
      this.#behind = lexer.at;
    }
    this.#finish();
    return { table: this.#out.finish(this.#text), problem: this.#problem, broken: this.#broken };
  }

  get #top(): Frame {
    const top = this.#frames.at(-1);
    if (top === undefined) throw new Error('The outermost map of an entry is never closed.');
    return top;
  }

  get #here(): Span {
    return { start: this.#lexer.start, end: this.#lexer.at };
  }

  /** Notes that something is wrong here. */
  #fail(message: string, span = this.#here): void {
    this.#problem ??= { message, ...span };
    this.#broken.push(span);
    if (this.#broken.length < most || this.#isOver) return;
    this.#broken.push({ start: span.start, end: Infinity });
    this.#isOver = true;
  }

  /** A line that starts with a key, or a bracket, closes what is indented deeper. */
  #newLine(token: number): void {
    const { column } = this.#lexer;
    this.#line = column;
    const isCloser = token === char.closeBrace || token === char.closeBracket;
    if (!isCloser && !(token === char.quote && this.#lexer.isNext(char.colon))) return;
    const at = this.#frames.findLastIndex(
      (one) => (isCloser ? one.outer : one.isMap ? one.inner : -1) === column,
    );
    if (at < 0 || (isCloser && this.#frames[at]?.isMap !== (token === char.closeBrace))) return;
    while (this.#frames.length > at + 1) this.#leave();
  }

  /** Leaves a map or list that was never closed. */
  #leave(): void {
    const { start } = this.#top;
    this.#fail(wrong.open(this.#text.charAt(start)), { start, end: start + 1 });
    this.#close(this.#behind);
  }

  #close(end: number): void {
    this.#settle();
    this.#out.close(this.#top.row, end);
    this.#frames.pop();
  }

  /** Gives a key that has no value an empty one. */
  #settle(): void {
    const top = this.#top;
    if (top.isMap && (top.awaits === 'colon' || top.awaits === 'value'))
      this.#leaf(form.plain, this.#behind, this.#behind);
    top.awaits = 'comma';
  }

  #leaf(what: typeof form.plain | typeof form.double, start: number, end: number): void {
    const top = this.#top;
    if (top.isMap) this.#out.key(this.#key.start, this.#key.end);
    this.#out.leaf(what, top.row, start, end);
    top.awaits = 'comma';
  }

  #take(token: number): void {
    if (token === char.openBrace || token === char.openBracket) this.#open(token === char.openBrace);
    else if (token === char.closeBrace || token === char.closeBracket)
      this.#closer(token === char.closeBrace);
    else if (token === char.comma) this.#comma();
    else if (token === char.colon) this.#colon();
    else this.#scalar(token);
  }

  #open(isMap: boolean): void {
    const { start } = this.#lexer;
    if (this.#frames.length > maxDepth) {
      this.#fail(wrong.depth);
      this.#broken.push({ start, end: Infinity });
      this.#isOver = true;
      return;
    }
    this.#expectValue();
    const inner = this.#lexer.ahead(() => (this.#lexer.next() === endToken ? -1 : this.#lexer.column));
    const isDeeper = inner > this.#line;
    this.#push(isMap, isDeeper ? { outer: this.#line, inner } : { outer: -1, inner: -1 });
  }

  /** Opens a map or list here. */
  #push(isMap: boolean, indents: Pick<Frame, 'outer' | 'inner'>): void {
    const top = this.#top;
    const { start } = this.#lexer;
    if (top.isMap) this.#out.key(this.#key.start, this.#key.end);
    top.awaits = 'comma';
    const row = this.#out.open(isMap ? form.flowMap : form.flowList, top.row, start);
    this.#frames.push({ row, isMap, start, ...indents, awaits: isMap ? 'key' : 'value' });
  }

  /** Makes room for a value that starts here, whatever is missing before it. */
  #expectValue(): void {
    const top = this.#top;
    const { start } = this.#lexer;
    if (top.awaits === 'value') return;
    if (top.awaits === 'colon') this.#fail(wrong.colon, this.#key);
    else if (top.awaits === 'comma') this.#fail(wrong.comma(top.isMap ? '}' : ']'));
    else this.#fail(wrong.key);
    // A value without a key stands under an empty one.
    if (top.isMap && top.awaits !== 'colon') this.#key = { start, end: start };
  }

  #closer(isMap: boolean): void {
    const top = this.#top;
    const isItsLine = top.outer < 0 || this.#lexer.column === top.outer;
    if (this.#frames.length > 1 && top.isMap === isMap && isItsLine) {
      this.#beforeEnd();
      return this.#close(this.#lexer.at);
    }
    const at = this.#frames.findLastIndex((one, index) => index > 0 && one.isMap === isMap);
    const { start } = this.#lexer;
    if (at < 0 || top.inner >= 0) return this.#fail(wrong.closer(this.#text.charAt(start)));
    while (this.#frames.length > at + 1) this.#leave();
    this.#close(this.#lexer.at);
  }

  /** What is wrong with the last entry before a comma or a bracket. */
  #beforeEnd(): void {
    const top = this.#top;
    const isMissing = top.isMap && top.awaits === 'value';
    if (isMissing) this.#fail(wrong.value);
    else if (top.awaits === 'colon') this.#fail(wrong.colon, this.#key);
  }

  #comma(): void {
    const top = this.#top;
    this.#beforeEnd();
    if (top.awaits === 'key') this.#fail(wrong.key);
    else if (!top.isMap && top.awaits === 'value') this.#fail(wrong.value);
    this.#settle();
    top.awaits = top.isMap ? 'key' : 'value';
  }

  #colon(): void {
    const top = this.#top;
    if (top.awaits === 'colon') top.awaits = 'value';
    else this.#fail(top.awaits === 'comma' ? wrong.comma(top.isMap ? '}' : ']') : wrong.value);
  }

  #scalar(token: number): void {
    const top = this.#top;
    const isKey = top.isMap && this.#lexer.isNext(char.colon);
    const { start, end } = this.#here;
    if (!this.#isGood(token)) this.#fail(token === wordToken ? this.#wordWrong(isKey) : wrong.string);
    if (top.isMap && (isKey || top.awaits === 'key')) return this.#startKey(token);
    this.#expectValue();
    this.#leaf(token === wordToken ? form.plain : form.double, start, end);
  }

  #wordWrong(isKey: boolean): string {
    return isKey || (this.#top.isMap && this.#top.awaits === 'key') ? wrong.key : wrong.value;
  }

  /** Whether JSON takes a string or a word as it is. */
  #isGood(token: number): boolean {
    const { start, end } = this.#here;
    if (token === wordToken) {
      literal.lastIndex = start;
      return literal.test(this.#text) && literal.lastIndex === end;
    }
    const reader = new JsonReader(this.#text, this.#out);
    reader.at = start;
    return reader.string() && reader.at === end;
  }

  #startKey(token: number): void {
    const { awaits, inner } = this.#top;
    const { column } = this.#lexer;
    if (awaits === 'comma') this.#fail(wrong.comma('}'));
    else if (awaits === 'value') this.#fail(wrong.value);
    else if (awaits === 'colon') this.#fail(wrong.colon, this.#key);
    // A line that is indented deeper than the key without a value holds the value, and lacks a bracket.
    if (awaits === 'value' && inner >= 0 && column > inner) this.#push(true, { outer: inner, inner: column });
    const top = this.#top;
    if (token === wordToken) this.#fail(wrong.key);
    this.#settle();
    this.#key = this.#here;
    top.awaits = 'colon';
  }

  #finish(): void {
    const { text } = this.#lexer;
    const end = this.#isOver ? this.#behind : text.length;
    if (!this.#isOver && this.#top.awaits === 'colon') this.#fail(wrong.colon, this.#key);
    while (this.#frames.length > 1) {
      const { start, isMap, inner } = this.#top;
      if (inner < 0) this.#fail(wrong.end(isMap ? '}' : ']'), { start: end, end });
      this.#fail(wrong.open(text.charAt(start)), { start, end: start + 1 });
      this.#close(this.#behind);
    }
    this.#settle();
    this.#out.close(0, text.length);
  }
}
