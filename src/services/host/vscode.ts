import * as vscode from 'vscode';
import { contextKeys } from '../../base/views';
import type { Log } from '../../base/log';
import { messageOf } from '../../base/errors';
import { readUri } from '../../platform/vscode/files';
import { registerCommand } from '../../platform/vscode/ui';
import { manifestName } from '../name';
import type { ServiceManifest } from '../manifest';

/** A service found in the workspace; `problem` says why its servicewright.yaml can't be read. */
export interface FoundService {
  readonly uri: vscode.Uri;
  readonly dir: vscode.Uri;
  readonly manifest?: ServiceManifest;
  readonly problem?: string;
}

/** The services of the workspace, found once and again when a servicewright.yaml comes, changes or goes. */
export interface WorkspaceServices extends vscode.Disposable {
  all(): Promise<readonly FoundService[]>;
  /** The service that holds `uri`, the deepest if several do. */
  of(uri: vscode.Uri): Promise<FoundService | undefined>;
  readonly refresh: () => void;
  /** Says that a service was just made in this folder. */
  readonly announce: (dir: string) => void;
  readonly onDidCreate: vscode.Event<string>;
  readonly onDidChange: vscode.Event<void>;
}

const mostServices = 500;
const excluded = '**/{node_modules,.venv,venv,.git}/**';

/** Finds nothing until it is asked. */
export function createWorkspaceServices(): WorkspaceServices {
  const changed = new vscode.EventEmitter<void>();
  const created = new vscode.EventEmitter<string>();
  const watcher = vscode.workspace.createFileSystemWatcher(`**/${manifestName}`);
  // A whole folder that is moved into the workspace is one event, for the folder.
  const folders = (vscode.workspace.workspaceFolders ?? []).map((folder) =>
    vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '*'), false, true, false),
  );
  let found: Promise<readonly FoundService[]> | undefined;
  const refresh = (): void => {
    found = undefined;
    changed.fire();
  };
  const listeners = [
    watcher.onDidCreate(refresh),
    watcher.onDidChange(refresh),
    watcher.onDidDelete(refresh),
    ...folders.flatMap((one) => [one.onDidCreate(refresh), one.onDidDelete(refresh)]),
    vscode.workspace.onDidChangeWorkspaceFolders(refresh),
  ];
  const all = (): Promise<readonly FoundService[]> => (found ??= findServices());
  return {
    all,
    async of(uri) {
      const inside = (await all()).filter((one) => uri.path.startsWith(`${one.dir.path}/`));
      return inside.toSorted((a, b) => b.dir.path.length - a.dir.path.length)[0];
    },
    refresh,
    announce(dir) {
      created.fire(dir);
      refresh();
    },
    onDidCreate: created.event,
    onDidChange: changed.event,
    dispose: () => vscode.Disposable.from(...listeners, ...folders, watcher, changed, created).dispose(),
  };
}

async function findServices(): Promise<readonly FoundService[]> {
  const uris = await vscode.workspace.findFiles(`**/${manifestName}`, excluded, mostServices);
  const services = await Promise.all(uris.map(readService));
  await vscode.commands.executeCommand('setContext', contextKeys.hasServices, services.length > 0);
  return services.toSorted((a, b) => (a.uri.path < b.uri.path ? -1 : 1));
}

async function readService(uri: vscode.Uri): Promise<FoundService> {
  const dir = vscode.Uri.joinPath(uri, '..');
  // Loaded when a service is there to be read: its YAML reader is not small.
  const { parseManifest } = await import('../manifest');
  try {
    return { uri, dir, manifest: parseManifest((await readUri(uri)) ?? '', uri.fsPath) };
  } catch (error) {
    return { uri, dir, problem: messageOf(error) };
  }
}

/** The *Services* view: every service of the workspace, with its owner; a click opens its servicewright.yaml. */
export function registerServices(services: WorkspaceServices, log: Log): vscode.Disposable {
  const provider: vscode.TreeDataProvider<FoundService> = {
    onDidChangeTreeData: services.onDidChange,
    getChildren: async (element) => (element ? [] : [...(await services.all())]),
    getTreeItem: itemOf,
  };
  const view = vscode.window.createTreeView('servicewright.services', { treeDataProvider: provider });
  return vscode.Disposable.from(
    view,
    registerCommand('servicewright.services.refresh', log, () => services.refresh()),
  );
}

function itemOf(service: FoundService): vscode.TreeItem {
  const folder = vscode.workspace.asRelativePath(service.dir);
  const name = service.manifest?.name ?? folder;
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.None);
  item.id = service.uri.toString();
  item.command = { command: 'vscode.open', title: 'Open', arguments: [service.uri] };
  if (!service.manifest) {
    item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    item.description = 'servicewright.yaml can’t be read';
    item.tooltip = service.problem ?? '';
    return item;
  }
  const { description, owner, template } = service.manifest;
  item.contextValue = 'service';
  item.iconPath = new vscode.ThemeIcon('package');
  item.description = owner ?? '';
  item.tooltip = new vscode.MarkdownString(
    [`**${name}**`, description ?? '', template ? `Made from ${template.id} ${template.version}` : '', folder]
      .filter((line) => line !== '')
      .join('\n\n'),
  );
  return item;
}
