import * as vscode from 'vscode';
import { messageOf } from '../../../base/errors';
import { dirname } from '../../../base/paths';
import { contextKeys } from '../../../base/views';
import { filesOf } from '../../../platform/vscode/files';
import { sources as taskSources } from '../../sources';
import type { TaskSource } from '../../sources/source';
import type { Task, TaskList } from '../../task';
import type { TasksHost } from '../vscode';
import { watchMakefiles } from './watch';

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

/** The targets of the workspace, read when they are first asked for; only what a change touches is read again. */
export interface Targets extends vscode.Disposable {
  lists(): Promise<readonly FoundList[]>;
  /** The targets that stand in one file; a file that no Makefile includes counts as an entry of its own. */
  in(document: vscode.TextDocument): Promise<readonly Target[]>;
  refresh(): void;
  readonly onDidChange: vscode.Event<void>;
}

interface Entry {
  readonly source: TaskSource;
  readonly uri: vscode.Uri;
}

const mostFiles = 1000;
const atOnce = 16;
const excluded = '**/{node_modules,.venv,venv,.git,vendor,third_party}/**';

export function createTargets(host: TasksHost): Targets {
  const changed = new vscode.EventEmitter<void>();
  const lists = new Map<string, Promise<FoundList | undefined>>();
  let entries: Promise<readonly Entry[]> | undefined;
  let watching: vscode.Disposable | undefined;

  const read = ({ source, uri }: Entry): Promise<FoundList | undefined> => {
    const key = uri.toString();
    const known = lists.get(key) ?? readList(host, source, uri);
    lists.set(key, known);
    return known;
  };
  const refresh = (): void => {
    entries = undefined;
    lists.clear();
    changed.fire();
  };
  const forget = async (paths: ReadonlySet<string>, isNew: boolean): Promise<void> => {
    for (const [key, reading] of new Map(lists)) {
      const found = await reading;
      if (!found || found.list.dependsOn.some((path) => paths.has(path))) lists.delete(key);
    }
    if (isNew) entries = undefined;
    changed.fire();
  };
  const start = (): void => {
    watching ??= watchMakefiles(taskSources, (paths, isNew) => void forget(paths, isNew), refresh);
  };
  const all = async (): Promise<readonly FoundList[]> => {
    start();
    const found = await inParts(await (entries ??= findEntries()), read);
    await vscode.commands.executeCommand('setContext', contextKeys.hasTargets, found.length > 0);
    return found;
  };
  const listener = host.onDidChangeServices(refresh);
  return {
    lists: all,
    in: async (document) => targetsIn(document, await all(), read),
    refresh,
    onDidChange: changed.event,
    dispose: () =>
      vscode.Disposable.from(listener, changed, { dispose: () => watching?.dispose() }).dispose(),
  };
}

async function targetsIn(
  { uri, languageId }: vscode.TextDocument,
  lists: readonly FoundList[],
  read: (entry: Entry) => Promise<FoundList | undefined>,
): Promise<readonly Target[]> {
  const including = lists.filter(
    ({ entry, list }) => entry.scheme === uri.scheme && list.dependsOn.includes(uri.path),
  );
  const [source] = taskSources;
  const isAlone = including.length === 0 && languageId === 'makefile';
  const alone = isAlone && source ? await read({ source, uri }) : undefined;
  const owners = alone ? [alone] : including;
  const targets = owners.flatMap((found) =>
    found.list.tasks.filter((task) => task.file === uri.path).map((task) => ({ found, task })),
  );
  // A file that several Makefiles include belongs to the first: one lens above a line is enough.
  return [...new Map(targets.toReversed().map((target) => [target.task.name, target])).values()];
}

async function inParts(
  entries: readonly Entry[],
  read: (entry: Entry) => Promise<FoundList | undefined>,
): Promise<readonly FoundList[]> {
  const found: FoundList[] = [];
  for (let from = 0; from < entries.length; from += atOnce) {
    const part = await Promise.all(entries.slice(from, from + atOnce).map(read));
    found.push(...part.filter((one) => one !== undefined));
  }
  return found;
}

async function findEntries(): Promise<readonly Entry[]> {
  const found = await Promise.all(taskSources.map(findFor));
  return found.flat().toSorted((a, b) => (a.uri.path < b.uri.path ? -1 : 1));
}

/** In each folder the preferred name counts: GNUmakefile before makefile before Makefile, as make itself looks. */
async function findFor(source: TaskSource): Promise<readonly Entry[]> {
  const uris = await vscode.workspace.findFiles(`**/{${source.files.join(',')}}`, excluded, mostFiles);
  const preferred = new Map<string, vscode.Uri>();
  const rank = (one: vscode.Uri): number => source.files.findIndex((name) => one.path.endsWith(`/${name}`));
  for (const uri of uris) {
    const dir = dirname(uri.path);
    const before = preferred.get(dir);
    if (before === undefined || rank(uri) < rank(before)) preferred.set(dir, uri);
  }
  return [...preferred.values()].map((uri) => ({ source, uri }));
}

async function readList(
  host: TasksHost,
  source: TaskSource,
  entry: vscode.Uri,
): Promise<FoundList | undefined> {
  const folder = vscode.workspace.getWorkspaceFolder(entry);
  if (!folder) return undefined;
  try {
    const { env, machine } = host;
    const list = await source.read({ files: filesOf(entry), env, machine }, entry.path);
    return list && { folder, entry, source, list };
  } catch (error) {
    host.world.log.warn(`${entry.path} can’t be read: ${messageOf(error)}`);
    return undefined;
  }
}
