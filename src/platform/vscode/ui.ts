import * as vscode from 'vscode';
import type { CommandId } from '../../base/commands';
import type { Fix } from '../../base/errors';
import { UserError, isAbort } from '../../base/errors';
import type { Log } from '../../base/log';

const showLog = 'Show Log';

/** Shows an error to a person: its message, its fix as a button, and the log. Cancelling is silent. The one place that does so. */
export async function showError(error: unknown, log: Log): Promise<void> {
  if (isAbort(error)) return;
  if (!(error instanceof UserError)) {
    log.error('Unexpected error', error);
    await offer('Servicewright ran into a bug of its own; the log says where, and a report is welcome.');
    return;
  }
  log.error([`${error.code}: ${error.message}`, ...error.lines].join('\n'), error.cause);
  await offer(error.message, error.fix);
}

async function offer(message: string, fix?: Fix): Promise<void> {
  const text = fix?.kind === 'hint' ? `${message} ${fix.label}` : message;
  const buttons = fix && fix.kind !== 'hint' ? [fix.label, showLog] : [showLog];
  const picked = await vscode.window.showErrorMessage(text, ...buttons);
  if (picked === showLog) await vscode.commands.executeCommand('servicewright.showLog' satisfies CommandId);
  else if (picked !== undefined && fix) await applyFix(fix);
}

async function applyFix(fix: Fix): Promise<void> {
  switch (fix.kind) {
    case 'command':
      await vscode.commands.executeCommand(fix.command, ...(fix.args ?? []));
      return;
    case 'setting':
      await vscode.commands.executeCommand('workbench.action.openSettings', `servicewright.${fix.setting}`);
      return;
    case 'file': {
      const at = new vscode.Position(fix.line ?? 0, 0);
      await vscode.window.showTextDocument(vscode.Uri.file(fix.path), {
        selection: new vscode.Range(at, at),
      });
      return;
    }
    case 'url':
      await vscode.env.openExternal(vscode.Uri.parse(fix.url));
      return;
    case 'hint':
      return;
  }
}

/** Registers a command of the table; what it throws is shown to the person, what it returns goes to the caller. */
export function registerCommand<A extends readonly unknown[]>(
  id: CommandId,
  log: Log,
  handler: (...args: A) => unknown,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...args: A) => {
    try {
      return await handler(...args);
    } catch (error) {
      void showError(error, log);
      return undefined;
    }
  });
}

/** An AbortSignal that fires when the token is cancelled. */
export function signalOf(token: vscode.CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
