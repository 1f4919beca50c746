import * as vscode from 'vscode';
import { completeManifest } from '../../complete';
import { manifestName } from '../../name';

const selector: vscode.DocumentFilter = { pattern: `**/${manifestName}` };
const quietMs = 300;

/** Problems and completions of the servicewright.yaml files that are open. */
export function registerManifestEditor(): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('servicewright');
  const timers = new Map<string, NodeJS.Timeout>();
  const soon = (document: vscode.TextDocument): void => {
    if (vscode.languages.match(selector, document) === 0) return;
    const key = document.uri.toString();
    clearTimeout(timers.get(key));
    timers.set(
      key,
      setTimeout(() => void check(document, collection), quietMs),
    );
  };
  for (const document of vscode.workspace.textDocuments) soon(document);
  return vscode.Disposable.from(
    collection,
    vscode.workspace.onDidOpenTextDocument(soon),
    vscode.workspace.onDidChangeTextDocument(({ document }) => soon(document)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => collection.delete(uri)),
    new vscode.Disposable(() => {
      for (const timer of timers.values()) clearTimeout(timer);
    }),
    vscode.languages.registerCompletionItemProvider(selector, { provideCompletionItems: complete }, ' '),
  );
}

async function check(document: vscode.TextDocument, collection: vscode.DiagnosticCollection): Promise<void> {
  // Loaded when one is open: the YAML reader is not small.
  const { manifestProblems } = await import('../../manifest');
  if (document.isClosed) return;
  const found = manifestProblems(document.getText()).map(({ from, to, message }) => {
    const range = new vscode.Range(document.positionAt(from), document.positionAt(to));
    const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
    diagnostic.source = 'servicewright';
    return diagnostic;
  });
  collection.set(document.uri, found);
}

function complete(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[] {
  // Its own schema completes better, where the YAML extension reads it.
  if (vscode.extensions.getExtension('redhat.vscode-yaml')) return [];
  const before = document.getText(new vscode.Range(new vscode.Position(0, 0), position));
  return completeManifest(before).map(({ label, detail, insert }) => {
    const item = new vscode.CompletionItem(label, vscode.CompletionItemKind.Property);
    item.detail = detail;
    item.insertText = new vscode.SnippetString(insert);
    return item;
  });
}
