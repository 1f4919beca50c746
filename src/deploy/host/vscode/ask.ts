import * as vscode from 'vscode';

/** Asks in the middle of the window; whoever does not say yes has said no. */
export async function confirm(question: string, yes: string, detail?: string): Promise<boolean> {
  return (await ask(question, [yes], detail)) === yes;
}

/** The same with several answers; undefined when it was left. */
export function ask(
  question: string,
  answers: readonly string[],
  detail?: string,
): Thenable<string | undefined> {
  const options = { modal: true, ...(detail === undefined ? {} : { detail }) };
  return vscode.window.showWarningMessage(question, options, ...answers);
}
