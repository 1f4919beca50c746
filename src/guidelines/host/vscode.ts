import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import { registerCommand, showError } from '../../platform/vscode/ui';
import { isConfigPath } from '../config/names';
import { looksLikeSpec } from '../detect';
import { registerConfiguration } from './vscode/configuration';
import type { Filter, RunningClient, startClient } from './vscode/client';
import { registerRulePages } from './vscode/pages';

export interface GuidelinesHost {
  readonly context: vscode.ExtensionContext;
  readonly log: Log;
  /** Loads the client's bundle. */
  readonly loadClient: () => Promise<{ readonly startClient: typeof startClient }>;
}

/** Any scheme: descriptions in virtual workspaces and unsaved ones are checked as well. */
const selector: readonly Filter[] = [
  { language: 'yaml' },
  { language: 'json' },
  { language: 'jsonc' },
  { pattern: '**/*.{yaml,yml,json}' },
];

/** How much of a document is looked at while somebody types: it names what it is in its first lines. */
const head = new vscode.Range(0, 0, 100, 0);

/** Starts the language server when the first API description is open, and no sooner. */
export function registerGuidelines(host: GuidelinesHost): vscode.Disposable {
  let client: Promise<RunningClient> | undefined;
  const look = (document: vscode.TextDocument, part?: vscode.Range): void => {
    if (client || vscode.languages.match(selector, document) === 0) return;
    const isConfig = isConfigPath(document.uri.path);
    if (!isConfig && !looksLikeSpec(document.getText(part))) return;
    client = start(host);
    client.catch((error: unknown) => {
      client = undefined;
      void showError(error, host.log);
    });
  };
  const pages = registerRulePages();
  for (const document of vscode.workspace.textDocuments) look(document);
  return vscode.Disposable.from(
    pages,
    registerCommand('servicewright.guidelines.explainRule', host.log, pages.show),
    registerConfiguration(() => client, host.log),
    vscode.workspace.onDidOpenTextDocument((document) => look(document)),
    // A file becomes a description while somebody types it.
    vscode.workspace.onDidChangeTextDocument(({ document }) => look(document, head)),
    new vscode.Disposable(() => void client?.then((one) => one.dispose())),
  );
}

async function start(host: GuidelinesHost): Promise<RunningClient> {
  const client = await host.loadClient();
  return client.startClient(host.context.asAbsolutePath('out/server.js'), selector);
}
