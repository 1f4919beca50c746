/** Where a comment that silences a finding can be put. */
import type { Edit } from '../edit';
import type { Spec } from '../spec';
import { column, form, width } from '../table';

/** The edit that silences a rule in a line; undefined where no comment can stand: in JSON, in the middle of a text. */
export function commentAbove(spec: Spec, line: number, words: string): Edit | undefined {
  const { source } = spec;
  if (spec.ownRoot.style === 'flow' && source.text.trimStart().startsWith('{')) return undefined;
  const start = source.lines.startOf(line);
  const chunk = source.lines.chunkAt(start);
  if (chunk === undefined) return undefined;
  const { rows, count } = chunk.table;
  const at = start - chunk.start;
  for (let row = 0; row < count; row += 1) {
    const cell = (which: number): number => rows[row * width + which] ?? -1;
    const isText = cell(column.form) >= form.plain;
    if (isText && cell(column.start) < at && at < cell(column.end)) return undefined;
  }
  const text = source.slice(start, source.lines.endOf(line));
  const indent = /^[ \t]*/.exec(text)?.[0] ?? '';
  const eol = source.slice(0, 4096).includes('\r\n') ? '\r\n' : '\n';
  return { start, end: start, text: `${indent}# ${words}${eol}` };
}

/** What such a comment says. A reason is one line. */
export function directiveText(rule: string, reason: string): string {
  return `servicewright-disable-next-line ${rule} -- ${oneLine(reason)}`;
}

export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
