/** The formats of `lint`, by name. */
import type { FileFindings, Report } from '../report';
import { jsonPieces, textPieces } from '../report';
import { githubReport } from './github';
import { junitReport } from './junit';
import { sarifReport } from './sarif';

/** A report as texts that follow each other. */
export type Pieces = (files: readonly FileFindings[]) => Iterable<string>;

function whole(report: Report): Pieces {
  return (files) => [report(files)];
}

export const reports: Readonly<Record<string, Pieces>> = {
  text: textPieces,
  json: jsonPieces,
  sarif: whole(sarifReport),
  junit: whole(junitReport),
  github: whole(githubReport),
};
