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

/** What another room knows about a service: for its row, and rows below it. */
export interface ServiceDetails {
  readonly onDidChange: vscode.Event<void>;
  summary(dir: vscode.Uri): Promise<ServiceSummary | undefined>;
  rows(dir: vscode.Uri): Promise<readonly vscode.TreeItem[]>;
}

export interface ServiceSummary {
  readonly description: string;
  /** Begins with `service`, so that what any service has in its menus stays. */
  readonly contextValue: string;
  readonly isBehind: boolean;
}

type Node = FoundService | vscode.TreeItem;

/**
 * The *Services* view: every service of the workspace, with its owner and its template, and below it how far it is from that. A click
 * opens its servicewright.yaml.
 */
export function registerServices(
  services: WorkspaceServices,
  details: ServiceDetails,
  log: Log,
): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    getChildren: async (node) => {
      if (node === undefined) return [...(await services.all())];
      return node instanceof vscode.TreeItem ? [] : [...(await details.rows(node.dir))];
    },
    getTreeItem: async (node) =>
      node instanceof vscode.TreeItem
        ? node
        : itemOf(node, node.manifest?.template ? await details.summary(node.dir) : undefined),
  };
  const view = vscode.window.createTreeView('servicewright.services', {
    treeDataProvider: provider,
    showCollapseAll: true,
  });
  const redraw = (): void => changed.fire();
  return vscode.Disposable.from(
    view,
    changed,
    services.onDidChange(redraw),
    // Nobody looks: the next one who does gets a new drawing anyway.
    details.onDidChange(() => (view.visible ? redraw() : undefined)),
    view.onDidChangeVisibility(({ visible }) => (visible ? redraw() : undefined)),
    registerCommand('servicewright.services.refresh', log, () => services.refresh()),
  );
}

function itemOf(service: FoundService, summary: ServiceSummary | undefined): vscode.TreeItem {
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
  item.contextValue = summary?.contextValue ?? 'service';
  item.iconPath = new vscode.ThemeIcon('package');
  item.description = besideName(owner, summary);
  if (summary) item.collapsibleState = vscode.TreeItemCollapsibleState.Collapsed;
  item.tooltip = new vscode.MarkdownString(
    [`**${name}**`, description ?? '', template ? `Made from ${template.id} ${template.version}` : '', folder]
      .filter((line) => line !== '')
      .join('\n\n'),
  );
  return item;
}

/** Who is behind reads first what is new: a side bar is narrow. */
function besideName(owner: string | undefined, summary: ServiceSummary | undefined): string {
  const words = summary?.isBehind === true ? [summary.description, owner] : [owner, summary?.description];
  return words.filter((word) => word !== undefined).join(' · ');
}
