import * as vscode from 'vscode';
import { UserError } from '../../../base/errors';
import { dirname, join } from '../../../base/paths';
import type { Files } from '../../../base/ports';
import { suggestions } from '../../editor/complete';
import { pathOf } from './args';

const selector: vscode.DocumentSelector = { scheme: 'file', pattern: '**/template.yaml' };
/** How long nobody must have typed before a text is read. */
const pauseMs = 300;

/** Reports what is wrong with a `template.yaml` that has `files/` beside it, and completes it. Nothing of the template is run. */
export function registerTemplateEditor(files: Files): vscode.Disposable {
  const found = vscode.languages.createDiagnosticCollection('servicewright-template');
  const timers = new Map<string, NodeJS.Timeout>();
  const check = async (document: vscode.TextDocument): Promise<void> => {
    const faults = (await isTemplate(document, files)) ? await faultsIn(document) : [];
    if (!document.isClosed) found.set(document.uri, faults);
  };
  const soon = (document: vscode.TextDocument, ms: number): void => {
    if (vscode.languages.match(selector, document) === 0) return;
    const key = document.uri.toString();
    clearTimeout(timers.get(key));
    timers.set(
      key,
      setTimeout(() => void check(document), ms),
    );
  };
  const forget = (document: vscode.TextDocument): void => {
    clearTimeout(timers.get(document.uri.toString()));
    timers.delete(document.uri.toString());
    found.delete(document.uri);
  };
  for (const document of vscode.workspace.textDocuments) soon(document, 0);
  return vscode.Disposable.from(
    found,
    vscode.workspace.onDidOpenTextDocument((document) => soon(document, 0)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => soon(document, pauseMs)),
    vscode.workspace.onDidCloseTextDocument(forget),
    new vscode.Disposable(() => timers.forEach(clearTimeout)),
    vscode.languages.registerCompletionItemProvider(
      selector,
      {
        provideCompletionItems: async (document, position) =>
          (await isTemplate(document, files)) ? itemsAt(document, position) : [],
      },
      '-',
      ' ',
    ),
  );
}

/** Other tools have files of that name too; a template has files beside it. */
async function isTemplate(document: vscode.TextDocument, files: Files): Promise<boolean> {
  return (await files.kind(join(dirname(pathOf(document.uri)), 'files'))) === 'directory';
}

async function faultsIn(document: vscode.TextDocument): Promise<readonly vscode.Diagnostic[]> {
  // Loaded when a template is first open: its reader is a big part of the bundle.
  const { parseTemplate } = await import('../../manifest');
  try {
    parseTemplate(document.getText(), pathOf(document.uri));
    return [];
  } catch (error) {
    if (error instanceof UserError) return [diagnosticOf(error, document)];
    throw error;
  }
}

function diagnosticOf(error: UserError, document: vscode.TextDocument): vscode.Diagnostic {
  const line = error.fix?.kind === 'file' ? (error.fix.line ?? 0) : 0;
  const { range, firstNonWhitespaceCharacterIndex: start } = document.lineAt(
    Math.min(line, document.lineCount - 1),
  );
  const why = error.message.replace(/^The template file .*? can't be used: /s, '');
  const at = new vscode.Range(range.start.line, start, range.end.line, range.end.character);
  const fault = new vscode.Diagnostic(at, why.charAt(0).toUpperCase() + why.slice(1));
  fault.source = 'Servicewright';
  return fault;
}

function itemsAt(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[] {
  const text = document.getText();
  const offset = document.offsetAt(position);
  return suggestions(text.slice(0, offset), text.slice(offset)).map(({ label, help, isKey }, index) => {
    const kind = isKey ? vscode.CompletionItemKind.Property : vscode.CompletionItemKind.EnumMember;
    const item = new vscode.CompletionItem(label, kind);
    item.documentation = new vscode.MarkdownString(help);
    item.insertText = isKey ? `${label}: ` : label;
    item.sortText = String(index).padStart(3, '0');
    return item;
  });
}
