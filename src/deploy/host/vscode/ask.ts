import * as vscode from 'vscode';

/** Asks in the middle of the window; whoever does not say yes has said no. */
export async function confirm(question: string, yes: string, detail?: string): Promise<boolean> {
  const options = { modal: true, ...(detail === undefined ? {} : { detail }) };
  return (await vscode.window.showWarningMessage(question, options, yes)) === yes;
}
