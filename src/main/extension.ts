import type * as vscode from 'vscode';
import { createLog } from '../platform/vscode/log';
import { registerCommand } from '../platform/vscode/ui';

/** Wires the rooms to VS Code; nothing is awaited, read or started here. */
export function activate(context: vscode.ExtensionContext): void {
  const log = createLog();
  context.subscriptions.push(
    log,
    registerCommand('servicewright.showLog', log, () => log.show()),
  );
}
