import { count } from '../../base/text';
import type { FileChange } from '../plan';
import { markedLines } from './lines';
import type { ContentView, Decision, FileRow, FilesView } from './protocol';
import { sizeText } from './size';
import type { FormState } from './state';

/** What the form knows of the files that would be written. */
export interface Planned {
  readonly files: readonly FileChange[];
  /** Titles of questions that something stands in for. */
  readonly standIns: readonly string[];
}

/** The files as the page shows them. */
export function filesView({ files, standIns }: Planned, state: FormState): FilesView {
  const rows = files.map((file): FileRow => {
    const decision = state.decisions[file.path];
    return {
      path: file.path,
      kind: file.kind,
      managed: file.class === 'managed',
      size: file.bytes.length,
      executable: file.executable,
      decision: file.kind === 'conflict' ? decision : undefined,
    };
  });
  return {
    rows,
    summary: summaryOf(files, state.decisions),
    note: standIns.length === 0 ? undefined : `Shown with an example in place of ${standIns.join(', ')}.`,
    problem: undefined,
    conflicts: conflictsIn(files).length,
    shown: shownFile(files, state)?.path,
  };
}

/** A view without files, and why. */
export const noFiles = (problem: string): FilesView => ({
  rows: [],
  summary: '',
  note: undefined,
  problem,
  conflicts: 0,
  shown: undefined,
});

/** Paths about which somebody has to decide. */
export const conflictsIn = (files: readonly FileChange[]): readonly string[] =>
  files.filter((file) => file.kind === 'conflict').map((file) => file.path);

function summaryOf(files: readonly FileChange[], decisions: FormState['decisions']): string {
  const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
  const of = (kind: FileChange['kind']): number => files.filter((file) => file.kind === kind).length;
  const whole = `${count(files.length, 'file')}, ${sizeText(bytes)}`;
  if (of('create') === files.length) return whole;
  const open = conflictsIn(files).filter((path) => decisions[path] === undefined).length;
  const parts = [
    `${of('create')} new`,
    ...(of('same') === 0 ? [] : [`${of('same')} the same already`]),
    ...(of('merge') === 0 ? [] : [`${of('merge')} merged`]),
    ...(of('conflict') === 0 ? [] : [`${of('conflict')} different from yours`]),
    ...(open === 0 ? [] : [`${open} to decide`]),
  ];
  return `${whole}: ${parts.join(', ')}`;
}

/** The file that is looked at: the chosen one, else what needs a decision, else the README, else the first. */
export function shownFile(files: readonly FileChange[], state: FormState): FileChange | undefined {
  return (
    files.find((file) => file.path === state.shown) ??
    files.find((file) => file.kind === 'conflict') ??
    files.find((file) => file.path === 'README.md') ??
    files[0]
  );
}

/** No page shows more lines, and no line is longer. */
const mostLines = 2000;
const longestLine = 2000;

/** What will be written, line by line, against what stands there. */
export function contentView(file: FileChange, decision: Decision | undefined): ContentView {
  const standing = file.standing instanceof Uint8Array && file.kind !== 'same' ? file.standing : undefined;
  const asks = file.kind === 'conflict';
  const own = {
    path: file.path,
    differs: standing !== undefined,
    asks,
    decision: asks ? decision : undefined,
  };
  const fresh = textOf(file.bytes);
  const old = standing && textOf(standing);
  if (fresh === undefined)
    return { ...own, lines: [], notice: `A binary file of ${sizeText(file.bytes.length)}.` };
  if (file.bytes.length === 0) return { ...own, lines: [], notice: 'An empty file.' };
  const after = linesOf(fresh);
  const lines =
    old === undefined
      ? after.map((text) => ({ mark: ' ' as const, text }))
      : markedLines(linesOf(old), after);
  const cut = lines.length > mostLines;
  return {
    ...own,
    lines: lines.slice(0, mostLines).map(({ mark, text }) => ({ mark, text: text.slice(0, longestLine) })),
    notice: cut ? `The first ${mostLines} of ${lines.length} lines.` : undefined,
  };
}

/** UTF-8 text; undefined for anything else. */
function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

const linesOf = (text: string): readonly string[] => text.replace(/\r?\n$/, '').split(/\r?\n/);
