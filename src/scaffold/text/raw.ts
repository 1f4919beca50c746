import type { LineOf } from './tag';
import { Refused } from './tree';

/** What a raw block holds, piece by piece as Handlebars has it, the name that closes it, and where it ends. */
export interface Raw {
  readonly pieces: readonly string[];
  readonly name: string;
  readonly end: number;
}

const opensAnother = /\{\{\{\{(?=[^/])/y;
const closes = /\{\{\{\{\/[^\s!"#%-,./;->@[-^`{-~]+\}\}\}\}/y;

/** Reads from behind the tag that opens a raw block. Throws Refused. */
export function readRaw(text: string, start: number, lineOf: LineOf): Raw {
  const pieces: string[] = [];
  let depth = 1;
  for (let at = start; ;) {
    const piece = pieceAt(text, at);
    if (piece === undefined) throw new Refused('a block is not closed', lineOf(text.length));
    at += piece.text.length;
    depth += piece.step;
    if (depth === 0) return { pieces, name: piece.text.slice(5, -4), end: at };
    pieces.push(piece.text);
  }
}

/** What opens another raw block, closes one, or stands between. */
function pieceAt(text: string, at: number): { readonly text: string; readonly step: number } | undefined {
  for (const [pattern, step] of [
    [opensAnother, 1],
    [closes, -1],
  ] as const) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return { text: found[0], step };
  }
  const next = text.indexOf('{{{{', at + 1);
  return next < 0 ? undefined : { text: text.slice(at, next), step: 0 };
}
