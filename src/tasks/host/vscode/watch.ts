import * as vscode from 'vscode';
import { sources as taskSources } from '../../sources';

/** Paths that changed since the last call; `isNew` when a file came or went. */
type Changed = (paths: ReadonlySet<string>, isNew: boolean) => void;

const quietMs = 200;

/** Watches entry files and the usual names of included ones, on disk and in open editors; calls once after a burst of changes. */
export function watchTaskFiles(onChange: Changed, onFolders: () => void): vscode.Disposable {
  const names = taskSources.flatMap(({ files }) => files).join(',');
  const watcher = vscode.workspace.createFileSystemWatcher(
    `**/{${names},Makefile.*,makefile.*,*.mk,*.mak,*.just}`,
  );
  const paths = new Set<string>();
  let isNew = false;
  let timer: NodeJS.Timeout | undefined;
  const later = (uri: vscode.Uri, comesOrGoes: boolean): void => {
    paths.add(uri.path);
    isNew ||= comesOrGoes;
    clearTimeout(timer);
    timer = setTimeout(() => {
      onChange(new Set(paths), isNew);
      paths.clear();
      isNew = false;
    }, quietMs);
  };
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate((uri) => later(uri, true)),
    watcher.onDidDelete((uri) => later(uri, true)),
    watcher.onDidChange((uri) => later(uri, false)),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && isTaskFile(document)) later(document.uri, false);
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('files.exclude')) onFolders();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(onFolders),
    vscode.workspace.onDidGrantWorkspaceTrust(onFolders),
    { dispose: () => clearTimeout(timer) },
  );
}

/** Files that make reads: by the editor's language, or by a name such as `Makefile.common`. */
export const makefileSelector: vscode.DocumentSelector = [
  { language: 'makefile' },
  { pattern: '**/{Makefile,makefile,GNUmakefile}{,.*}' },
  { pattern: '**/*.{mk,mak}' },
];

/** Every file that may hold targets; a Taskfile that is included may have any name, and is one only when a list depends on it. */
export const taskFileSelector: vscode.DocumentSelector = [
  ...makefileSelector,
  { pattern: '**/{justfile,Justfile,.justfile,JUSTFILE,*.just}' },
  { pattern: '**/{Taskfile,taskfile}*.{yml,yaml}' },
];

function isTaskFile(document: vscode.TextDocument): boolean {
  return vscode.languages.match(taskFileSelector, document) > 0;
}
