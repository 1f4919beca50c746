import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import { registerCommand, showError } from '../../platform/vscode/ui';
import { looksLikeSpec } from '../detect';
import { registerRulePages } from './vscode/pages';

export interface GuidelinesHost {
  readonly context: vscode.ExtensionContext;
  readonly log: Log;
}

const languages = new Set(['yaml', 'json', 'jsonc']);

/** Starts the language server when the first API description is open, and no sooner. */
export function registerGuidelines(host: GuidelinesHost): vscode.Disposable {
  let client: Promise<vscode.Disposable> | undefined;
  const look = (document: vscode.TextDocument): void => {
    if (client || !languages.has(document.languageId) || !looksLikeSpec(document.getText())) return;
    client = start(host);
    client.catch((error: unknown) => {
      client = undefined;
      void showError(error, host.log);
    });
  };
  const pages = registerRulePages();
  vscode.workspace.textDocuments.forEach(look);
  return vscode.Disposable.from(
    pages,
    registerCommand('servicewright.guidelines.explainRule', host.log, pages.show),
    vscode.workspace.onDidOpenTextDocument(look),
    // A file becomes a description while somebody types it.
    vscode.workspace.onDidChangeTextDocument(({ document }) => look(document)),
    new vscode.Disposable(() => void client?.then((one) => one.dispose())),
  );
}

async function start(host: GuidelinesHost): Promise<vscode.Disposable> {
  const { startClient } = await import('./vscode/client');
  return startClient(host.context.asAbsolutePath('out/server.js'), [...languages]);
}
