import * as vscode from 'vscode';
import { basename, dirname, join } from '../../base/paths';
import type { World } from '../../base/ports';
import type { Settings } from '../../base/settings';
import { registerCommand, signalOf } from '../../platform/vscode/ui';
import type { Answers } from '../answers';
import type { Created } from '../create';
import { createService } from '../create';
import { loadTemplate, loadTemplates } from '../source';
import { offerToOpen, showReadmeOnce } from './vscode/after';
import { registerPreview } from './vscode/preview';
import type { Choice, Wizard } from './vscode/wizard';
import { runWizard } from './vscode/wizard';

export interface ScaffoldHost {
  readonly context: vscode.ExtensionContext;
  readonly world: World;
  readonly settings: Settings;
  /** The user's home folder. */
  readonly homeDir: string;
  /** Called when a service was made. */
  readonly onCreated: (dir: string) => void;
}

/** Arguments of `servicewright.newMicroservice` for keybindings, tests and other extensions: with `dir` nothing is asked. */
interface NewMicroserviceArgs {
  readonly template?: string;
  /** The service's own folder, absolute. */
  readonly dir?: string;
  readonly answers?: Answers;
}

/** Registers *New Microservice* and shows the README of a service that was just made and opened. */
export function registerScaffold(host: ScaffoldHost): vscode.Disposable {
  const preview = registerPreview();
  void showReadmeOnce(host.context);
  return vscode.Disposable.from(
    preview,
    registerCommand(
      'servicewright.newMicroservice',
      host.world.log,
      async (args?: NewMicroserviceArgs | vscode.Uri) => {
        const made = await newMicroservice(host, preview.show, args);
        return { dir: made.dir, files: made.files.map((file) => file.path) };
      },
    ),
  );
}

async function newMicroservice(
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
