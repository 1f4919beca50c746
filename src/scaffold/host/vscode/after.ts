import * as vscode from 'vscode';
import { basename } from '../../../base/paths';
import { count } from '../../../base/text';
import type { Created } from '../../create';
import type { Template } from '../../template';
import type { ScaffoldHost } from '../vscode';
import { readmeKey, showReadme, showReadmeOnce } from './readme';

type After = 'open' | 'openInNewWindow' | 'addToWorkspace' | 'nothing';

const labels: Readonly<Record<Exclude<After, 'nothing'>, string>> = {
  open: 'Open',
  openInNewWindow: 'Open in New Window',
  addToWorkspace: 'Add to Workspace',
};
const readme = 'Open README';

const gitSays: Readonly<Record<Created['git'], string>> = {
  committed: 'with a first commit',
  staged: 'with its files staged in git, which knows no author yet',
  none: 'without a git repository, because git could not make one',
};

/** Says that the service is there and opens it as the setting or the person wants. */
export async function offerToOpen(made: Created, template: Template, host: ScaffoldHost): Promise<void> {
  const uri = vscode.Uri.file(made.dir);
  const after = host.settings.get('scaffold.afterCreate');
  if (after !== 'ask') return open(after, uri, host.context);
  const message = `${basename(made.dir)} is ready: ${count(made.files.length, 'file')} from ${template.title}, ${gitSays[made.git]}.`;
  const inside = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  const buttons = inside ? [readme, labels.openInNewWindow] : Object.values(labels);
  const picked = await vscode.window.showInformationMessage(message, ...buttons);
  if (picked === readme) await showReadme(made.dir);
  const chosen = (Object.keys(labels) as (keyof typeof labels)[]).find((key) => labels[key] === picked);
  if (chosen) await open(chosen, uri, host.context);
}

async function open(after: After, uri: vscode.Uri, context: vscode.ExtensionContext): Promise<void> {
  if (after === 'nothing') return;
  await context.globalState.update(readmeKey, uri.fsPath);
  if (after === 'addToWorkspace') {
    const end = vscode.workspace.workspaceFolders?.length ?? 0;
    vscode.workspace.updateWorkspaceFolders(end, 0, { uri });
    await showReadmeOnce(context);
    return;
  }
  await vscode.commands.executeCommand('vscode.openFolder', uri, {
    forceNewWindow: after === 'openInNewWindow',
  });
}
