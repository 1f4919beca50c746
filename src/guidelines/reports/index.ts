/** The formats of `lint`, by name. */
import type { Report } from '../report';
import { jsonReport, textReport } from '../report';
import { githubReport } from './github';
import { junitReport } from './junit';
import { sarifReport } from './sarif';

export const reports: Readonly<Record<string, Report>> = {
  text: textReport,
  json: jsonReport,
  sarif: sarifReport,
  junit: junitReport,
  github: githubReport,
};
