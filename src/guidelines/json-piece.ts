/** Where one piece of a JSON text ends: an entry, the head of a map whose entries are pieces, or what closes one. */
import type { JsonLexer } from './json-lexer';
import { endToken, keyBetween, wordToken } from './json-lexer';
import type { Place, Shape } from './split';
import { isOpened } from './split';
import { char } from './yaml-scan';

/** What the next piece is behind this one: `level` says how many of the maps around are still open, or which one was closed. */
export type PieceEnd =
  | { readonly kind: 'header'; readonly key: string; readonly column: number }
  | { readonly kind: 'entry' | 'closer'; readonly level: number };

const rootKeys: ReadonlySet<string> = new Set(['"paths"', '"components"']);

/** What an entry waits for. */
const awaits = { key: 0, colon: 1, value: 2, nothing: 3 } as const;
type Awaits = (typeof awaits)[keyof typeof awaits];

export class JsonPiece {
  /** Where it ends, once it was read. */
  end = 0;
  /** How far its key is indented; -1 when that does not start its line. */
  column = -1;
  readonly #lexer: JsonLexer;
  readonly #indents: readonly number[];
  readonly #level: number;
  readonly #path: readonly string[];
  readonly #byLines: boolean;
  /** The brackets that would close what stands open. */
  readonly #open: number[] = [];
  #closers = '';
  #awaits: Awaits = awaits.key;
  #key: readonly [number, number] = [0, 0];
  /** Where the last token ends, and where the one before a comma ended that came last. */
  #behind = 0;
  #beforeComma = -1;
  #isJunk = false;
  #isBad = false;
  #isOdd = false;
  #isEnd = false;
  #hasTail = false;

  constructor(lexer: JsonLexer, { path, indents }: Place, byLines: boolean) {
    this.#lexer = lexer;
    this.#path = path;
    this.#level = path.length;
    this.#indents = indents;
    this.#byLines = byLines;
    this.#behind = lexer.at;
  }

  /** Where its last token ends. */
  get behind(): number {
    return this.#behind;
  }

  get shape(): Shape {
    const openers = this.#open.map((code) => (code === char.closeBrace ? '{' : '[')).join('');
    return {
      unmatched: this.#closers + openers,
      isBad: this.#isBad || this.#lexer.isOpen,
      isOdd: this.#isOdd,
      hasTail: this.#hasTail,
      isPair:
        this.#awaits === awaits.nothing && !this.#isJunk && this.#closers === '' && this.#open.length === 0,
      isEnd: this.#isEnd,
    };
  }

  /** Reads from where the lexer is. */
  read(): PieceEnd {
    const lexer = this.#lexer;
    lexer.isOpen = false;
    let token = lexer.next();
    if (token === char.comma) {
      this.#behind = lexer.at;
      token = lexer.next();
    }
    if (token === char.closeBrace) {
      const level = this.#closes();
      this.#isOdd = level !== this.#level;
      if (!this.#byLines) return this.#closed(this.#level);
      if (level !== undefined) return this.#closed(level);
    }
    for (;;) {
      const end = this.#take(token);
      if (end !== undefined) return end;
      token = lexer.next();
    }
  }

  /** What ends before or behind a token; undefined when it is one more token of the piece. */
  #take(token: number): PieceEnd | undefined {
    const lexer = this.#lexer;
    if (token === endToken) return this.#atEnd();
    const before = this.#boundary(token);
    if (before !== undefined) {
      this.end = this.#beforeComma >= 0 ? this.#beforeComma : this.#behind;
      return { kind: 'entry', level: before };
    }
    const head = this.#consume(token);
    if (head !== undefined) {
      this.end = lexer.at;
      return head;
    }
    this.#beforeComma = token === char.comma ? this.#behind : -1;
    this.#behind = lexer.at;
    return undefined;
  }

  #atEnd(): PieceEnd {
    this.end = this.#lexer.text.length;
    this.#isEnd = true;
    return { kind: 'entry', level: this.#level };
  }

  /** Where brackets are closed the piece ends, that of the root with all that follows. */
  #closed(level: number): PieceEnd {
    const lexer = this.#lexer;
    this.#closers = '}';
    this.end = lexer.at;
    if (level === 0) {
      this.#isJunk = true;
      for (let token = lexer.next(); token !== endToken; token = lexer.next()) this.#consume(token);
      this.end = lexer.text.length;
    } else if (lexer.isNext(endToken)) this.#atEnd();
    return { kind: 'closer', level };
  }

  /** The level that goes on with a token that starts the next piece; undefined when it does not. */
  #boundary(token: number): number | undefined {
    const isInside = this.#open.length > 0;
    if (token === char.quote) return isInside ? this.#dedented() : this.#nextKey();
    if (token === char.closeBrace) return this.#nextCloser(isInside);
    return token === char.comma && !isInside ? this.#behindComma() : undefined;
  }

  /** The level of a key within brackets whose line says that these were left open. */
  #dedented(): number | undefined {
    const { column } = this.#lexer;
    const level = column < 0 ? this.#named() : this.#indents.indexOf(column);
    if (level < 0 || !this.#isKey()) return undefined;
    return this.#isByLines() ? level : undefined;
  }

  /** Where lines say nothing, the level of a key that hardly stands anywhere else; -1 for any other. */
  #named(): number {
    const { text, start, at } = this.#lexer;
    if (this.#path[0] === 'paths' && text.startsWith('"/', start) && (this.#indents[1] ?? 0) < 0) return 1;
    return (this.#indents[0] ?? 0) < 0 && rootKeys.has(text.slice(start, at)) ? 0 : -1;
  }

  /** Notes that lines say something else than brackets; gives whether lines count. */
  #isByLines(): boolean {
    this.#isOdd = true;
    return this.#byLines;
  }

  #nextKey(): number | undefined {
    const lexer = this.#lexer;
    if (this.#awaits === awaits.key || !this.#isKey()) return undefined;
    return this.#levelAt(lexer.column);
  }

  #behindComma(): number | undefined {
    const lexer = this.#lexer;
    return lexer.ahead(() => (lexer.next() === char.quote ? this.#levelAt(lexer.column) : this.#level));
  }

  /** The level of a key outside of brackets; undefined when its line is too far indented for any. */
  #levelAt(column: number): number | undefined {
    const own = this.#indentOf(this.#level);
    if (!this.#byLines) return this.#level;
    if (column < 0) {
      const named = this.#named();
      return named < 0 ? this.#level : named;
    }
    const level = this.#indents.indexOf(column);
    if (level >= 0) return level;
    if (own < 0 || column < own) return this.#level;
    this.#isOdd = true;
    return undefined;
  }

  #nextCloser(isInside: boolean): number | undefined {
    if (!isInside) return !this.#byLines || this.#closes() !== undefined ? this.#level : undefined;
    const own = this.#indentOf(this.#level);
    const { column } = this.#lexer;
    if (own < 0 || column < 0 || column >= own || this.#closes() === undefined) return undefined;
    return this.#isByLines() ? this.#level : undefined;
  }

  /** Which map is closed by the bracket here, by its line: as far indented as the key of the map; undefined when none is. */
  #closes(): number | undefined {
    const own = this.#level;
    const { column } = this.#lexer;
    if (this.#indentOf(own) < 0) return own === 0 && this.#lexer.isNext(char.comma) ? undefined : own;
    if (column < 0) return undefined;
    for (let level = own; level > 0; level -= 1)
      if (this.#isCloserOf(level))
        return this.#isFollowedDeeper(this.#indentOf(level - 1)) ? undefined : level;
    return column < this.#indentOf(0) && this.#lexer.isNext(endToken) ? 0 : undefined;
  }

  #indentOf(level: number): number {
    return this.#indents[level] ?? -1;
  }

  /** Whether a bracket at the start of its line is as far indented as the one that closes a map. */
  #isCloserOf(level: number): boolean {
    const { column } = this.#lexer;
    const outer = this.#indentOf(level - 1);
    const inner = this.#indentOf(level);
    return inner >= 0 && (outer < 0 ? column < inner : column === outer);
  }

  /** Whether the next line is indented deeper than the key of the map that a bracket would close. */
  #isFollowedDeeper(indent: number): boolean {
    const lexer = this.#lexer;
    return lexer.ahead(() => {
      let next = lexer.next();
      if (next === char.comma) next = lexer.next();
      return next === char.quote && indent >= 0 && lexer.column > indent;
    });
  }

  /** Whether a colon follows the string here. */
  #isKey(): boolean {
    return this.#lexer.isNext(char.colon);
  }

  /** Takes a token into the piece; gives the end when it is the head of a map whose entries are pieces. */
  #consume(token: number): PieceEnd | undefined {
    if (this.#closers !== '') this.#hasTail = true;
    if (this.#open.length > 0) this.#inside(token);
    else if (token === char.openBrace || token === char.openBracket) return this.#opens(token);
    else if (token === char.closeBrace || token === char.closeBracket) {
      this.#closers += token === char.closeBrace ? '}' : ']';
      this.#isJunk = true;
      this.#hasTail = false;
    } else this.#outside(token);
    return undefined;
  }

  #inside(token: number): void {
    if (token === char.openBrace) this.#open.push(char.closeBrace);
    else if (token === char.openBracket) this.#open.push(char.closeBracket);
    else if (token !== char.closeBrace && token !== char.closeBracket) return;
    else if (this.#open.at(-1) === token) this.#open.pop();
    else this.#mismatch(token);
  }

  /** A bracket that closes something else than what is open: within a line it also closes what was left open, as it does for `Mender`. */
  #mismatch(token: number): void {
    this.#isBad = true;
    const at = this.#lexer.column < 0 ? this.#open.lastIndexOf(token) : -1;
    if (at >= 0) this.#open.length = at;
  }

  #opens(token: number): PieceEnd | undefined {
    const isValue = this.#awaits === awaits.value;
    const head = token === char.openBrace && isValue && !this.#isJunk ? this.#header() : undefined;
    this.#open.push(token === char.openBrace ? char.closeBrace : char.closeBracket);
    if (isValue) this.#awaits = awaits.nothing;
    else this.#isJunk = true;
    return head;
  }

  #header(): PieceEnd | undefined {
    if (this.#level > 1) return undefined;
    const lexer = this.#lexer;
    const key = keyBetween(lexer.text, this.#key);
    if (!isOpened({ path: this.#path }, key)) return undefined;
    const inner = lexer.ahead(() => (lexer.next() === char.quote ? lexer.column : undefined));
    const isOther = inner === undefined || (this.#byLines && inner >= 0 && this.#indents.includes(inner));
    return isOther ? undefined : { kind: 'header', key, column: inner };
  }

  /** Whether its line, or its key, says that the entry stands in another map. */
  #isElsewhere(): boolean {
    const own = this.#indentOf(this.#level);
    const { column } = this;
    if (column >= 0) return own >= 0 ? own !== column : this.#indents.includes(column);
    const named = this.#named();
    return named >= 0 && named !== this.#level;
  }

  #outside(token: number): void {
    const lexer = this.#lexer;
    if (token === char.quote && this.#awaits === awaits.key) {
      this.#awaits = awaits.colon;
      this.#key = [lexer.start, lexer.at];
      this.column = lexer.column;
      if (this.#isElsewhere()) this.#isOdd = true;
    } else if (token === char.colon && this.#awaits === awaits.colon) this.#awaits = awaits.value;
    else if ((token === char.quote || token === wordToken) && this.#awaits === awaits.value)
      this.#awaits = awaits.nothing;
    else this.#isJunk = true;
  }
}
