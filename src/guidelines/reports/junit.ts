/** JUnit XML, as CI servers read it: a suite for each file, a case for each finding. */
import type { Finding } from '../finding';
import type { FileFindings, Report } from '../report';
import { tally } from '../report';

/** Findings of the severities error and warning are failures; the others are passed cases that say what was found. */
export const junitReport: Report = (files) => {
  const counts = tally(files);
  const total = counts.error + counts.warning + counts.info + counts.hint;
  const clean = files.filter(({ findings }) => findings.length === 0).length;
  const attributes = `tests="${total + clean}" failures="${counts.error + counts.warning}" errors="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="servicewright" ${attributes}>`,
    ...files.flatMap(suite),
    '</testsuites>',
    '',
  ].join('\n');
};

function suite(file: FileFindings): readonly string[] {
  const { error, warning } = tally([file]);
  const { path, findings } = file;
  const attributes = `tests="${Math.max(1, findings.length)}" failures="${error + warning}" errors="0"`;
  const cases =
    findings.length === 0
      ? [`    <testcase classname="${xml(path)}" name="no findings"/>`]
      : findings.flatMap((finding) => testCase(path, finding));
  return [`  <testsuite name="${xml(path)}" ${attributes}>`, ...cases, '  </testsuite>'];
}

function testCase(path: string, { rule, severity, message, range }: Finding): readonly string[] {
  const place = `${path}:${range.start.line + 1}:${range.start.character + 1}`;
  const head = `    <testcase classname="${xml(path)}" name="${xml(`${rule} at ${place}`)}"`;
  const text = xml(`${severity}: ${message} (${place})`);
  if (severity === 'info' || severity === 'hint')
    return [`${head}>`, `      <system-out>${text}</system-out>`, '    </testcase>'];
  return [
    `${head}>`,
    `      <failure type="${xml(rule)}" message="${xml(message)}">${text}</failure>`,
    '    </testcase>',
  ];
}

const names: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** What XML 1.0 has no way to write is left out. */
function xml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll(/[&<>"\t\n\r]/g, (character) => names[character] ?? character);
}
