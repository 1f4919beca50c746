/**
 * Cuts the text of a description in JSON into pieces that can be read by themselves, as `split.ts` does with YAML. Each piece starts
 * right behind the last token of the one before, so an entry holds the comma before it. In sound text the brackets say where an entry
 * ends. In text whose brackets do not fit (`byLines`) lines have a say, too: one that starts with a key as far indented as the first
 * entry of a map starts the next entry of that map, whatever was left open above it.
 */
import { JsonLexer, endToken, keyBetween } from './json-lexer';
import { JsonPiece } from './json-piece';
import type { Lead, Piece, Place, Shape } from './split';
import { hasOddBreak } from './split';
import { char } from './yaml-scan';

/** How far the entries of a map are indented that do not start lines, or not deeper than those around. */
const unknown = -1;

export const jsonPlace = (path: readonly string[], indents: readonly number[], lead: Lead): Place => ({
  path,
  indents,
  lead,
  id: JSON.stringify([path, indents, lead]),
});

/** The same map, for an entry that is not its first. */
const behind = ({ path, indents }: Place, level: number, lead: Lead): Place =>
  jsonPlace(path.slice(0, level), indents.slice(0, level + 1), lead);

export class JsonSplitter {
  /** Pieces of JSON always are pieces. */
  readonly isWhole = false;
  readonly #lexer: JsonLexer;
  readonly #byLines: boolean;
  #place: Place;
  #at: number;
  #isDone = false;

  constructor(text: string, at: number, place: Place, byLines: boolean) {
    this.#lexer = new JsonLexer(text, at);
    this.#at = at;
    this.#place = place;
    this.#byLines = byLines;
  }

  /** Whether a piece is as it is because the text is at an end. */
  get sawEnd(): boolean {
    return this.#lexer.sawEnd;
  }

  /** The next piece; undefined at the end. */
  next(): Piece | undefined {
    const start = this.#at;
    const lexer = this.#lexer;
    if (this.#isDone || start >= lexer.text.length) return undefined;
    lexer.at = start;
    const place = this.#place;
    const piece = new JsonPiece(lexer, place, this.#byLines);
    const end = piece.read();
    this.#at = piece.end;
    const found = { start, end: piece.end, place, isHeader: end.kind === 'header', shape: piece.shape };
    if (end.kind === 'header') this.#place = below(place, end.key, end.column);
    else if (end.kind === 'closer') {
      this.#isDone = end.level === 0;
      this.#place = behind(place, Math.max(0, end.level - 1), 'next');
      const own = place.path.length === end.level ? place : behind(place, end.level, 'open');
      return { ...found, place: own, isCloser: true };
    } else this.#place = behind(place, end.level, end.level < place.path.length ? 'open' : 'next');
    return found;
  }
}

function below({ path, indents }: Place, key: string, column: number): Place {
  return jsonPlace([...path, key], [...indents, column > Math.max(...indents) ? column : unknown], 'first');
}

/** The key of the entry that a piece holds, to see whether it is another; undefined when it has none. */
export function jsonKeyAt(text: string): string | undefined {
  const lexer = new JsonLexer(text);
  let token = lexer.next();
  if (token === char.comma) token = lexer.next();
  return token === char.quote ? keyBetween(text, [lexer.start, lexer.at]) : undefined;
}

/** Where the first entry of a text stands that is an object in JSON; undefined when it is none, or has no entries. */
function firstOf(text: string): { readonly at: number; readonly place: Place } | undefined {
  const head = /^[ \t\r\n\uFEFF]*\{/.exec(text);
  if (head === null) return undefined;
  const lexer = new JsonLexer(text, head[0].length);
  if (lexer.next() !== char.quote) return undefined;
  return { at: head[0].length, place: jsonPlace([], [Math.max(lexer.column, unknown)], 'first') };
}

export interface JsonCut {
  readonly pieces: readonly Piece[];
  readonly byLines: boolean;
}

/** All pieces of a text; undefined when it is no object in JSON. The first is what stands before the first entry. */
export function splitJson(text: string): JsonCut | undefined {
  const first = firstOf(text);
  if (first === undefined || hasOddBreak(text)) return undefined;
  const lines = piecesOf(text, first, true);
  if (lines.every((piece) => isSound(piece) && piece.shape?.isOdd !== true))
    return { pieces: lines, byLines: false };
  return isBalanced(lines)
    ? { pieces: piecesOf(text, first, false), byLines: false }
    : { pieces: lines, byLines: true };
}

function piecesOf(
  text: string,
  { at, place }: { readonly at: number; readonly place: Place },
  byLines: boolean,
): readonly Piece[] {
  const pieces: Piece[] = [{ start: 0, end: at, place, isHeader: false, isPreamble: true, shape: opening }];
  const splitter = new JsonSplitter(text, at, place, byLines);
  for (let piece = splitter.next(); piece !== undefined; piece = splitter.next()) pieces.push(piece);
  return pieces;
}

const opening = { unmatched: '{', isBad: false, isOdd: false, hasTail: false, isPair: false, isEnd: false };

/** What is known of the brackets of a piece. */
export interface Shaped {
  readonly place: Place;
  readonly shape?: Shape | undefined;
  readonly isHeader?: boolean;
  readonly isPreamble?: boolean;
  readonly isCloser?: boolean;
}

/** Whether its brackets leave nothing to others but what its kind says, and nothing was left open before it. */
export function isSound({ place, shape, isHeader, isPreamble, isCloser }: Shaped): boolean {
  if (shape === undefined || shape.isBad || shape.isEnd || place.lead === 'open') return false;
  if (isCloser === true) return shape.unmatched === '}' && !shape.hasTail;
  return shape.unmatched === (isHeader === true || isPreamble === true ? '{' : '');
}

/** Whether the brackets of all pieces together are those of one value. */
export function isBalanced(pieces: readonly Shaped[]): boolean {
  const open: string[] = [];
  for (const [at, { shape }] of pieces.entries()) {
    if (shape === undefined || shape.isBad || (at > 0 && open.length === 0)) return false;
    const left = closedBy(shape.unmatched, open);
    if (left === undefined) return false;
    if (open.length === 0) return at === pieces.length - 1 && left === 0 && !shape.hasTail;
  }
  return false;
}

/**
 * Puts brackets on those that are open, until none is; gives how many brackets are left then, and undefined when one does not close
 * what is open.
 */
function closedBy(brackets: string, open: string[]): number | undefined {
  for (let at = 0; at < brackets.length; at += 1) {
    const bracket = brackets.charAt(at);
    if (bracket === '{' || bracket === '[') open.push(bracket);
    else if (open.pop() !== (bracket === '}' ? '{' : '[')) return undefined;
    else if (open.length === 0) return brackets.length - 1 - at;
  }
  return 0;
}

/**
 * What is known of the brackets of a piece with a new text, when it is still one sound entry at the same place, whatever stands
 * around it; undefined when it is not.
 */
export function stillOne(text: string, place: Place, byLines: boolean): Shape | undefined {
  if (hasOddBreak(text) || text.endsWith('/')) return undefined;
  const isFirst = place.lead === 'first';
  if (!new JsonLexer(text).isNext(isFirst ? char.quote : char.comma)) return undefined;
  const piece = new JsonPiece(new JsonLexer(text), place, byLines);
  const end = piece.read();
  if (end.kind !== 'entry' || piece.behind !== text.length || !isPairAlone(piece.shape)) return undefined;
  if (isFirst && !isFirstIn(place, piece.column)) return undefined;
  return byLines && !isByLines(piece, place) ? undefined : { ...piece.shape, isEnd: false };
}

const isPairAlone = ({ isEnd, isPair, isBad }: Shape): boolean => isEnd && isPair && !isBad;

/** Whether lines say of an entry what brackets say. */
function isByLines({ shape, column }: JsonPiece, { indents }: Place): boolean {
  const own = indents.at(-1) ?? unknown;
  return !shape.isOdd && (own < 0 || column === own);
}

/** Whether the entries of a map are as far indented as the first is now. */
function isFirstIn({ indents }: Place, column: number): boolean {
  const outer = Math.max(unknown, ...indents.slice(0, -1));
  return indents.at(-1) === (column > outer ? column : unknown);
}

/** Whether a piece starts as one does that follows an entry: with a comma, or with the bracket that closes the map. */
export function followsEntry(text: string): boolean {
  const token = new JsonLexer(text).next();
  return token === char.comma || token === char.closeBrace;
}

/** Behind the bracket of a piece that closes a map. */
export function endOfCloser(text: string): number {
  const lexer = new JsonLexer(text);
  for (let token = lexer.next(); token !== endToken && token !== char.closeBrace;) token = lexer.next();
  return lexer.at;
}
