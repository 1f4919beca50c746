/** Findings of several files, as one document for people or for programs. */
import { count } from '../base/text';
import type { Finding } from './finding';
import type { Severity } from './rule';
import { severities } from './rule';

export interface FileFindings {
  /** As it was named, or found, seen from the working folder. */
  readonly path: string;
  readonly findings: readonly Finding[];
}

/** Findings of several files as one document. */
export type Report = (files: readonly FileFindings[]) => string;

type Counts = Record<Severity, number>;
const noCounts = (): Counts => ({ error: 0, warning: 0, info: 0, hint: 0 });

/** How many findings there are of each severity. */
export function tally(files: readonly FileFindings[]): Readonly<Counts> {
  const counts = noCounts();
  for (const { findings } of files) for (const finding of findings) counts[finding.severity] += 1;
  return counts;
}

/** The document of `lint --format json`, piece by piece: of very many findings the whole would take hundreds of megabytes. */
export function* jsonPieces(files: readonly FileFindings[]): Iterable<string> {
  const counts = noCounts();
  let piece = '{\n  "files": [';
  for (const [nth, { path, findings }] of files.entries()) {
    piece += `${nth === 0 ? '' : ','}\n    {\n      "path": ${JSON.stringify(path)},\n      "findings": [`;
    let separator = '';
    for (const finding of findings) {
      counts[finding.severity] += 1;
      piece += `${separator}\n        ${jsonAt(8, jsonFinding(finding))}`;
      separator = ',';
      if (piece.length < pieceLength) continue;
      yield piece;
      piece = '';
    }
    piece += findings.length === 0 ? ']\n    }' : '\n      ]\n    }';
  }
  const { error, warning, info, hint } = counts;
  const sums = { errors: error, warnings: warning, infos: info, hints: hint, files: files.length };
  yield `${piece}${files.length === 0 ? '' : '\n  '}],\n  "summary": ${jsonAt(2, sums)}\n}\n`;
}

/** A value as JSON that stands so many blanks from the left. A line break of a text is never written as itself. */
function jsonAt(indent: number, value: object): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${' '.repeat(indent)}`);
}

/** One finding as it stands in JSON. */
export function jsonFinding({ rule, severity, message, range, path, fix, before }: Finding): object {
  return { rule, severity, message, range, path, fixable: fix !== undefined, before };
}

/** One line for each finding, `path:line:column` counted from one as editors and terminals do, and a last line that sums up. */
export function textReport(files: readonly FileFindings[]): string {
  return [...textPieces(files)].join('');
}

/** As `textReport`, piece by piece: of very many findings the whole would be a text of many megabytes. */
export function* textPieces(files: readonly FileFindings[]): Iterable<string> {
  const tails = new Tails();
  const counts = noCounts();
  let piece = '';
  for (const { path, findings } of files)
    for (const finding of findings) {
      counts[finding.severity] += 1;
      const { line, character } = finding.range.start;
      piece += `${path}:${line + 1}:${character + 1}${tails.of(finding)}`;
      if (piece.length < pieceLength) continue;
      yield piece;
      piece = '';
    }
  yield `${piece}${summary(files.length, counts)}\n`;
}

const pieceLength = 1 << 16;

/** What stands behind the place of a finding: many rules say the same everywhere, so what each said last is kept. */
class Tails {
  readonly #last = new Map<string, readonly [message: string, severity: Severity, tail: string]>();

  of({ rule, severity, message }: Finding): string {
    const last = this.#last.get(rule);
    if (last?.[0] === message && last[1] === severity) return last[2];
    const tail = `: ${severity}: ${message} (${rule})\n`;
    this.#last.set(rule, [message, severity, tail]);
    return tail;
  }
}

function summary(files: number, counts: Readonly<Counts>): string {
  const found = severities.filter((one) => counts[one] > 0).map((one) => count(counts[one], one));
  return `${count(files, 'file')}: ${found.length === 0 ? 'no findings' : found.join(', ')}`;
}
