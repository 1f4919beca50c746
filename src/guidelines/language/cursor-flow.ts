/** The part of `cursor.ts` that reads `{…}` and `[…]`, of YAML and of JSON, bracket by bracket. */
import type { PathSegment } from '../tree';
import type { Cursor } from './cursor';
import { plain } from './cursor-key';

interface Frame {
  readonly kind: 'map' | 'list';
  /** The key whose value is read, or the place in the list; undefined while a key is read. */
  key: PathSegment | undefined;
}

export class FlowReader {
  readonly #style: 'flow' | 'json';
  readonly #frames: Frame[] = [];
  /** The word that is being read, with its opening quote. */
  #word = '';
  #quote: '' | '"' | "'" = '';
  #isClosed = false;
  #isComment = false;

  constructor(style: 'flow' | 'json') {
    this.#style = style;
  }

  /** Reads on; gives whether the outermost bracket was closed. */
  read(text: string): boolean {
    for (let at = 0; at < text.length; at += 1) {
      const char = text[at] ?? '';
      if (this.#isComment) this.#isComment = char !== '\n';
      else if (this.#quote !== '') at += this.#inQuotes(text, at);
      else if (this.#plain(char, text[at + 1] ?? ' ', text[at - 1] ?? ' ')) return true;
    }
    return false;
  }

  cursor(above: readonly PathSegment[]): Cursor | undefined {
    const frame = this.#frames.at(-1);
    if (frame === undefined || this.#isComment || (this.#isClosed && this.#word !== '')) return undefined;
    const keys = this.#frames.flatMap(({ key }) => key ?? []);
    const on = frame.key === undefined ? 'key' : frame.kind === 'map' ? 'value' : 'start';
    const word = this.#word.slice(this.#quote.length);
    return { path: [...above, ...keys], on, word, quote: this.#quote, style: this.#style, indent: Infinity };
  }

  /** Gives how many characters more were read. */
  #inQuotes(text: string, at: number): number {
    const char = text[at] ?? '';
    this.#word += char;
    if (this.#quote === '"' && char === '\\') {
      this.#word += text[at + 1] ?? '';
      return 1;
    }
    if (char !== this.#quote) return 0;
    if (this.#quote === "'" && text[at + 1] === "'") {
      this.#word += "'";
      return 1;
    }
    this.#quote = '';
    this.#isClosed = true;
    return 0;
  }

  /** Reads one character outside of quotes; gives whether it closed the outermost bracket. */
  #plain(char: string, next: string, last: string): boolean {
    if (char === '}' || char === ']') return this.#leave();
    if (char === '{' || char === '[') this.#enter(char);
    else if (char === ',') this.#next();
    else if (char === ':' && (this.#isClosed || /[\s,}\]]/.test(next))) this.#keyDone();
    else this.#letter(char, last);
    return false;
  }

  #enter(bracket: '{' | '['): void {
    this.#frames.push(bracket === '{' ? { kind: 'map', key: undefined } : { kind: 'list', key: 0 });
    this.#fresh();
  }

  #leave(): boolean {
    this.#frames.pop();
    this.#fresh();
    return this.#frames.length === 0;
  }

  #letter(char: string, last: string): void {
    if (this.#word === '' && (char === '"' || char === "'")) this.#quote = char;
    if (char === '#' && /\s/.test(last)) this.#isComment = true;
    else if (this.#word !== '' || !/\s/.test(char)) this.#word += char;
  }

  #next(): void {
    const frame = this.#frames.at(-1);
    if (frame !== undefined)
      frame.key = typeof frame.key === 'number' && frame.kind === 'list' ? frame.key + 1 : undefined;
    this.#fresh();
  }

  #keyDone(): void {
    const frame = this.#frames.at(-1);
    if (frame?.kind === 'map' && frame.key === undefined) frame.key = plain(this.#word.trim());
    this.#fresh();
  }

  #fresh(): void {
    this.#word = '';
    this.#isClosed = false;
  }
}
