import * as vscode from 'vscode';
import { dirname } from '../../../base/paths';
import { sources as taskSources } from '../../sources';
import type { TaskSource } from '../../sources/source';

/** A file that a tool starts with, found by its name and not read yet. */
export interface Entry {
  readonly folder: vscode.WorkspaceFolder;
  readonly source: TaskSource;
  readonly uri: vscode.Uri;
}

/** More entry files than this are not looked for. */
export const mostEntries = 10_000;
const excluded = '**/{node_modules,.venv,venv,.git,vendor,third_party,site-packages}/**';

/** The entry files in the workspace folders themselves: there in no time, however large the tree is. */
export async function entriesAtTop(): Promise<readonly Entry[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const found = await Promise.all(
    folders.map(async ({ uri }) => {
      const names = await namesIn(uri);
      const files = new Set(taskSources.flatMap(({ files }) => files));
      return names.filter((name) => files.has(name)).map((name) => vscode.Uri.joinPath(uri, name));
    }),
  );
  return sorted(entriesOf(found.flat()));
}

async function namesIn(folder: vscode.Uri): Promise<readonly string[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries.filter(([, type]) => (type & vscode.FileType.File) !== 0).map(([name]) => name);
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return [];
    throw error;
  }
}

/** Every entry file of the workspace; what the setting `files.exclude` hides is left out. */
export async function entriesEverywhere(): Promise<readonly Entry[]> {
  const names = taskSources.flatMap(({ files }) => files).join(',');
  const uris = await vscode.workspace.findFiles(`**/{${names}}`, excluded, mostEntries);
  return sorted(entriesOf(uris));
}

/** In each folder a tool's preferred name counts: GNUmakefile before makefile before Makefile, as make itself looks. */
function entriesOf(uris: readonly vscode.Uri[]): readonly Entry[] {
  const preferred = new Map<string, Entry & { readonly rank: number }>();
  for (const uri of uris) {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    const source = sourceOf(uri);
    if (!folder || !source) continue;
    const rank = source.files.indexOf(nameOf(uri));
    const key = `${source.id} ${uri.with({ path: dirname(uri.path) }).toString()}`;
    if (rank < (preferred.get(key)?.rank ?? Infinity)) preferred.set(key, { folder, source, uri, rank });
  }
  return [...preferred.values()];
}

/** The tool that starts with files of this name. */
export function sourceOf(uri: vscode.Uri): TaskSource | undefined {
  const name = nameOf(uri);
  return taskSources.find(({ files }) => files.includes(name));
}

function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** By folder of the workspace, then by path: a folder's own files before those below it. */
function sorted(entries: readonly Entry[]): readonly Entry[] {
  const key = ({ folder, uri, source }: Entry): string =>
    `${String(folder.index).padStart(4, '0')} ${dirname(uri.path)}/\0${taskSources.indexOf(source)}`;
  return entries
    .map((entry) => ({ entry, key: key(entry) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ entry }) => entry);
}

/** The search for entry files, done once until it is started again. */
export interface Search {
  /** What is known by now: at first the entries at the top, later all; `onMore` is told when there are more. */
  known(): Promise<readonly Entry[]>;
  all(): Promise<readonly Entry[]>;
  restart(): void;
}

export function createSearch(onMore: () => void, onAll: (entries: readonly Entry[]) => void): Search {
  let top: Promise<readonly Entry[]> | undefined;
  let everywhere: Promise<readonly Entry[]> | undefined;
  let found: readonly Entry[] | undefined;
  const all = (): Promise<readonly Entry[]> => {
    everywhere ??= entriesEverywhere().then((entries) => {
      found = entries;
      onAll(entries);
      return entries;
    });
    return everywhere;
  };
  return {
    async known() {
      if (found) return found;
      // Before the search: its answer must not wait behind thousands of names.
      const first = await (top ??= entriesAtTop());
      if (found || first.length === 0) return found ?? all();
      const isNew = everywhere === undefined;
      const wait = all();
      if (isNew) void wait.then(onMore);
      return first;
    },
    all,
    restart() {
      top = undefined;
      everywhere = undefined;
      found = undefined;
    },
  };
}
