import type { Problem } from '.';

/** The deepest nesting that is followed. */
const deepest = 200;
const literal = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y;
// oxlint-disable-next-line no-control-regex
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/y;

class Fault extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/**
 * JSON (RFC 8259), or JSON with comments and commas at ends as VS Code reads it. The engine's own parser tells no place in all its
 * errors, so this one looks for the first fault only; keys that are there twice are one.
 */
export function jsonProblems(text: string, comments: boolean): readonly Problem[] {
  const reader = new Reader(text.replace(/^\uFEFF/, ' '), comments);
  try {
    reader.document();
    return [];
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return [{ line: text.slice(0, error.at).split('\n').length - 1, message: error.message }];
  }
}

class Reader {
  readonly #text: string;
  readonly #comments: boolean;
  #at = 0;

  constructor(text: string, comments: boolean) {
    this.#text = text;
    this.#comments = comments;
  }

  document(): void {
    this.#value(0);
    this.#space();
    if (this.#at < this.#text.length) throw this.#unexpected();
  }

  #value(depth: number): void {
    if (depth > deepest) throw new Fault(`it is nested more than ${deepest} deep`, this.#at);
    this.#space();
    const first = this.#text[this.#at];
    const keys = new Set<string>();
    if (first === '{') this.#list('}', () => this.#member(depth + 1, keys));
    else if (first === '[') this.#list(']', () => this.#value(depth + 1));
    else if (this.#match(first === '"' ? string : literal) === undefined) throw this.#unexpected();
  }

  #list(end: string, item: () => void): void {
    this.#at += 1;
    if (this.#take(end)) return;
    for (;;) {
      item();
      if (this.#take(end)) return;
      const comma = this.#at;
      if (!this.#take(',')) throw this.#unexpected();
      if (!this.#take(end)) continue;
      if (this.#comments) return;
      throw new Fault(`a comma stands before ${end}`, comma);
    }
  }

  #member(depth: number, keys: Set<string>): void {
    this.#space();
    const at = this.#at;
    const key = this.#match(string);
    if (key === undefined) throw this.#unexpected();
    if (keys.has(key)) throw new Fault(`${key} is there twice`, at);
    keys.add(key);
    if (!this.#take(':')) throw this.#unexpected();
    this.#value(depth);
  }

  #take(sign: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #space(): void {
    const pattern = this.#comments ? /(?:[ \t\r\n]|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y : /[ \t\r\n]*/y;
    this.#match(pattern);
  }

  #unexpected(): Fault {
    const rest = /\S{1,20}/.exec(this.#text.slice(this.#at, this.#at + 200))?.[0];
    return new Fault(rest === undefined ? 'it ends too early' : `${rest} is not expected here`, this.#at);
  }
}
