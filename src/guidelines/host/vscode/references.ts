import * as vscode from 'vscode';
import { isObject, isString } from '../../../base/json';
import type { Log } from '../../../base/log';
import { registerCommand } from '../../../platform/vscode/ui';
import type { RunningClient } from './client';

/** The command of the lines above components: shows where one is referred to. */
export function registerReferences(
  client: () => Promise<RunningClient> | undefined,
  log: Log,
): vscode.Disposable {
  return registerCommand('servicewright.guidelines.showReferences', log, async (asked?: unknown) => {
    const place = placeOf(asked);
    if (place === undefined) return;
    const { uri, position } = place;
    const found = (await (await client())?.references(uri, position)) ?? [];
    await vscode.commands.executeCommand('editor.action.showReferences', uri, position, found);
  });
}

/** What the language server put into the command. */
function placeOf(
  asked: unknown,
): { readonly uri: vscode.Uri; readonly position: vscode.Position } | undefined {
  if (!isObject(asked) || !isString(asked['uri']) || !isObject(asked['position'])) return undefined;
  const { line, character } = asked['position'];
  if (typeof line !== 'number' || typeof character !== 'number') return undefined;
  return { uri: vscode.Uri.parse(asked['uri']), position: new vscode.Position(line, character) };
}
