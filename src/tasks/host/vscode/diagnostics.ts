import * as vscode from 'vscode';
import { dirname } from '../../../base/paths';
import { filesOf } from '../../../platform/vscode/files';
import { onSettingChange } from '../../../platform/vscode/settings';
import { problemsIn } from '../../language';
import type { Problem, ProblemFix } from '../../language/problem';
import type { TasksHost } from '../vscode';
import { outlinesAround } from './outlines';
import { toRange } from './ranges';
import type { Targets } from './targets';
import { makefileSelector } from './watch';

const source = 'servicewright';
const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  hint: vscode.DiagnosticSeverity.Hint,
} as const;

interface Shown {
  readonly diagnostic: vscode.Diagnostic;
  readonly fixes: readonly ProblemFix[];
}

const quietMs = 300;

/** Problems of the Makefiles that are open, with their fixes. */
export function registerDiagnostics(host: TasksHost, targets: Targets): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection(source);
  const shown = new Map<string, readonly Shown[]>();
  let timer: NodeJS.Timeout | undefined;
  const check = async (document: vscode.TextDocument): Promise<void> => {
    const { version } = document;
    const problems = host.settings.get('tasks.diagnostics', document.uri.fsPath)
      ? await problemsOf(document, targets)
      : [];
    if (document.isClosed || document.version !== version) return;
    const found = problems.map((problem) => ({
      diagnostic: diagnosticOf(problem, document.uri),
      fixes: problem.fixes,
    }));
    shown.set(document.uri.toString(), found);
    collection.set(
      document.uri,
      found.map(({ diagnostic }) => diagnostic),
    );
  };
  const isOurs = (document: vscode.TextDocument): boolean =>
    vscode.languages.match(makefileSelector, document) > 0;
  const checkAll = (): void => {
    for (const document of vscode.workspace.textDocuments) if (isOurs(document)) void check(document);
  };
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(checkAll, quietMs);
  };
  checkAll();
  return vscode.Disposable.from(
    collection,
    vscode.workspace.onDidOpenTextDocument((document) => void (isOurs(document) && check(document))),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      collection.delete(uri);
      shown.delete(uri.toString());
    }),
    targets.onDidChange(later),
    onSettingChange('tasks.diagnostics', later),
    vscode.languages.registerCodeActionsProvider(makefileSelector, fixProvider(shown), {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
    { dispose: () => clearTimeout(timer) },
  );
}

async function problemsOf(document: vscode.TextDocument, targets: Targets): Promise<readonly Problem[]> {
  const { owner, files } = await outlinesAround(document, targets);
  const makefile = owner?.list.makefile;
  const [own] = files;
  if (!makefile || !own) return [];
  const entries = await filesOf(document.uri).list(dirname(makefile.entry));
  const names = entries.map(({ name, kind }) => (kind === 'directory' ? `${name}/` : name));
  return problemsIn({
    file: document.uri.path,
    lines: own.text.split(/\r?\n/),
    outline: own.outline,
    outlines: files.map(({ outline }) => outline),
    makefile,
    names: names.length === 0 ? undefined : new Set(names),
  });
}

function diagnosticOf(problem: Problem, uri: vscode.Uri): vscode.Diagnostic {
  const { range, message, severity, code, related } = problem;
  const diagnostic = new vscode.Diagnostic(toRange(range), message, severities[severity]);
  diagnostic.source = source;
  diagnostic.code = code;
  if (related) {
    const location = new vscode.Location(uri.with({ path: related.file }), toRange(related.range));
    diagnostic.relatedInformation = [new vscode.DiagnosticRelatedInformation(location, related.message)];
  }
  return diagnostic;
}

function fixProvider(shown: ReadonlyMap<string, readonly Shown[]>): vscode.CodeActionProvider {
  return {
    provideCodeActions({ uri }, range) {
      const here = (shown.get(uri.toString()) ?? []).filter(
        ({ diagnostic }) => diagnostic.range.intersection(range) !== undefined,
      );
      return here.flatMap(({ diagnostic, fixes }) => fixes.map((fix) => actionOf(fix, diagnostic, uri)));
    },
  };
}

function actionOf(
  { title, edits }: ProblemFix,
  diagnostic: vscode.Diagnostic,
  uri: vscode.Uri,
): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.edit = new vscode.WorkspaceEdit();
  for (const { range, text } of edits) action.edit.replace(uri, toRange(range), text);
  return action;
}
