import type { Call, Expression, Path } from './tree';
import { Refused } from './tree';

/** What stands between the braces of a tag: words, texts in quotes, calls in parentheses. */

type TokenType =
  | 'id'
  | 'separator'
  | 'string'
  | 'literal'
  | 'equals'
  | 'data'
  | 'open'
  | 'close'
  | 'names'
  | 'bar'
  | 'end'
  | 'wrong';

interface Token {
  readonly type: TokenType;
  /** As it is written. */
  readonly raw: string;
  readonly start: number;
  readonly end: number;
}

// In the order in which they are tried. What may follow a word is looked at, so that `truest` is a word.
const patterns: readonly (readonly [TokenType, RegExp])[] = [
  ['open', /\(/y],
  ['close', /\)/y],
  ['wrong', /\{\{/y],
  ['equals', /=/y],
  ['id', /\.\./y],
  ['id', /\.(?=[=~}\s/.)\]|])/y],
  ['separator', /[/.]/y],
  ['end', /\}\}\}\}|\}~?\}\}|~?\}\}/y],
  ['string', /"(?:\\"|[^"])*"|'(?:\\'|[^'])*'/y],
  ['data', /@/y],
  ['literal', /(?:true|false|undefined|null|-?[0-9]+(?:\.[0-9]+)?)(?=[~}\s)\]])/y],
  ['names', /as\s+\|/y],
  ['bar', /\|/y],
  ['id', /[^\s!"#%-,./;->@[-^`{-~]+(?=[=~}\s/.)\]|])/y],
  ['id', /\[(?:\\\]|[^\]])*\]/y],
];

/** Most of what stands in tags: a word of letters that means nothing else, told without trying everything. */
function wordAt(text: string, at: number): string | undefined {
  plainWord.lastIndex = at;
  const word = plainWord.exec(text)?.[0];
  return word === undefined || special.has(word) ? undefined : word;
}

const plainWord = /[a-zA-Z_][\w-]*(?=[=~}\s/.)\]|])/y;
const special = new Set(['true', 'false', 'undefined', 'null', 'as']);

/** What a tag holds, and where and how its braces close. */
export interface Tag {
  readonly call: Call | undefined;
  /** `}}`, `~}}`, `}}}`, … */
  readonly closing: string;
  readonly end: number;
}

/** Tells the zero-based line of a place in the text. */
export type LineOf = (at: number) => number;

/** Reads a tag from behind its opening braces to its end. Throws Refused. */
export function readTag(text: string, start: number, lineOf: LineOf): Tag {
  const reader = new TagReader(text, start, lineOf);
  if (reader.token.type === 'end')
    return { call: undefined, closing: reader.token.raw, end: reader.token.end };
  const call = reader.call('end');
  return { call, closing: reader.token.raw, end: reader.token.end };
}

/** The line in which something stands, short enough for a message. */
export function notATemplate(text: string, at: number, lineOf: LineOf): Refused {
  const end = text.indexOf('\n', at);
  const rest = text.slice(at, end < 0 ? undefined : end).trim();
  const shown = rest.length > 40 ? `${rest.slice(0, 40)}…` : rest;
  return new Refused(`${shown} is not a template; a literal brace is written \\{{`, lineOf(at));
}

class TagReader {
  token: Token;
  readonly #text: string;
  readonly #start: number;
  readonly #lineOf: LineOf;

  constructor(text: string, start: number, lineOf: LineOf) {
    this.#text = text;
    this.#start = start;
    this.#lineOf = lineOf;
    this.token = this.#read(start);
  }

  /** A callee, what follows it, and the token that ends it, which stays the present one. */
  call(end: 'end' | 'close'): Call {
    const line = this.#lineOf(this.token.start);
    const callee = this.#simple();
    const params: Expression[] = [];
    let hasHash = false;
    while (this.token.type !== end && !(end === 'end' && this.token.type === 'names')) {
      const value = this.#expression();
      hasHash ||= this.token.type === 'equals';
      if (!hasHash) params.push(value);
      else if (this.token.type === 'equals') this.#hashValue(value);
      else throw this.#wrong();
    }
    const hasNames = this.token.type === 'names';
    if (hasNames) this.#names();
    if (this.token.type !== end) throw this.#wrong();
    return { type: 'call', callee, params, hasHash, hasNames, line };
  }

  #hashValue(key: Expression): void {
    if (key.type !== 'path' || key.data || key.parts.length + key.depth > 1) throw this.#wrong();
    this.#next();
    this.#expression();
  }

  #names(): void {
    this.#next();
    if (this.token.type !== 'id') throw this.#wrong();
    while (this.token.type === 'id') this.#next();
    if (this.token.type !== 'bar') throw this.#wrong();
    this.#next();
  }

  #expression(): Expression {
    if (this.token.type !== 'open') return this.#simple();
    this.#next();
    const call = this.call('close');
    this.#next();
    return call;
  }

  #simple(): Exclude<Expression, Call> {
    const { type, raw, start } = this.token;
    const line = this.#lineOf(start);
    if (type === 'string') {
      this.#next();
      const quote = raw.charAt(0);
      return { type, value: raw.slice(1, -1).replaceAll(`\\${quote}`, quote), line };
    }
    if (type === 'literal') {
      this.#next();
      return { type, line };
    }
    return this.#path(line);
  }

  #path(line: number): Path {
    const data = this.token.type === 'data';
    if (data) this.#next();
    const parts: string[] = [];
    let original = data ? '@' : '';
    let depth = 0;
    for (let separator = ''; ;) {
      const { raw, type } = this.token;
      if (type !== 'id') throw this.#wrong();
      const part = raw.startsWith('[') ? raw.slice(1, -1) : raw;
      original += separator + part;
      if (raw === '.' || raw === '..' || raw === 'this') {
        if (parts.length > 0) throw new Refused(`${original} is no name of a value`, line);
        if (raw === '..') depth += 1;
      } else parts.push(part);
      this.#next();
      if (!this.#is('separator')) return { type: 'path', original, parts, depth, data, line };
      separator = this.token.raw;
      this.#next();
    }
  }

  #is(type: TokenType): boolean {
    return this.token.type === type;
  }

  #next(): void {
    this.token = this.#read(this.token.end);
  }

  #read(from: number): Token {
    let start = from;
    while (/\s/.test(this.#text.charAt(start))) start += 1;
    const word = wordAt(this.#text, start);
    if (word !== undefined) return { type: 'id', raw: word, start, end: start + word.length };
    for (const [type, pattern] of patterns) {
      pattern.lastIndex = start;
      const raw = pattern.exec(this.#text)?.[0];
      if (raw !== undefined) return { type, raw, start, end: start + raw.length };
    }
    return { type: 'wrong', raw: '', start, end: start };
  }

  #wrong(): Refused {
    const opening = this.#text.lastIndexOf('{{', Math.max(this.#start - 1, 0));
    return notATemplate(this.#text, Math.max(opening, 0), this.#lineOf);
  }
}
