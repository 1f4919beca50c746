import * as vscode from 'vscode';
import { join } from '../../../base/paths';

/** Where a window leaves word for the next one: the folder whose README it shall show. */
export const readmeKey = 'scaffold.showReadme';

/** Shows the README of a service that was made just before this window opened it. */
export async function showReadmeOnce(context: vscode.ExtensionContext): Promise<void> {
  const dir = context.globalState.get<string>(readmeKey);
  if (dir === undefined) return;
  const here = vscode.workspace.workspaceFolders?.some((folder) => folder.uri.fsPath === dir) === true;
  if (!here) return;
  await context.globalState.update(readmeKey, undefined);
  await showReadme(dir);
}

/** Shows the README of the service in `dir`; a service without one shows nothing. */
export async function showReadme(dir: string): Promise<void> {
  const uri = vscode.Uri.file(join(dir, 'README.md'));
  try {
    await vscode.workspace.fs.stat(uri);
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return;
    throw error;
  }
  await vscode.commands.executeCommand('markdown.showPreview', uri);
}
