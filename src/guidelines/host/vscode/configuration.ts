import * as vscode from 'vscode';
import type { Log } from '../../../base/log';
import { registerCommand } from '../../../platform/vscode/ui';
import { noDescriptionOpen, notSilenced } from '../../errors';
import type { RunningClient } from './client';

/** Commands about the configuration: show what holds, and silence a finding for a reason. */
export function registerConfiguration(
  client: () => Promise<RunningClient> | undefined,
  log: Log,
): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand('servicewright.guidelines.showConfiguration', log, async () => {
      const uri = vscode.window.activeTextEditor?.document.uri;
      const text = uri && (await (await client())?.effective(uri));
      if (text === undefined) throw noDescriptionOpen();
      const document = await vscode.workspace.openTextDocument({ content: text, language: 'json' });
      await vscode.window.showTextDocument(document, { preview: true });
    }),
    registerCommand('servicewright.guidelines.disable', log, async (finding?: unknown, given?: unknown) => {
      const reason = typeof given === 'string' ? given : await askReason();
      if (reason === undefined) return;
      const edit = await (await client())?.disable(finding, reason);
      if (edit === undefined || !(await vscode.workspace.applyEdit(edit))) throw notSilenced();
      await saveIgnoreFiles(edit);
    }),
  );
}

function askReason(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: 'Why may this stay?',
    prompt: 'One sentence for those who meet it in a year.',
    validateInput: (text) => (text.trim() === '' ? 'A reason is needed.' : undefined),
  });
}

/** The description itself is left to its author to save; the ignore file holds once it is saved. */
async function saveIgnoreFiles(edit: vscode.WorkspaceEdit): Promise<void> {
  for (const [uri] of edit.entries())
    if (uri.path.endsWith('/guidelines-ignore.yaml'))
      await (await vscode.workspace.openTextDocument(uri)).save();
}
