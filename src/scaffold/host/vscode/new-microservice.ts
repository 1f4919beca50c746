import * as vscode from 'vscode';
import { basename, dirname, join } from '../../../base/paths';
import { signalOf } from '../../../platform/vscode/ui';
import type { Answers } from '../../answers';
import type { Created } from '../../create';
import { createService } from '../../create';
import { loadTemplate, loadTemplates } from '../../source';
import type { ScaffoldHost } from '../vscode';
import { offerToOpen } from './after';
import type { Choice, Wizard } from './wizard';
import { runWizard } from './wizard';

/** Arguments of `servicewright.newMicroservice` for keybindings, tests and other extensions: with `dir` nothing is asked. */
export interface NewMicroserviceArgs {
  readonly template?: string;
  /** The service's own folder, absolute. */
  readonly dir?: string;
  readonly answers?: Answers;
}

/** Makes a service of the arguments, or of what the person answers. Throws a UserError, AbortError when the person leaves. */
export async function newMicroservice(
  host: ScaffoldHost,
  showFile: Wizard['showFile'],
  args: NewMicroserviceArgs | vscode.Uri | undefined,
): Promise<Created> {
  const templates = join(host.context.extensionPath, 'templates');
  if (!(args instanceof vscode.Uri) && args?.dir !== undefined) {
    const template = await loadTemplate(templates, args.template ?? 'django-service', host.world.files);
    return make(host, { template, dir: args.dir, answers: { name: basename(args.dir), ...args.answers } });
  }
  const choice = await runWizard({
    templates: await loadTemplates(templates, host.world.files),
    world: host.world,
    parents: parentFolders(host, args instanceof vscode.Uri ? args : undefined),
    remembered: { owner: host.context.globalState.get<string>(ownerKey) ?? '' },
    showFile,
  });
  const made = await make(host, choice);
  await host.context.globalState.update(ownerKey, choice.answers['owner']);
  // Not awaited: the command is done when the files are there.
  void offerToOpen(made, choice.template, host);
  return made;
}

const ownerKey = 'scaffold.owner';

async function make(host: ScaffoldHost, choice: Choice): Promise<Created> {
  const title = `Creating ${basename(choice.dir)}`;
  const made = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (_progress, token) =>
      createService(choice.template, choice.dir, choice.answers, { ...host.world, signal: signalOf(token) }),
  );
  host.onCreated(made.dir);
  return made;
}

/** Folders to offer: the one that was clicked, the setting's, the open ones and those beside them, the home folder. */
function parentFolders(host: ScaffoldHost, clicked: vscode.Uri | undefined): readonly string[] {
  const configured = host.settings.get('scaffold.parentFolder');
  const open = (vscode.workspace.workspaceFolders ?? [])
    .filter((folder) => folder.uri.scheme === 'file')
    .map((folder) => folder.uri.fsPath);
  const offered = [
    ...(clicked ? [clicked.fsPath] : []),
    ...(configured === '' ? [] : [configured.replace(/^~(?=\/|$)/, host.homeDir)]),
    ...open,
    ...open.map(dirname),
    host.homeDir,
  ];
  return [...new Set(offered)];
}
