import * as vscode from 'vscode';
import type { Log } from '../../../base/log';
import { contextKeys } from '../../../base/views';
import { registerCommand } from '../../../platform/vscode/ui';
import { looksLikeSpec } from '../../detect';
import { noDescriptionToPreview } from '../../errors';
import type { RunningClient } from './client';
import type { PreviewPanel } from './preview-panel';
import { openPreview } from './preview-panel';

export interface PreviewHost {
  /** Undefined until a description was open. */
  readonly client: () => Promise<RunningClient> | undefined;
  readonly extensionUri: vscode.Uri;
  readonly log: Log;
}

/** How much of a document is looked at to tell what it is. */
const head = new vscode.Range(0, 0, 100, 0);

/** *Open API Preview*: one panel for each document, beside it. */
export function registerPreview(host: PreviewHost): vscode.Disposable {
  const panels = new Map<string, PreviewPanel>();
  const show = async (): Promise<void> => {
    const document = vscode.window.activeTextEditor?.document;
    const client = document && isDescription(document) ? await host.client() : undefined;
    if (document === undefined || client === undefined) throw noDescriptionToPreview();
    const key = document.uri.toString();
    const known = panels.get(key);
    if (known) return known.reveal();
    const panel = openPreview(document, client, host);
    panels.set(key, panel);
    panel.onDidClose(() => panels.delete(key));
  };
  const tell = (): void => {
    const document = vscode.window.activeTextEditor?.document;
    void vscode.commands.executeCommand(
      'setContext',
      contextKeys.showsDescription,
      document !== undefined && isDescription(document),
    );
  };
  tell();
  return vscode.Disposable.from(
    registerCommand('servicewright.guidelines.preview', host.log, show),
    vscode.window.onDidChangeActiveTextEditor(tell),
    vscode.workspace.onDidSaveTextDocument(tell),
    new vscode.Disposable(() => panels.forEach((panel) => panel.close())),
  );
}

function isDescription(document: vscode.TextDocument): boolean {
  return ['yaml', 'json', 'jsonc'].includes(document.languageId) && looksLikeSpec(document.getText(head));
}
