import * as vscode from 'vscode';
import type { TaskSource } from '../../sources/source';

/** Paths that changed since the last call; `isNew` when a file came or went. */
type Changed = (paths: ReadonlySet<string>, isNew: boolean) => void;

const quietMs = 200;

/** Watches entry files and the usual names of included ones, on disk and in open editors; calls once after a burst of changes. */
export function watchMakefiles(
  sources: readonly TaskSource[],
  onChange: Changed,
  onFolders: () => void,
): vscode.Disposable {
  const names = sources.flatMap(({ files }) => files).join(',');
  const watcher = vscode.workspace.createFileSystemWatcher(`**/{${names},Makefile.*,makefile.*,*.mk,*.mak}`);
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
      if (contentChanges.length > 0 && isMakefile(document)) later(document.uri, false);
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(onFolders),
    { dispose: () => clearTimeout(timer) },
  );
}

/** Files that make reads: by the editor's language, or by a name such as `Makefile.common`. */
export const makefileSelector: vscode.DocumentSelector = [
  { language: 'makefile' },
  { pattern: '**/{Makefile,makefile,GNUmakefile}{,.*}' },
  { pattern: '**/*.{mk,mak}' },
];

function isMakefile(document: vscode.TextDocument): boolean {
  return vscode.languages.match(makefileSelector, document) > 0;
}
