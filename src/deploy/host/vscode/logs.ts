import * as vscode from 'vscode';

/** The output channel of deploys. Logs of running services are documents. */
export interface LogChannels extends vscode.Disposable {
  /** Everything that deploys say. */
  readonly deploys: vscode.OutputChannel;
}

export function createLogChannels(): LogChannels {
  const deploys = vscode.window.createOutputChannel('Servicewright Deploys');
  return { deploys, dispose: () => deploys.dispose() };
}
