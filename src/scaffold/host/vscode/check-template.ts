import * as vscode from 'vscode';
import { basename, dirname, join } from '../../../base/paths';
import type { Files } from '../../../base/ports';
import { count } from '../../../base/text';
import { signalOf } from '../../../platform/vscode/ui';
import type { CheckReport, Finding } from '../../check';
import { checkTemplate, findingText } from '../../check';
import { noTemplateHere } from '../../errors/sources';
import { readTemplate } from '../../source';
import type { Template } from '../../template';
import type { ScaffoldHost } from '../vscode';
import { pathOf, slashed } from './args';

const manifest = 'template.yaml';

/** What a caller of the command gets; lines are zero-based. */
export interface Checked {
  readonly dir: string;
  readonly combinations: number;
  readonly findings: readonly Finding[];
}

/**
 * Checks the template that was clicked, or that the open file belongs to, or that the person picks, as it stands in the editor. What is
 * wrong goes to Problems in place of what an earlier check of the same template said. Throws a UserError, AbortError on cancel.
 */
export async function checkTemplateHere(
  host: ScaffoldHost,
  problems: vscode.DiagnosticCollection,
  target: unknown,
): Promise<Checked> {
  const dir = await folderFor(host.world.files, target);
  const files = withOpenTexts(host.world.files);
  const template = await readTemplate(files, { dir, source: dir });
  const text = (await files.readText(join(dir, manifest))) ?? '';
  const report = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: `Checking ${template.title}`,
      cancellable: true,
    },
    (progress, token) =>
      checkTemplate(template, { manifest: text, signal: signalOf(token), onTrial: showing(progress) }),
  );
  show(problems, template, report.findings);
  // Not awaited: the command is done when Problems shows what was found.
  void tell(template, report);
  return { dir, combinations: report.trials, findings: report.findings };
}

type Progress = Parameters<Parameters<typeof vscode.window.withProgress>[1]>[0];

/** Shows how far it is, and lets the window breathe between two combinations. */
function showing(progress: Progress): (done: number, all: number) => Promise<void> {
  return async (done, all) => {
    progress.report({ message: `${done} of ${all} combinations of answers`, increment: 100 / all });
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
  };
}

async function folderFor(files: Files, target: unknown): Promise<string> {
  const clicked = target instanceof vscode.Uri ? target : vscode.window.activeTextEditor?.document.uri;
  const around = clicked?.scheme === 'file' ? await templateAround(files, pathOf(clicked)) : undefined;
  if (around !== undefined) return around;
  const found = await vscode.workspace.findFiles(`**/${manifest}`, '**/{node_modules,.venv}/**', 50);
  const dirs = found.filter((uri) => uri.scheme === 'file').map((uri) => dirname(pathOf(uri)));
  const [only] = dirs;
  if (only === undefined) throw noTemplateHere();
  return dirs.length === 1 ? only : pick(dirs);
}

/** The nearest folder upwards that holds a `template.yaml`. */
async function templateAround(files: Files, path: string): Promise<string | undefined> {
  for (let dir = path; ; dir = dirname(dir)) {
    if ((await files.kind(join(dir, manifest))) === 'file') return dir;
    if (dirname(dir) === dir || !dir.includes('/')) return undefined;
  }
}

async function pick(dirs: readonly string[]): Promise<string> {
  const items = dirs.toSorted().map((dir) => ({ label: basename(dir), description: dir }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Check Template',
    placeHolder: 'Which template?',
  });
  if (!picked) throw new DOMException('left', 'AbortError');
  return picked.description;
}

/** Files as they stand in the editor, saved or not. */
function withOpenTexts(files: Files): Files {
  const open = (path: string): string | undefined =>
    vscode.workspace.textDocuments
      .find((one) => one.isDirty && one.uri.scheme === 'file' && pathOf(one.uri) === path)
      ?.getText();
  return {
    ...files,
    readText: async (path) => open(path) ?? files.readText(path),
    readBytes: async (path) => {
      const text = open(path);
      return text === undefined ? files.readBytes(path) : new TextEncoder().encode(text);
    },
  };
}

/** Replaces what was shown of this template. */
function show(problems: vscode.DiagnosticCollection, template: Template, findings: readonly Finding[]): void {
  // What it includes lies beside it.
  const own = [`${template.dir}/`, `${join(dirname(template.dir), 'shared')}/`];
  const before: vscode.Uri[] = [];
  problems.forEach((uri) => {
    if (own.some((folder) => slashed(uri.fsPath).startsWith(folder))) before.push(uri);
  });
  for (const uri of before) problems.delete(uri);
  for (const path of new Set(findings.map((one) => one.path)))
    problems.set(vscode.Uri.file(path), findings.filter((one) => one.path === path).map(diagnosticOf));
}

function diagnosticOf(finding: Finding): vscode.Diagnostic {
  // To the end of the line, wherever that is.
  const range = new vscode.Range(finding.line, 0, finding.line, Number.MAX_SAFE_INTEGER);
  const severity =
    finding.severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
  const diagnostic = new vscode.Diagnostic(range, findingText(finding), severity);
  diagnostic.source = 'Servicewright';
  diagnostic.code = finding.code;
  return diagnostic;
}

async function tell(template: Template, { findings, trials, files }: CheckReport): Promise<void> {
  const tried = `${count(files, 'file')} of ${count(trials, 'combination')} of answers`;
  if (findings.length === 0) {
    await vscode.window.showInformationMessage(`${template.title}: nothing is wrong in ${tried}.`);
    return;
  }
  const problems = 'Show Problems';
  const said = `${template.title}: ${count(findings.length, 'finding')} in ${tried}.`;
  if ((await vscode.window.showWarningMessage(said, problems)) === problems)
    await vscode.commands.executeCommand('workbench.actions.view.problems');
}
