import type { CodeAction, Diagnostic, TextEdit } from 'vscode-languageserver-protocol';
import { CodeActionKind, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver-protocol';
import type { Edit } from '../../edit';
import type { Finding } from '../../finding';
import type { Gathered } from '../../gathered';
import { safeEdits } from '../../fix';
import type { Rule, Severity } from '../../rule';
import { allRules } from '../../rules/index.gen';
import type { Spec } from '../../spec';
import { LazyFinding } from '../../told';
import { worstAround } from './nearest';
import type { Checked } from './open';

export const ruleById: ReadonlyMap<string, Rule> = new Map(allRules.map((rule) => [rule.id, rule]));

const severityOf: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export const fixAllKind = `${CodeActionKind.SourceFixAll}.servicewright`;

/** The most findings that are sent for one document; the last says how many more there are. */
const most = 500;

/** Findings as the editor wants them; when there are too many, the worst, and of those the ones near to where somebody types. */
export function diagnosticsOf({ told, spec, document, isEarly }: Checked): readonly Diagnostic[] {
  if (spec === undefined) return [];
  const shown = worstAround(told, document.cursor, most);
  const diagnostics = shown.map((one) => diagnosticOf(new LazyFinding(one, spec)));
  if (told.length <= most || isEarly === true) return diagnostics;
  const start = { line: 0, character: 0 };
  const rest: Diagnostic = {
    range: { start, end: start },
    severity: DiagnosticSeverity.Information,
    source: 'servicewright',
    message: `${told.length - most} more findings are not shown; servicewright lint lists them all.`,
  };
  return [...diagnostics, rest];
}

function diagnosticOf(finding: Finding): Diagnostic {
  const url = ruleById.get(finding.rule)?.source.url;
  return {
    range: finding.range,
    severity: severityOf[finding.severity],
    code: finding.rule,
    ...(url === undefined ? {} : { codeDescription: { href: url } }),
    source: 'servicewright',
    message: finding.message,
    ...(finding.rule === 'unused-component' ? { tags: [DiagnosticTag.Unnecessary] } : {}),
  };
}

const textEdit = (spec: Spec, edit: Edit): TextEdit => ({
  range: spec.source.lines.rangeOf(edit),
  newText: edit.text,
});

/** The quick fix of a finding, if it has one. */
export function quickFixOf(finding: Finding, spec: Spec, uri: string): readonly CodeAction[] {
  const { fix } = finding;
  const edits = fix?.edits() ?? [];
  // What would have to be changed may stand in another file.
  if (!fix || edits.length === 0) return [];
  return [
    {
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      isPreferred: fix.safe,
      diagnostics: [diagnosticOf(finding)],
      edit: { changes: { [uri]: edits.map((edit) => textEdit(spec, edit)) } },
    },
  ];
}

/** Mends everything that can be mended unseen, in one step; of fixes that touch each other the first wins. */
export function fixAllOf({ all }: Gathered, spec: Spec, uri: string): readonly CodeAction[] {
  const edits = safeEdits(all);
  if (edits.length === 0) return [];
  return [
    {
      title: 'Fix all safe guideline findings',
      kind: fixAllKind,
      edit: { changes: { [uri]: edits.map((edit) => textEdit(spec, edit)) } },
    },
  ];
}

/** Opens the page of a rule, through a command of the client. */
export function explainAction(id: string, command: string): CodeAction {
  const title = `Explain ${id}`;
  return { title, kind: CodeActionKind.QuickFix, command: { title, command, arguments: [id] } };
}
