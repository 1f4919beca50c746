/**
 * Cuts the text of a description in block YAML into pieces that can be read by themselves: the entries of the root, and one level
 * deeper those of `paths`, of each section of `components` and the like. A line that is not indented deeper than an entry starts a
 * new one, since block scalars, folded lines and flow values must be deeper: so the cut is exact for sound text and local for broken.
 */
import { char, isMarker, lineAfter, pastSpaces } from './yaml-scan';

/** Where the entries of a piece stand: the keys from the root, and how far each level is indented. */
export interface Place {
  readonly path: readonly string[];
  readonly indents: readonly number[];
  /** The same for equal places. */
  readonly id: string;
  /** In JSON: how the piece follows what stands before it. */
  readonly lead?: Lead;
}

/** `first` stands behind the bracket that opens the map, `next` behind another entry, `open` where maps above were never closed. */
export type Lead = 'first' | 'next' | 'open';

/** What brackets a piece of JSON leaves to others, and what is odd about it. */
export interface Shape {
  /** Closing brackets that nothing in the piece opens, then opening ones that nothing in it closes. */
  readonly unmatched: string;
  /** Whether brackets do not fit, or a string or a comment has no end. */
  readonly isBad: boolean;
  /** Whether a cut by lines would not be one by brackets here. */
  readonly isOdd: boolean;
  /** Whether something stands behind the last bracket that nothing in the piece opens. */
  readonly hasTail: boolean;
  /** Whether it is a key and a value, each of its own. */
  readonly isPair: boolean;
  /** Whether the text ends in it, before the map around is closed. */
  readonly isEnd: boolean;
}

export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly place: Place;
  /** Whether it is no more than a key, and what stands under it are pieces of their own. */
  readonly isHeader: boolean;
  /** Whether it is what stands before the first entry. */
  readonly isPreamble?: true;
  /** Whether it is what closes a map of JSON. */
  readonly isCloser?: true;
  /** Of a piece of JSON. */
  readonly shape?: Shape;
}

/** Entries of the root whose own entries are pieces; `components` has one level more. */
const opened: ReadonlySet<string> = new Set([
  'paths',
  'webhooks',
  'definitions',
  'parameters',
  'responses',
  'components',
]);

const placeOf = (path: readonly string[], indents: readonly number[]): Place => ({
  path,
  indents,
  id: JSON.stringify([path, indents]),
});

export const rootPlace: Place = placeOf([], [0]);

/** Whether what stands under this key can be pieces of their own. */
export function isOpened(place: Pick<Place, 'path'>, key: string): boolean {
  return place.path.length === 0
    ? opened.has(key)
    : place.path.length === 1 && place.path[0] === 'components';
}

/** The key of the entry that the line starts at `at`; undefined when it starts none. A word without a colon starts none. */
export function keyAt(text: string, at: number): string | undefined {
  entry.lastIndex = at;
  const found = entry.exec(text);
  if (found === null) return undefined;
  return found[1] ?? found[2] ?? found[3] ?? found[4] ?? found[5] ?? '';
}

const entry =
  /(?:(?:[&!]\S*[ \t]+)*(?:"((?:[^"\\\r\n]|\\.)*)"|'((?:[^'\r\n]|'')*)'|((?![-?:][ \t\r\n]|[[\]{},#&*!|>'"%@` \t])(?:[^:#\r\n]|:(?![ \t\r\n]|$)|(?<![ \t])#)+?))|(\*\S+[ \t]))[ \t]*:(?=[ \t\r\n]|$)|\?[ ]+([^\r\n]+)/y;

/** Behind a key whose value stands below. */
const openEnd = /[ \t]*:[ \t]*(?:#[^\n]*|\r?)(?:\n|$)/y;

/** Cuts a text from its start, or from the start of a piece on. */
export class Splitter {
  readonly #text: string;
  #at: number;
  #place: Place;
  /** Set when the text is no block map, or holds several documents: then it is one piece. */
  isWhole = false;
  /** Pieces end with a line, whatever is in the next. */
  readonly sawEnd: boolean = false;

  constructor(text: string, at = 0, place = rootPlace) {
    this.#text = text;
    this.#at = at;
    this.#place = place;
  }

  /** The next piece; undefined at the end. */
  next(): Piece | undefined {
    const text = this.#text;
    const start = this.#at;
    if (start >= text.length) return undefined;
    const place = this.#place;
    const indent = place.indents.at(-1) ?? 0;
    const key = keyAt(text, start + indent) ?? '';
    const below = isOpened(place, key) ? this.#below(start + indent, indent) : undefined;
    if (below !== undefined) {
      const [at, deeper] = below;
      this.#place = placeOf([...place.path, key], [...place.indents, deeper]);
      this.#at = at;
      return { start, end: at, place, isHeader: true };
    }
    this.#skip(lineAfter(text, start));
    return { start, end: this.#at, place, isHeader: false };
  }

  /** Where the first entry below a key starts its line, and how far it is indented; undefined when its value is no block map. */
  #below(at: number, indent: number): readonly [number, number] | undefined {
    const text = this.#text;
    const colon = endOfKey(text, at);
    openEnd.lastIndex = colon;
    if (colon < 0 || !openEnd.test(text)) return undefined;
    for (let line = openEnd.lastIndex; line < text.length; line = lineAfter(text, line)) {
      const content = pastSpaces(text, line);
      const code = text.charCodeAt(content);
      if (code === char.feed || code === char.carriage || code === char.hash) continue;
      const isEntry = content - line > indent && keyAt(text, content) !== undefined;
      return isEntry ? [line, content - line] : undefined;
    }
    return undefined;
  }

  /** Goes to the line that starts the next entry of this place or of one further out. */
  #skip(from: number): void {
    const text = this.#text;
    const { indents, path } = this.#place;
    const indent = indents.at(-1) ?? 0;
    for (let line = from; ; line = lineAfter(text, line)) {
      line = lineWithin(text, line, indent);
      if (line === text.length) break;
      const content = pastSpaces(text, line);
      const depth = content - line;
      if (depth === 0 && this.#isOther(content)) this.isWhole = true;
      const level = indents.lastIndexOf(depth);
      if (level < 0 || keyAt(text, content) === undefined) continue;
      this.#at = line;
      if (level < indents.length - 1)
        this.#place = placeOf(path.slice(0, level), indents.slice(0, level + 1));
      return;
    }
    this.#at = text.length;
  }

  #isOther(at: number): boolean {
    return this.#text.charCodeAt(at) === char.percent || isMarker(this.#text, at);
  }
}

/** The start of the first line, from the line at `from` on, that is indented by at most `indent`; the end of the text when there is none. */
function lineWithin(text: string, from: number, indent: number): number {
  let line = from;
  while (line < text.length && pastSpaces(text, line) - line > indent) line = lineAfter(text, line);
  return line;
}

/** Where the colon, or the blanks before it, behind the key at `at` stands. */
function endOfKey(text: string, at: number): number {
  entry.lastIndex = at;
  const found = entry.exec(text);
  if (found === null || found[5] !== undefined) return -1;
  return at + found[0].replace(/[ \t]*:$/, '').length;
}

/** Whether a lone carriage return is in the text: YAML breaks the line there, and the cut looks for line feeds. */
export function hasOddBreak(text: string): boolean {
  return text.includes('\r') && /\r(?!\n)/.test(text);
}

/** All pieces of a text; undefined when it has to be read as a whole. The first may be what stands before the first entry. */
export function split(text: string): readonly Piece[] | undefined {
  const first = firstEntry(text);
  if (first === undefined || hasOddBreak(text)) return undefined;
  const splitter = new Splitter(text, first);
  const pieces: Piece[] =
    first === 0 ? [] : [{ start: 0, end: first, place: rootPlace, isHeader: false, isPreamble: true }];
  for (let piece = splitter.next(); piece !== undefined; piece = splitter.next()) pieces.push(piece);
  return splitter.isWhole ? undefined : pieces;
}

/** Where the line of the first entry starts, behind a byte order mark, comments and `---`; undefined when the root is no block map. */
function firstEntry(text: string): number | undefined {
  preamble.lastIndex = 0;
  preamble.test(text);
  const at = preamble.lastIndex;
  return at < text.length && keyAt(text, at) !== undefined ? at : undefined;
}

const preamble =
  /\uFEFF?(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?:---(?:[ \t]+#[^\n]*|[ \t]*)\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*)?/y;

/**
 * Whether a piece with a new text is still one piece, of the same place: then nothing around it has to be cut again. One whose entries
 * could be pieces of their own is always cut again.
 */
export function isStillOne(text: string, place: Place, isLast: boolean): boolean {
  const indent = place.indents.at(-1) ?? 0;
  if ((!isLast && !text.endsWith('\n')) || hasOddBreak(text) || pastSpaces(text, 0) !== indent) return false;
  const key = keyAt(text, indent);
  if (key === undefined || isOpened(place, key)) return false;
  for (let line = lineAfter(text, 0); line < text.length; line = lineAfter(text, line)) {
    const content = pastSpaces(text, line);
    if (content - line <= indent && startsOther(text, content, content - line, place)) return false;
  }
  return true;
}

function startsOther(text: string, at: number, depth: number, { indents }: Place): boolean {
  if (depth === 0 && (text.charCodeAt(at) === char.percent || isMarker(text, at))) return true;
  return indents.includes(depth) && keyAt(text, at) !== undefined;
}
