import * as vscode from 'vscode';
import { dirname } from '../../../base/paths';
import { contextKeys } from '../../../base/views';
import { filesOf } from '../../../platform/vscode/files';
import { sources as taskSources } from '../../sources';
import type { TaskSource } from '../../sources/source';
import type { Task, TaskList } from '../../task';

/** The tasks of one entry file of the workspace. */
export interface FoundList {
  readonly folder: vscode.WorkspaceFolder;
  readonly entry: vscode.Uri;
  readonly source: TaskSource;
  readonly list: TaskList;
}

/** One target of the workspace. */
export interface Target {
  readonly found: FoundList;
  readonly task: Task;
}

/** The targets of the workspace, read when they are first asked for and again when a file that they depend on changes. */
export interface Targets extends vscode.Disposable {
  lists(): Promise<readonly FoundList[]>;
  refresh(): void;
  readonly onDidChange: vscode.Event<void>;
}

const mostFiles = 1000;
const excluded = '**/{node_modules,.venv,venv,.git,vendor,third_party}/**';

export function createTargets(onDidChangeServices: vscode.Event<void>): Targets {
  const changed = new vscode.EventEmitter<void>();
  const pattern = `**/{${taskSources.flatMap((source) => source.files).join(',')},*.mk}`;
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  let found: Promise<readonly FoundList[]> | undefined;
  const refresh = (): void => {
    found = undefined;
    changed.fire();
  };
  const later = debounced(refresh);
  const listeners = [
    watcher.onDidCreate(later.call),
    watcher.onDidChange(later.call),
    watcher.onDidDelete(later.call),
    vscode.workspace.onDidChangeWorkspaceFolders(refresh),
    // A whole folder that is moved into the workspace is one event, which names no file.
    onDidChangeServices(refresh),
    vscode.workspace.onDidSaveTextDocument((document) => document.languageId === 'makefile' && later.call()),
  ];
  return {
    lists: () => (found ??= findLists()),
    refresh,
    onDidChange: changed.event,
    dispose: () => vscode.Disposable.from(...listeners, watcher, changed, later).dispose(),
  };
}

/** Calls once after a burst of calls; 100 ms after the last. */
function debounced(work: () => void): { readonly call: () => void; dispose(): void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    call: () => {
      clearTimeout(timer);
      timer = setTimeout(work, 100);
    },
    dispose: () => clearTimeout(timer),
  };
}

async function findLists(): Promise<readonly FoundList[]> {
  const lists = await Promise.all(taskSources.map(findFor));
  const found = lists.flat().toSorted((a, b) => (a.entry.path < b.entry.path ? -1 : 1));
  await vscode.commands.executeCommand('setContext', contextKeys.hasTargets, found.length > 0);
  return found;
}

/** In each folder the preferred name counts: GNUmakefile before makefile before Makefile, as make itself looks. */
async function findFor(source: TaskSource): Promise<readonly FoundList[]> {
  const uris = await vscode.workspace.findFiles(`**/{${source.files.join(',')}}`, excluded, mostFiles);
  const preferred = new Map<string, vscode.Uri>();
  for (const uri of uris) {
    const dir = dirname(uri.path);
    const rank = (one: vscode.Uri | undefined): number =>
      source.files.findIndex((name) => one?.path.endsWith(`/${name}`) === true);
    const before = preferred.get(dir);
    if (before === undefined || rank(uri) < rank(before)) preferred.set(dir, uri);
  }
  const lists = await Promise.all([...preferred.values()].map((entry) => readList(source, entry)));
  return lists.filter((one) => one !== undefined);
}

async function readList(source: TaskSource, entry: vscode.Uri): Promise<FoundList | undefined> {
  const folder = vscode.workspace.getWorkspaceFolder(entry);
  const list = folder && (await source.read({ files: filesOf(entry) }, entry.path));
  return folder && list && { folder, entry, source, list };
}
