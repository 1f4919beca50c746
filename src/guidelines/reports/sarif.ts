/** SARIF 2.1.0 (OASIS), as code scanning reads it. */
import type { Finding } from '../finding';
import { ruleMarkdown } from '../explain';
import { formatPointer } from '../pointer';
import type { FileFindings, Report } from '../report';
import type { Rule, Severity } from '../rule';
import { allRules } from '../rules/index.gen';

const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

const known: ReadonlyMap<string, Rule> = new Map(allRules.map((rule) => [rule.id, rule]));

/** One run with the rules that found something. */
export const sarifReport: Report = (files) => {
  const ids = [...new Set(files.flatMap(({ findings }) => findings.map(({ rule }) => rule)))].toSorted();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Servicewright',
            rules: ids.map(descriptor),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { SRCROOT: { description: { text: 'The folder that lint was run in.' } } },
        artifacts: files.map(({ path }) => ({ location: locationOf(path) })),
        results: files.flatMap((file, index) => resultsOf(file, index, ids)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};

function descriptor(id: string): object {
  const rule = known.get(id);
  if (rule === undefined) return { id };
  const { summary, why, severity, source } = rule;
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: { text: why, markdown: ruleMarkdown(rule) },
    ...(source.url === undefined ? {} : { helpUri: source.url }),
    defaultConfiguration: { level: levels[severity] },
  };
}

function resultsOf(
  { path, findings }: FileFindings,
  index: number,
  ids: readonly string[],
): readonly object[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const pointer = formatPointer(finding.path.map(String));
    const key = `${finding.rule} ${pointer}`;
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    return {
      ruleId: finding.rule,
      ruleIndex: ids.indexOf(finding.rule),
      level: levels[finding.severity],
      message: { text: finding.message },
      locations: [{ physicalLocation: physical(path, index, finding), logicalLocations: [logical(pointer)] }],
      // Stays the same when lines are put in above.
      partialFingerprints: { 'ruleAndPointer/v1': `${key} ${nth}` },
    };
  });
}

const logical = (pointer: string): object => ({ fullyQualifiedName: pointer === '' ? '/' : pointer });

function physical(path: string, index: number, { range: { start, end } }: Finding): object {
  return {
    artifactLocation: { ...locationOf(path), index },
    region: {
      startLine: start.line + 1,
      startColumn: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
    },
  };
}

function locationOf(path: string): { readonly uri: string; readonly uriBaseId?: string } {
  const uri = path.split('/').map(encodeURIComponent).join('/');
  if (path.startsWith('/')) return { uri: `file://${uri}` };
  // `C:/…` of Windows.
  if (/^[A-Za-z]:\//.test(path)) return { uri: `file:///${path[0]}:${uri.slice('C%3A'.length)}` };
  return { uri, uriBaseId: 'SRCROOT' };
}
