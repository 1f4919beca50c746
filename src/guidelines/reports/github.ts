/** Workflow commands of GitHub Actions: each finding becomes a note at its line. */
import type { Report } from '../report';
import { textReport } from '../report';
import type { Severity } from '../rule';
import { severities } from '../rule';

const commands: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
};
/** GitHub shows ten of each kind for a step; what is more only costs time. The rest is in the log as text. */
const most = 10;

/** Commands for the worst findings of each kind, then all of them as text for the log. */
export const githubReport: Report = (files) => {
  const all = files.flatMap(({ path, findings }) => findings.map((finding) => ({ path, finding })));
  const left = { error: most, warning: most, notice: most };
  const lines = severities.flatMap((severity) =>
    all.flatMap(({ path, finding }) => {
      const kind = kindOf(severity);
      if (finding.severity !== severity || left[kind] === 0) return [];
      left[kind] -= 1;
      const { start, end } = finding.range;
      const place = [
        `file=${property(path)}`,
        `line=${start.line + 1}`,
        `endLine=${end.line + 1}`,
        // With columns the two lines have to be the same.
        ...(start.line === end.line ? [`col=${start.character + 1}`, `endColumn=${end.character + 1}`] : []),
        `title=${property(finding.rule)}`,
      ];
      return [`::${commands[severity]} ${place.join(',')}::${data(finding.message)}`];
    }),
  );
  return `${[...lines, textReport(files)].join('\n')}`;
};

function kindOf(severity: Severity): 'error' | 'warning' | 'notice' {
  return severity === 'error' || severity === 'warning' ? severity : 'notice';
}

const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
