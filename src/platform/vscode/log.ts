import * as vscode from 'vscode';
import type { Log } from '../../base/log';

export type VsCodeLog = Log & vscode.Disposable & { show(): void };

/** The extension's own output channel, with levels and times. */
export function createLog(): VsCodeLog {
  const channel = vscode.window.createOutputChannel('Servicewright', { log: true });
  return {
    debug: (message) => channel.debug(message),
    info: (message) => channel.info(message),
    warn: (message) => channel.warn(message),
    error: (message, cause) =>
      channel.error(cause instanceof Error ? `${message}: ${cause.stack ?? cause.message}` : message),
    show: () => channel.show(true),
    dispose: () => channel.dispose(),
  };
}
