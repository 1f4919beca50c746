import type { LineOf } from './tag';
import { Refused } from './tree';

/** What a raw block holds, piece by piece as Handlebars has it, the name that closes it, and where it ends. */
export interface Raw {
  readonly pieces: readonly string[];
  readonly name: string;
  readonly end: number;
}

const opensAnother = /\{\{\{\{(?=[^/])/y;
const closes = /\{\{\{\{\/([^\s!"#%-,./;->@[-^`{-~]+)\}\}\}\}/y;

/** Reads from behind the tag that opens a raw block. Throws Refused. */
export function readRaw(text: string, start: number, lineOf: LineOf): Raw {
  const pieces: string[] = [];
  let depth = 1;
  for (let at = start; ;) {
    const opened = matchAt(opensAnother, text, at);
    const closed = opened ? undefined : matchAt(closes, text, at);
    if (opened) depth += 1;
    if (closed) depth -= 1;
    const next = text.indexOf('{{{{', at + 1);
    const piece = (opened ?? closed)?.[0] ?? (next < 0 ? undefined : text.slice(at, next));
    if (piece === undefined) throw new Refused('a block is not closed', lineOf(text.length));
    at += piece.length;
    if (depth === 0) return { pieces, name: closed?.[1] ?? '', end: at };
    pieces.push(piece);
  }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
