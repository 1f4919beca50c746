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

/** How a service's API description fares, from 1 to 100. */
export interface SpecScore {
  readonly value: number;
  /** `1 error, 3 warnings`. */
  readonly found: string;
  /** What costs most, worst first. */
  readonly causes: readonly string[];
}

export interface SpecScores {
  readonly onDidChange: vscode.Event<void>;
  of(spec: vscode.Uri): Promise<SpecScore | undefined>;
}

/** What other rooms know about services. */
export interface ServiceKnowledge {
  readonly details: ServiceDetails;
  readonly scores: SpecScores;
}

type Node = FoundService | vscode.TreeItem;

/**
 * The *Services* view: every service of the workspace, with its owner and its template, and below it how far it is from that. A click
 * opens its servicewright.yaml.
 */
export function registerServices(
  services: WorkspaceServices,
  { details, scores }: ServiceKnowledge,
  log: Log,
): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    getChildren: async (node) => {
      if (node === undefined) return [...(await services.all())];
      if (node instanceof vscode.TreeItem) return [];
      const template = node.manifest?.template ? await details.rows(node.dir) : [];
      return [...(await specRows(node, scores, log)), ...template];
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
    scores.onDidChange(() => (view.visible ? redraw() : undefined)),
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
  if (summary || service.manifest.spec !== undefined)
    item.collapsibleState = vscode.TreeItemCollapsibleState[summary ? 'Collapsed' : 'Expanded'];
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

/** The API description of a service with its score; its tooltip says what drags it down. */
async function specRows(
  { dir, manifest }: FoundService,
  scores: SpecScores,
  log: Log,
): Promise<readonly vscode.TreeItem[]> {
  if (manifest?.spec === undefined) return [];
  const uri = vscode.Uri.joinPath(dir, manifest.spec);
  // A service describes its own API: nothing outside of it is read.
  if (!uri.path.startsWith(`${dir.path}/`)) return [];
  const score = await scores.of(uri).catch((error: unknown) => {
    log.warn(`${uri.path} has no score: ${messageOf(error)}`);
    return undefined;
  });
  if (score === undefined) return [];
  const item = new vscode.TreeItem(manifest.spec);
  item.id = `${uri.toString()}#score`;
  item.resourceUri = uri;
  item.iconPath = new vscode.ThemeIcon('symbol-interface');
  item.description = `API ${score.value} of 100 · ${score.found}`;
  item.contextValue = 'spec';
  item.command = { command: 'vscode.open', title: 'Open', arguments: [uri] };
  const causes = score.causes.map((cause) => `- ${cause}`).join('\n');
  const why = causes === '' ? 'Nothing drags it down.' : `What drags it down:\n\n${causes}`;
  item.tooltip = new vscode.MarkdownString(
    `**${manifest.spec}: ${score.value} of 100** · ${score.found}\n\n${why}`,
  );
  return [item];
}
