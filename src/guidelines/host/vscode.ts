import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import { registerCommand, showError } from '../../platform/vscode/ui';
import { isConfigPath } from '../config/names';
import { looksLikeSpec } from '../detect';
import type { Rule } from '../rule';
import { registerConfiguration } from './vscode/configuration';
import type { Filter, RunningClient, startClient } from './vscode/client';
import { registerPreview } from './vscode/preview';
import { registerRulePages } from './vscode/pages';
import { registerReferences } from './vscode/references';
import type { Scores } from './vscode/scores';
import { createScores } from './vscode/scores';

export interface GuidelinesHost {
  readonly context: vscode.ExtensionContext;
  readonly log: Log;
  /** Loads the client's bundle. */
  readonly loadClient: () => Promise<{
    readonly startClient: typeof startClient;
    readonly loadRules: () => Promise<readonly Rule[]>;
  }>;
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

/** A part of a description says no more of itself than that it refers to other files. */
const leadsToFile = /\$ref["']?[ \t]*:[ \t]*["']?[^\s"'#]*\.(?:ya?ml|json)/;

export interface Guidelines extends vscode.Disposable {
  /** How the descriptions fare; asking for one starts the language server. */
  readonly scores: Scores;
}

/** Starts the language server when the first API description is open, or its score is asked for, and no sooner. */
export function registerGuidelines(host: GuidelinesHost): Guidelines {
  let client: Promise<RunningClient> | undefined;
  const running = (): Promise<RunningClient> => {
    if (client) return client;
    const starting = start(host);
    client = starting;
    starting.catch((error: unknown) => {
      client = undefined;
      void showError(error, host.log);
    });
    return starting;
  };
  const look = (document: vscode.TextDocument, part?: vscode.Range): void => {
    if (client || vscode.languages.match(selector, document) === 0) return;
    const isConfig = isConfigPath(document.uri.path);
    const text = isConfig ? '' : document.getText(part);
    if (!isConfig && !looksLikeSpec(text) && !leadsToFile.test(text)) return;
    // What fails is told where it starts.
    running().catch(() => undefined);
  };
  const pages = registerRulePages(async () => (await host.loadClient()).loadRules());
  for (const document of vscode.workspace.textDocuments) look(document);
  const scores = createScores(running);
  const registered = vscode.Disposable.from(
    pages,
    scores,
    registerCommand('servicewright.guidelines.explainRule', host.log, pages.show),
    registerConfiguration(() => client, host.log),
    registerReferences(() => client, host.log),
    registerPreview({ client: () => client, extensionUri: host.context.extensionUri, log: host.log }),
    vscode.workspace.onDidOpenTextDocument((document) => look(document)),
    // A file becomes a description while somebody types it.
    vscode.workspace.onDidChangeTextDocument(({ document }) => look(document, head)),
    new vscode.Disposable(() => void client?.then((one) => one.dispose())),
  );
  return { scores, dispose: () => registered.dispose() };
}

async function start(host: GuidelinesHost): Promise<RunningClient> {
  const client = await host.loadClient();
  return client.startClient(host.context.asAbsolutePath('out/server.js'), selector);
}
