import * as vscode from 'vscode';
import type { TasksHost } from '../vscode';
import { createCompletion } from './completion';
import { registerDiagnostics } from './diagnostics';
import { createHover } from './hover';
import { createNavigation } from './navigate';
import { symbolProvider } from './symbols';
import type { Targets } from './targets';
import { makefileSelector, taskFileSelector } from './watch';

/** What helps to read and write Makefiles. Loaded when the first one is open. */
export function registerLanguage(host: TasksHost, targets: Targets): vscode.Disposable {
  const navigation = createNavigation(targets);
  return vscode.Disposable.from(
    vscode.languages.registerHoverProvider(taskFileSelector, createHover(targets)),
    vscode.languages.registerDocumentSymbolProvider(makefileSelector, symbolProvider, { label: 'Make' }),
    vscode.languages.registerDefinitionProvider(makefileSelector, navigation),
    vscode.languages.registerReferenceProvider(makefileSelector, navigation),
    vscode.languages.registerRenameProvider(makefileSelector, navigation),
    vscode.languages.registerCompletionItemProvider(
      makefileSelector,
      createCompletion(targets),
      '(',
      '{',
      ' ',
    ),
    registerDiagnostics(host, targets),
  );
}
