import * as vscode from 'vscode';
import { basename } from '../../../base/paths';
import { count } from '../../../base/text';
import type { Created } from '../../create';
import { gitSays } from '../../git';
import type { Template } from '../../template';
import type { ScaffoldHost } from '../vscode';
import type { After } from './args';
import { readmeKey, showReadme, showReadmeOnce } from './readme';

type Way = Exclude<After, 'nothing' | 'ask'>;

const labels: Readonly<Record<Way, string>> = {
  open: 'Open',
  openInNewWindow: 'Open in New Window',
  addToWorkspace: 'Add to Workspace',
};
const readme = 'Open README';

/**
 * Opens the service as the setting or the person wants; gives whether anything was opened. A window without a folder has nothing to
 * lose, so it opens it unasked.
 */
export async function offerToOpen(
  made: Created,
  template: Template,
  { host, after }: { readonly host: ScaffoldHost; readonly after: After },
): Promise<boolean> {
  if (after === 'nothing') return false;
  const uri = vscode.Uri.file(made.dir);
  const way = after === 'ask' ? await wayFor(made, template) : after;
  if (way === 'readme') await showReadme(made.dir);
  else if (way !== undefined) await open(way, uri, host.context);
  return way !== undefined;
}

async function wayFor(made: Created, template: Template): Promise<Way | 'readme' | undefined> {
  const isEmptyWindow = (vscode.workspace.workspaceFolders ?? []).length === 0;
  if (isEmptyWindow && template.actions.some((one) => one.type === 'open')) return 'open';
  const message = `${basename(made.dir)} is ready: ${count(made.files.length, 'file')} from ${template.title}, ${gitSays[made.git.outcome]}.${made.byHand.map((line) => ` ${line}`).join('')}`;
  const inside = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(made.dir)) !== undefined;
  const buttons = inside ? [readme, labels.openInNewWindow] : Object.values(labels);
  const picked = await vscode.window.showInformationMessage(message, ...buttons);
  if (picked === readme) return 'readme';
  const ways: readonly Way[] = ['open', 'openInNewWindow', 'addToWorkspace'];
  return ways.find((one) => labels[one] === picked);
}

async function open(way: Way, uri: vscode.Uri, context: vscode.ExtensionContext): Promise<void> {
  // Opening restarts the extension; what comes up then shows the README.
  await context.globalState.update(readmeKey, uri.fsPath);
  if (way === 'addToWorkspace') {
    const end = vscode.workspace.workspaceFolders?.length ?? 0;
    vscode.workspace.updateWorkspaceFolders(end, 0, { uri });
    await showReadmeOnce(context);
    return;
  }
  await vscode.commands.executeCommand('vscode.openFolder', uri, {
    forceNewWindow: way === 'openInNewWindow',
  });
}
