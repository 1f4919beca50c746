import * as vscode from 'vscode';
import { Secret } from '../../base/secret';
import type { Place } from '../../deploy';

/** Asks for the code that a platform wants beside the token; undefined when the person leaves. */
export async function askCode({ origin, environment }: Place): Promise<Secret | undefined> {
  const code = await vscode.window.showInputBox({
    title: `Two-Factor Code for ${environment}`,
    prompt: `${origin} wants a two-factor code to go on.`,
    password: true,
    ignoreFocusOut: true,
  });
  return code === undefined || code.trim() === '' ? undefined : new Secret(code.trim());
}
