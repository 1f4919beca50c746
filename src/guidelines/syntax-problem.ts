/** What is wrong with a text that is no sound YAML, in the words of somebody who wants to mend it, and where to look. */
import type { Lines } from './lines';
import type { Table } from './table';
import { column, form, width } from './table';
import type { Span } from './tree';

/** Something that keeps the text from being read. */
export interface SyntaxProblem extends Span {
  readonly message: string;
}

/** An error of the YAML reader, by its code. */
export interface ReaderError {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

export interface ReadText {
  readonly text: string;
  readonly lines: Lines;
  readonly table: Table;
}

type Explain = (
  error: ReaderError,
  read: ReadText,
  others: readonly ReaderError[],
) => SyntaxProblem | undefined;

/** The first of the errors, explained: the others mostly follow from it. They come in the order of the text. */
export function explain(errors: readonly ReaderError[], read: ReadText): SyntaxProblem | undefined {
  const [first] = errors;
  if (first === undefined) return undefined;
  for (const explanation of explanations) {
    const problem = explanation(first, read, errors);
    if (problem !== undefined) return problem;
  }
  const why = first.message.replace(/\.$/, '');
  return { message: `This YAML can't be read here: ${why}.`, ...onToken(first.pos, read) };
}

const mergeConflict: Explain = (_error, { text }) => {
  // The part that can't be read may hold one of the three alone.
  const marker = /^(?:<{7} .*|={7}|>{7} .*)$/m.exec(text);
  if (marker === null) return undefined;
  return {
    message: 'A merge conflict is left in this file: settle it and take its markers away.',
    start: marker.index,
    end: marker.index + marker[0].length,
  };
};

const tab: Explain = (error, read) =>
  error.code === 'TAB_AS_INDENT'
    ? { message: 'YAML is indented with spaces: this tab has to go.', ...onOneLine(error.pos, read) }
    : undefined;

/** `title: Orders` with a deeper line under it: the reader complains about the value, and the line below is the one to move. */
const deeperLine: Explain = (error, read, others) => {
  const isTold = error.code === 'BLOCK_AS_IMPLICIT_KEY' || error.code === 'MULTILINE_IMPLICIT_KEY';
  const reachesOn = others.some(
    ({ code, pos }) => code === 'MULTILINE_IMPLICIT_KEY' && pos[0] === error.pos[0],
  );
  if (!isTold || !reachesOn) return undefined;
  const line = read.lines.lineOf(error.pos[0]);
  // At the start of its line it is no value but a key without a colon.
  if (error.pos[0] === read.lines.startOf(line) + indentOf(read, line)) return undefined;
  const next = nextLine(read, line);
  if (next === undefined || indentOf(read, next) <= indentOf(read, line)) return undefined;
  return {
    message:
      'This line is indented deeper than the entry above, which has a value already; give both the same indentation.',
    ...lineSpan(read, next),
  };
};

const colonInValue: Explain = (error, read) =>
  error.code === 'BLOCK_AS_IMPLICIT_KEY'
    ? {
        message: 'A colon with a space behind it starts a new key, so this value needs quotes.',
        ...restOfLine(error.pos[0], read),
      }
    : undefined;

const missingColon: Explain = (error, read) => {
  const isKey = error.code === 'MULTILINE_IMPLICIT_KEY' || error.message.startsWith('Implicit map keys need');
  if (!isKey) return undefined;
  const span = restOfLine(error.pos[0], read);
  const message = /\w:\S/.test(read.text.slice(span.start, span.end))
    ? 'The colon behind a key needs a space behind itself.'
    : 'This line is no entry: a colon is missing behind its key.';
  return { message, ...span };
};

const openQuote: Explain = (error, read) => {
  if (!error.message.startsWith('Missing closing')) return undefined;
  const { rows, count } = read.table;
  const start = rows[(count - 1) * width + column.start];
  if (start === undefined || !/["']/.test(read.text[start] ?? '')) return shallowQuote(error, read);
  return { message: 'This quote is never closed.', ...restOfLine(start, read) };
};

/** A text in quotes ends where a line is indented no deeper than its key, even where many a reader goes on to the closing quote. */
function shallowQuote({ pos }: ReaderError, read: ReadText): SyntaxProblem | undefined {
  const next = nextLine(read, read.lines.lineOf(Math.max(0, pos[0] - 1)));
  if (next === undefined) return undefined;
  return {
    message: 'The quotes above are still open: indent this line deeper than the key of their text.',
    ...lineSpan(read, next),
  };
}

const openBracket: Explain = (error, read) => {
  if (!/^Flow (?:map|sequence) in block collection must be/.test(error.message)) return undefined;
  const open = error.pos[0] >= read.text.trimEnd().length ? openFlow(read.table) : undefined;
  return open === undefined
    ? {
        message: 'This line still belongs to a `{` or `[` above that is not closed.',
        ...restOfLine(error.pos[0], read),
      }
    : { message: `This \`${read.text[open]}\` is never closed.`, ...restOfLine(open, read) };
};

/** Where the flow map or list starts that holds all the others around the end of the text. */
function openFlow({ rows, count }: Table): number | undefined {
  let open: number | undefined;
  for (let row = count - 1; row >= 0; row = rows[row * width + column.parent] ?? -1) {
    const what = rows[row * width + column.form];
    if (what === form.flowMap || what === form.flowList) open = rows[row * width + column.start];
  }
  return open;
}

const otherIndent: Explain = (error, read) => {
  if (error.code !== 'BAD_INDENT' && !error.message.startsWith('Sequence item without')) return undefined;
  return {
    message:
      'This line is indented differently from the entries beside it; YAML reads the structure from the indentation.',
    ...lineSpan(read, read.lines.lineOf(error.pos[0])),
  };
};

const tooDeep: Explain = (error, read) =>
  error.message.startsWith('Maximum call stack')
    ? {
        message: 'This is nested deeper than any API description needs, so it is not read.',
        ...onOneLine(error.pos, read),
      }
    : undefined;

const reserved: Explain = (error, read) =>
  error.code === 'BAD_SCALAR_START'
    ? {
        message: 'No value starts with this character unless it stands in quotes.',
        ...restOfLine(error.pos[0], read),
      }
    : undefined;

const explanations: readonly Explain[] = [
  mergeConflict,
  tab,
  deeperLine,
  colonInValue,
  missingColon,
  openQuote,
  openBracket,
  otherIndent,
  tooDeep,
  reserved,
];

/** At most the rest of the line, at least one character where the line allows it. */
function onOneLine(pos: readonly [number, number], { text, lines }: ReadText): Span {
  const start = Math.min(pos[0], text.length);
  const line = lines.lineOf(start);
  const end = Math.min(Math.max(pos[1], start + 1), Math.max(lines.endOf(line), start));
  return end > start ? { start, end } : { start: Math.max(lines.startOf(line), start - 1), end: start };
}

/** A word or a text in quotes, as it stands in a line. */
const token = /"(?:[^"\\\r\n]|\\[^\r\n])*"|'[^'\r\n]*'|[^\s,[\]{}"']+/y;

/** The same for an error that names no more than where something starts: all of that. */
function onToken(pos: readonly [number, number], read: ReadText): Span {
  token.lastIndex = pos[0];
  const isShort = pos[1] - pos[0] <= 1 && token.test(read.text);
  return onOneLine(isShort ? [pos[0], token.lastIndex] : pos, read);
}

function restOfLine(start: number, read: ReadText): Span {
  return onOneLine([start, read.lines.endOf(read.lines.lineOf(start))], read);
}

function lineSpan(read: ReadText, line: number): Span {
  return restOfLine(read.lines.startOf(line) + indentOf(read, line), read);
}

function indentOf({ text, lines }: ReadText, line: number): number {
  return text.slice(lines.startOf(line), lines.endOf(line)).search(/\S|$/);
}

/** The next line that holds something. */
function nextLine({ text, lines }: ReadText, line: number): number | undefined {
  for (let next = line + 1; lines.startOf(next) < text.length; next += 1)
    if (/\S/.test(text.slice(lines.startOf(next), lines.endOf(next)))) return next;
  return undefined;
}
