/** Reads one piece of a JSON text: fast while it is sound, and else as much of it as can be told. */
import type { ChunkKind } from './chunk';
import { JsonLexer } from './json-lexer';
import { Mender } from './json-mend';
import type { JsonProblem } from './json-reader';
import { JsonReader, key, valueSteps, wrong } from './json-reader';
import type { Place, Shape } from './split';
import type { Steps } from './steps';
import type { Table, TableBuilder } from './table';
import { form } from './table';
import type { Span } from './tree';

export interface PieceText {
  readonly text: string;
  readonly kind: ChunkKind;
  readonly place: Place;
  readonly shape: Shape;
}

export interface PieceRead {
  readonly table: Table;
  readonly problem: JsonProblem | undefined;
  /** Where the table may be wrong. */
  readonly broken: readonly Span[];
}

const sure: readonly Span[] = [];

/** Reads a piece; the first row is the map that its entries stand in. */
export function* pieceSteps(piece: PieceText, out: TableBuilder): Steps<PieceRead> {
  const { text, kind, shape, place } = piece;
  out.reset();
  const reader = new JsonReader(text, out);
  lead(reader, piece);
  if (kind === 'closer') return closer(reader, piece);
  const row = out.open(form.flowMap, -1, 0);
  if (kind === 'header') return header(reader, row);
  const { at, problem } = reader;
  if (key(reader) && (yield* valueSteps(reader, row)) && reader.peek() === '') {
    if (shape.isEnd) textEnds(reader);
    out.close(row, text.length);
    return { table: out.finish(text), problem: reader.problem, broken: sure };
  }
  out.reset();
  const mended = new Mender(text, at, place, out).read();
  if (reader.problem === problem) reader.fail(wrong.more);
  const found = reader.isHopeless ? reader.problem : mended.problem;
  return { ...mended, problem: problem ?? found ?? reader.problem };
}

/** Reads what stands before an entry: a comma, but for the first. */
function lead(reader: JsonReader, { place, kind }: PieceText): void {
  const isComma = reader.peek() === ',';
  const { at } = reader;
  if (isComma) reader.at += 1;
  reader.peek();
  if (place.lead === 'open') reader.fail(wrong.openAbove);
  else if (kind === 'closer') {
    if (isComma) reader.fail(wrong.lastComma, { start: at, end: at + 1 });
  } else if (isComma && place.lead === 'first') reader.fail(wrong.key, { start: at, end: at + 1 });
  else if (!isComma && place.lead === 'next') reader.fail(wrong.comma('}'));
}

function textEnds(reader: JsonReader): void {
  const at = reader.text.length;
  reader.fail(wrong.end('}'), { start: at, end: at });
}

function closer(reader: JsonReader, { text, place, shape }: PieceText): PieceRead {
  reader.at += 1;
  if (place.path.length === 0 && reader.peek() !== '') reader.fail(wrong.more);
  if (shape.isEnd) textEnds(reader);
  return { table: reader.out.finish(text), problem: reader.problem, broken: sure };
}

/** A key and the bracket behind it, which others close. */
function header(reader: JsonReader, row: number): PieceRead {
  const { text, out, at } = reader;
  const lexer = new JsonLexer(text, at);
  lexer.next();
  out.key(lexer.start, lexer.at);
  key(reader);
  const inner = out.open(form.flowMap, row, text.length - 1);
  out.close(inner, text.length);
  out.close(row, text.length);
  return { table: out.finish(text), problem: reader.problem, broken: sure };
}
