import * as vscode from 'vscode';
import { dirname } from '../../../base/paths';
import { contextKeys } from '../../../base/views';
import type { Task, TaskList } from '../../task';
import type { TasksHost } from '../vscode';
import type { Entry } from './entries';
import { createSearch, sourceOf } from './entries';
import type { Read } from './list-cache';
import { createListCache } from './list-cache';
import { watchTaskFiles } from './watch';

/** The tasks of one entry file of the workspace. */
export interface FoundList {
  readonly entry: Entry;
  readonly list: TaskList;
}

/** One target of the workspace. */
export interface Target {
  readonly found: FoundList;
  readonly task: Task;
}

/** The targets of the workspace, read when they are first asked for; only what a change touches is read again. */
export interface Targets extends vscode.Disposable {
  /** The entry files that are known by now: at first those of the workspace folders, later all. `onDidChange` tells of more. */
  entries(): Promise<readonly Entry[]>;
  /** One entry file's list; undefined when it is gone or can't be read. */
  read(entry: Entry): Promise<FoundList | undefined>;
  /** The lists of the workspace, those nearest to its top first; of at most `mostRead` files. */
  lists(): Promise<readonly FoundList[]>;
  /** The targets that stand in one file; a file that no entry includes counts as an entry of its own. */
  in(document: vscode.TextDocument): Promise<readonly Target[]>;
  /** The lists that depend on a file, among those that can be told without reading a large tree. */
  owners(document: vscode.TextDocument): Promise<readonly FoundList[]>;
  /** Puts what a tool said of its own targets in the place of the list that was read. */
  replace(found: FoundList, list: TaskList): void;
  refresh(): void;
  readonly onDidChange: vscode.Event<void>;
}

/** Lists of more files are not read at once: the view reads one when its row is opened. */
export const mostRead = 300;
const atOnce = 16;

export function createTargets(host: TasksHost): Targets {
  const changed = new vscode.EventEmitter<void>();
  const lists = createListCache(host);
  const search = createSearch(() => changed.fire(), tellWhetherAny);
  let watching: vscode.Disposable | undefined;
  const refresh = (): void => {
    lists.clear();
    search.restart();
    changed.fire();
  };
  const forget = async (paths: ReadonlySet<string>, isNew: boolean): Promise<void> => {
    await lists.forget(paths);
    if (isNew) search.restart();
    changed.fire();
  };
  const start = (): void => {
    watching ??= watchTaskFiles((paths, isNew) => void forget(paths, isNew), refresh);
  };
  const all = (): Promise<readonly Entry[]> => {
    start();
    return search.all();
  };
  const listener = host.onDidChangeServices(refresh);
  const owners: Targets['owners'] = async (document) =>
    ownersOf(document, nearestFirst(await all()), lists.read);
  return {
    entries() {
      start();
      return search.known();
    },
    read: lists.read,
    async lists() {
      if (await lists.compareWithDisk()) changed.fire();
      return inParts(nearestFirst(await all()).slice(0, mostRead), lists.read);
    },
    in: async (document) => targetsIn(document, await owners(document)),
    owners,
    replace(found, list) {
      lists.put({ ...found, list });
      changed.fire();
    },
    refresh,
    onDidChange: changed.event,
    dispose() {
      for (const one of [listener, changed, watching]) one?.dispose();
    },
  };
}

function tellWhetherAny(entries: readonly Entry[]): void {
  void vscode.commands.executeCommand('setContext', contextKeys.hasTargets, entries.length > 0);
}

const depth = ({ uri }: Entry): number => uri.path.split('/').length;

function nearestFirst(entries: readonly Entry[]): readonly Entry[] {
  return entries.toSorted((a, b) => depth(a) - depth(b));
}

/** A file that is an entry itself owns its targets; another belongs to the entries that include it, above it first. */
async function ownersOf(
  { uri, languageId }: vscode.TextDocument,
  entries: readonly Entry[],
  read: Read,
): Promise<readonly FoundList[]> {
  const same = entries.filter((entry) => entry.uri.toString() === uri.toString());
  if (same.length > 0) return inParts(same, read);
  const near = entries.filter((entry) => entry.uri.scheme === uri.scheme && isAbove(entry.uri, uri));
  const far = entries.filter((entry) => entry.uri.scheme === uri.scheme && !isAbove(entry.uri, uri));
  for (const some of [near, far]) {
    const found = await inParts(some.slice(0, mostRead), read);
    const including = found.filter(({ list }) => list.dependsOn.includes(uri.path));
    if (including.length > 0) return including;
  }
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const source =
    sourceOf(uri) ?? (languageId === 'makefile' ? sourceOf(uri.with({ path: '/Makefile' })) : undefined);
  return folder && source ? inParts([{ folder, source, uri }], read) : [];
}

function isAbove(entry: vscode.Uri, uri: vscode.Uri): boolean {
  const dir = dirname(entry.path);
  return uri.path.startsWith(dir === '/' ? dir : `${dir}/`);
}

/** A file that several entries include belongs to the first: one lens above a line is enough. */
function targetsIn({ uri }: vscode.TextDocument, owners: readonly FoundList[]): readonly Target[] {
  const targets = owners.flatMap((found) =>
    [...found.list.tasks, ...found.list.patterns.filter(({ isAction }) => isAction)]
      .filter((task) => task.file === uri.path)
      .map((task) => ({ found, task })),
  );
  return [...new Map(targets.toReversed().map((target) => [target.task.name, target])).values()];
}

async function inParts(entries: readonly Entry[], read: Read): Promise<readonly FoundList[]> {
  const found: FoundList[] = [];
  for (let from = 0; from < entries.length; from += atOnce) {
    const part = await Promise.all(entries.slice(from, from + atOnce).map(read));
    found.push(...part.filter((one) => one !== undefined));
  }
  return found;
}
