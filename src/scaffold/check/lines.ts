/** From a line of a rendered file back to the line of the template that it came from. */

const [open, close] = ['\uE000', '\uE001'];
const mark = /\uE000(\d+)\uE001/g;
/** Lines of which Handlebars leaves nothing, and those around which it takes away white space. */
const alone = /^\s*\{\{\{?\{?\s*([#/^!>]|else\b|~)|\{\{\{\{|\{\{~|~\}\}/;

/** The text of a template with each line's number at its end, wherever that changes nothing else. */
export function markLines(text: string): string {
  return text
    .split('\n')
    .map((line, number) => (takesMark(line) ? withMark(line, `${open}${number}${close}`) : line))
    .join('\n');
}

function takesMark(line: string): boolean {
  const opened = line.split('{{').length;
  return !alone.test(line) && opened === line.split('}}').length;
}

function withMark(line: string, text: string): string {
  return line.endsWith('\r') ? `${line.slice(0, -1)}${text}\r` : `${line}${text}`;
}

/**
 * The line of the template for a line of what was rendered from the marked text. `plain` is what the text renders to without marks; where
 * the marks changed more than themselves the line is looked for by its words.
 */
export function sourceLine(
  line: number,
  { source, plain, marked }: { readonly source: string; readonly plain: string; readonly marked: string },
): number {
  if (marked.replaceAll(mark, '') !== plain) return byWords(line, source, plain);
  const lines = marked.split('\n').map((one) => {
    const [found] = one.matchAll(mark);
    return found === undefined ? undefined : Number(found[1]);
  });
  const own = lines[line];
  if (own !== undefined) return own;
  const before = lines.slice(0, line).findLastIndex((one) => one !== undefined);
  const next = lines.slice(line).find((one) => one !== undefined) ?? source.split('\n').length - 1;
  const start = before < 0 ? 0 : (lines[before] ?? 0) + 1;
  return Math.max(Math.min(start + (line - before - 1), next - 1), Math.min(start, next));
}

function byWords(line: number, source: string, plain: string): number {
  const wanted = plain.split('\n')[line]?.trim() ?? '';
  const found = source.split('\n').findIndex((one) => wanted !== '' && one.trim() === wanted);
  return Math.max(found, 0);
}
