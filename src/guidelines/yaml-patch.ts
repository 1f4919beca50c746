/**
 * One entry of which our own reader is not sure: the `yaml` package reads it alone. What stands around it is not touched, so that one
 * bad line costs its neighbours nothing.
 */
import { keyAt } from './split';
import { finish } from './steps';
import type { ReaderError, SyntaxProblem } from './syntax-problem';
import { explain } from './syntax-problem';
import { Lines } from './lines';
import type { Form, Table } from './table';
import { TableBuilder, column as columns, form } from './table';
import type { Span } from './tree';
import { packageSteps } from './yaml-package';
import { char, isItem, isMarker, lineAfter, pastSpaces, refuse } from './yaml-scan';

/** An entry that the package has read. */
export interface Patch extends Span {
  /** What is wrong with it; undefined when it is sound. */
  readonly problem: SyntaxProblem | undefined;
}

interface Entry {
  readonly at: number;
  readonly end: number;
  /** How far the entry is indented; it may start behind a dash. */
  readonly column: number;
  readonly parent: number;
  readonly inMap: boolean;
}

/** To know what is wrong with a long entry its beginning is mostly enough. */
const enough = 8192;

const holdsNothing = (code: number): boolean =>
  Number.isNaN(code) || code === char.feed || code === char.carriage || code === char.hash;

/** Where the entry ends that starts at `at`: at the next line that is not deeper and starts another. */
export function endOfEntry(text: string, at: number, indent: number, inMap: boolean): number {
  for (let line = lineAfter(text, at); line < text.length; line = lineAfter(text, line)) {
    const content = pastSpaces(text, line);
    if (holdsNothing(text.charCodeAt(content))) continue;
    const depth = content - line;
    if (depth > indent) continue;
    // With the entry the document ends as well, and another may follow.
    if (depth === 0 && isMarker(text, content)) refuse();
    // In a map, items that are no deeper than their key are its value.
    if (depth < indent || keyAt(text, content) !== undefined || (!inMap && isItem(text, content)))
      return line;
  }
  return text.length;
}

/** Reads one entry and puts what it holds into `out`. */
export function patch(text: string, entry: Entry, out: TableBuilder): Patch {
  const { at, end, column, parent, inMap } = entry;
  const source = ' '.repeat(column) + text.slice(at, end);
  const wanted = inMap ? form.blockMap : form.blockList;
  const { table, problem } = readEntry(source, wanted);
  const shift = at - column;
  if (table.rows[columns.form] === wanted) out.adopt(table, parent, shift);
  return {
    start: at,
    end,
    problem: problem && { ...problem, start: problem.start + shift, end: problem.end + shift },
  };
}

interface EntryRead {
  readonly table: Table;
  readonly problem: SyntaxProblem | undefined;
}

function withPackage(text: string, wanted: Form): EntryRead {
  const { table, errors, problem } = finish(packageSteps(text, new TableBuilder()));
  // Properties on a line of their own belong to what is below them, which is then no entry of the map around.
  const isOther = table.rows[columns.form] !== wanted || /^ *[!&]\S*[ \t]*(?:#[^\n]*)?\r?\n/.test(text);
  const isEntry = errors.length > 0 || !isOther;
  const told = isEntry ? errors : [noEntry(text)];
  return { table, problem: explain(told, { text, lines: new Lines(text), table }) ?? problem };
}

/** By itself the text is sound, but it is no entry. */
function noEntry(text: string): ReaderError {
  const start = pastSpaces(text, 0);
  return {
    code: 'MISSING_CHAR',
    message: 'Implicit map keys need to be followed by map values',
    pos: [start, start + 1],
  };
}

function readEntry(source: string, wanted: Form): EntryRead {
  const head = source.length > enough ? source.slice(0, lineAfter(source, enough)) : source;
  const read = withPackage(head, wanted);
  return read.problem === undefined && head.length < source.length ? withPackage(source, wanted) : read;
}
