/**
 * The text of a description, in YAML or JSON, as a rope of chunks. An edit changes the chunk it falls into and no other; where that is no longer one
 * entry, the neighbourhood is cut again, and chunks whose text and place are as before stay. What results is always what a fresh cut
 * of the whole text would give.
 */
import { Anchors } from './anchors';
import type { ChunkKind } from './chunk';
import { Chunk } from './chunk';
import { DocumentLines } from './document-lines';
import { doLinesCount, stillSound, verdictOn } from './json-chunks';
import { JsonSplitter, jsonKeyAt, splitJson } from './json-split';
import type { Piece, Place, Shape } from './split';
import { Splitter, hasOddBreak, isStillOne, keyAt, rootPlace, split } from './split';
import { kindOf, unchanged } from './pieces';
import type { Steps } from './steps';
import type { SyntaxProblem } from './syntax-problem';
import { TableBuilder } from './table';
import type { Span } from './tree';

/** Replaces the span with the text; an empty span inserts. */
export interface Change extends Span {
  readonly text: string;
}

type Cutter = Pick<Splitter, 'next' | 'isWhole' | 'sawEnd'>;

const lookAhead = 4;
const stepEvery = 16;

export class SpecDocument {
  readonly lines: DocumentLines;
  readonly #builder = new TableBuilder();
  #chunks: Chunk[] = [];
  #text: string | undefined;
  /** Counts changes of the order of chunks or of their keys. */
  cuts = 0;
  /** Whether lines have a say in the cut, since the brackets of the text do not fit; undefined when it is no JSON that is cut. */
  #byLines: boolean | undefined;
  /** Chunks that came in the place of another of the same key since somebody looked. */
  #replaced: Chunk[] = [];
  readonly #anchors = new Anchors();

  constructor(text: string) {
    this.lines = new DocumentLines(() => this.#chunks);
    this.#load(text);
  }

  get chunks(): readonly Chunk[] {
    return this.#chunks;
  }

  get isWhole(): boolean {
    return this.#chunks[0]?.kind === 'whole';
  }

  /** Whether it is JSON, in pieces. */
  get isJson(): boolean {
    return this.#byLines !== undefined;
  }

  get length(): number {
    const last = this.#chunks.at(-1);
    return last === undefined ? 0 : last.start + last.text.length;
  }

  get text(): string {
    return (this.#text ??= this.#chunks.map((chunk) => chunk.text).join(''));
  }

  slice(start: number, end: number): string {
    const first = this.lines.chunkAt(start);
    if (first !== undefined && end <= first.start + first.text.length)
      return first.text.slice(start - first.start, end - first.start);
    return this.text.slice(start, end);
  }

  /** The first problem is the one to tell; the others mostly follow from it. */
  get problem(): SyntaxProblem | undefined {
    for (const { problem, start } of this.#chunks)
      if (problem !== undefined)
        return { message: problem.message, start: start + problem.start, end: start + problem.end };
    return undefined;
  }

  /** Chunks that took the place of others of the same key since this was called last. */
  takeReplaced(): readonly Chunk[] {
    const replaced = this.#replaced.filter((chunk) => !chunk.isGone);
    this.#replaced = [];
    return replaced;
  }

  /** Makes the tables that are not made yet. */
  *readSteps(): Steps<void> {
    let count = 0;
    const chunks = this.#chunks;
    for (let at = 0; at < chunks.length; at += 1) {
      const chunk = chunks[at];
      if (chunk === undefined || chunk.isRead) continue;
      yield* chunk.readSteps(this.#builder);
      count += 1;
      if (count % stepEvery === 0) yield;
    }
  }

  /** Takes the tables of another document's chunks for its own that have the same text. */
  borrow(other: SpecDocument): void {
    const read = new Map(other.chunks.map((chunk) => [chunk.text, chunk]));
    for (const chunk of this.#chunks) {
      const same = read.get(chunk.text);
      if (same !== undefined) chunk.borrow(same);
    }
  }

  edit({ start, end, text }: Change): void {
    this.#text = undefined;
    const first = this.lines.chunkAt(start);
    const last = end === start ? first : this.lines.chunkAt(end - 1);
    if (first === undefined || last === undefined) return this.#load(text);
    const before = first.text.slice(0, start - first.start);
    const changed = before + text + last.text.slice(end - last.start);
    if (first === last && this.#stays(first, changed)) return;
    this.#recut(first, last, changed);
  }

  /** Gives a chunk another text where it stays one entry; gives whether it does. */
  #stays(chunk: Chunk, text: string): boolean {
    const { kind, place, index } = chunk;
    if (kind !== 'entry') return false;
    if (chunk.shape === undefined) {
      const isOne = isStillOne(text, place, index === this.#chunks.length - 1);
      if (isOne) this.#replace(chunk, text);
      return isOne;
    }
    const shape = stillSound(chunk, text, { next: this.#chunks[index + 1], byLines: this.#byLines === true });
    if (shape !== undefined) this.#replace(chunk, text, shape);
    return shape !== undefined;
  }

  #replace(chunk: Chunk, text: string, shape?: Shape): void {
    const { kind, place, index } = chunk;
    const fresh = this.#chunk(text, { kind, place, shape });
    if (keyOf(fresh) !== keyOf(chunk)) this.cuts += 1;
    fresh.owner = chunk.owner;
    chunk.owner?.replace(chunk, fresh);
    this.#put(index, 1, [fresh]);
    this.#replaced.push(fresh);
  }

  /** Reads a chunk anew though its text is the same: what its aliases name may have changed. */
  renew(chunk: Chunk): void {
    this.#replace(chunk, chunk.text);
  }

  /** Cuts again from before the changed chunks on until the cut falls where it was. */
  #recut(first: Chunk, last: Chunk, changed: string): void {
    // In JSON an entry tells by what follows where it ends.
    const from = this.isJson ? Math.max(1, first.index - 2) : first.index - 1;
    const before = this.#chunks[from];
    if (before === undefined || before.kind === 'preamble' || first.index <= from || this.isWhole)
      return this.#reload(first, last, changed);
    const head = this.#joined(from, first.index) + changed;
    const byLines = this.#byLines === true || doLinesCount(this.#chunks, from, last.index + 1);
    for (let ahead = lookAhead; ; ahead *= 4) {
      const until = Math.min(last.index + 1 + ahead, this.#chunks.length);
      const region = head + this.#joined(last.index + 1, until);
      const old = { from: last.index + 1, until, offset: head.length };
      const found = this.#cutRegion(region, this.#cutter(region, before.place, byLines), old);
      if (found === 'whole') return this.#reload(first, last, changed);
      if (found === undefined) continue;
      this.#putPieces(region, found.pieces, from, found.next - from);
      return this.isJson ? this.#settle(byLines) : undefined;
    }
  }

  #cutter(text: string, place: Place, byLines: boolean): Cutter {
    return this.isJson ? new JsonSplitter(text, 0, place, byLines) : new Splitter(text, 0, place);
  }

  /** Cuts the whole text again, with another text in the place of some chunks. */
  #reload(first: Chunk, last: Chunk, changed: string): void {
    this.#load(this.#joined(0, first.index) + changed + this.#joined(last.index + 1));
  }

  /** Cuts the whole text again where what was cut in parts is not what that would give. */
  #settle(byLines: boolean): void {
    const verdict = verdictOn(this.#chunks, byLines);
    if (verdict === 'again') this.#load(this.text);
    else this.#byLines = verdict === 'lines';
  }

  /** The pieces of a region up to where an old chunk starts as before; undefined when that is not in it. */
  #cutRegion(
    region: string,
    cutter: Cutter,
    old: { readonly from: number; readonly until: number; readonly offset: number },
  ): { readonly pieces: readonly Piece[]; readonly next: number } | 'whole' | undefined {
    if (hasOddBreak(region)) return 'whole';
    const pieces: Piece[] = [];
    let [next, offset] = [old.from, old.offset];
    const isRest = old.until === this.#chunks.length;
    let hangsOnEnd = false;
    for (let piece = cutter.next(); piece !== undefined; piece = cutter.next()) {
      if (cutter.isWhole) return 'whole';
      // The region is at an end where the text goes on.
      if (hangsOnEnd) return undefined;
      while (next < old.until && offset < piece.start) {
        offset += this.#lengthOf(next);
        next += 1;
      }
      if (next < old.until && offset === piece.start && this.#isAt(next, piece)) return { pieces, next };
      pieces.push(piece);
      hangsOnEnd = cutter.sawEnd && !isRest;
    }
    return isRest ? { pieces, next: old.until } : undefined;
  }

  #lengthOf(index: number): number {
    return this.#chunks[index]?.text.length ?? 0;
  }

  #isAt(index: number, { place }: Piece): boolean {
    return this.#chunks[index]?.place.id === place.id;
  }

  #load(text: string): void {
    this.#text = text;
    const json = splitJson(text);
    const pieces = json?.pieces ?? split(text);
    this.#byLines = json?.byLines;
    if (pieces === undefined)
      this.#put(0, this.#chunks.length, [this.#chunk(text, { kind: 'whole', place: rootPlace })]);
    else this.#putPieces(text, pieces, 0, this.#chunks.length);
    this.cuts += 1;
  }

  /** Puts the pieces of a text in the place of `count` chunks; those at both ends that are as before stay. */
  #putPieces(text: string, pieces: readonly Piece[], at: number, count: number): void {
    const { front, back } = unchanged(this.#chunks.slice(at, at + count), text, pieces);
    const fresh = pieces
      .slice(front, pieces.length - back)
      .map((piece) => this.#chunk(text.slice(piece.start, piece.end), { ...piece, kind: kindOf(piece) }));
    this.#put(at + front, count - front - back, fresh);
    this.cuts += 1;
  }

  #chunk(
    text: string,
    {
      kind,
      place,
      shape,
    }: { readonly kind: ChunkKind; readonly place: Place; readonly shape?: Shape | undefined },
  ): Chunk {
    const given = { kind, place, shape, document: this };
    return new Chunk(text, given, (name, { index }) => this.#anchors.find(this.#chunks, name, index));
  }

  #put(at: number, count: number, fresh: readonly Chunk[]): void {
    this.#anchors.forget();
    for (const gone of this.#chunks.slice(at, at + count)) gone.isGone = true;
    const [first] = fresh;
    if (count === 1 && fresh.length === 1 && first !== undefined) this.#chunks[at] = first;
    else this.#chunks = [...this.#chunks.slice(0, at), ...fresh, ...this.#chunks.slice(at + count)];
    let before = this.#chunks[at - 1];
    for (let index = at; index < this.#chunks.length; index += 1) {
      const chunk = this.#chunks[index];
      // Where one is at its place all behind it are.
      if (chunk?.follow(before, index) === false && index >= at + fresh.length) return;
      before = chunk;
    }
  }

  #joined(from: number, until?: number): string {
    return this.#chunks
      .slice(from, until)
      .map((chunk) => chunk.text)
      .join('');
  }
}

/** The key of an entry, to see whether it is another. */
function keyOf({ text, place, shape }: Chunk): string | undefined {
  return shape === undefined ? keyAt(text, place.indents.at(-1) ?? 0) : jsonKeyAt(text);
}
