import * as vscode from 'vscode';
import { basename } from '../../../base/paths';
import type { FileChange } from '../../plan';

const scheme = 'servicewright-new';

export interface Preview extends vscode.Disposable {
  /** Shows the content that a file would have in `dir`. */
  show(dir: string, file: FileChange, column?: vscode.ViewColumn): Promise<void>;
  /** Shows the file that stands in `dir` beside the one that would be written. */
  compare(dir: string, file: FileChange, column?: vscode.ViewColumn): Promise<void>;
  /** Closes what was shown: its files are written by then, or never will be. */
  close(): Promise<void>;
}

/** Read-only documents with the content of files that are not written yet. */
export function registerPreview(): Preview {
  const contents = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => contents.get(uri.toString()) ?? '',
  });
  const put = (dir: string, file: FileChange): vscode.Uri => {
    const uri = vscode.Uri.from({ scheme, path: `/${basename(dir)}/${file.path}` });
    contents.set(uri.toString(), textOf(file.bytes));
    changed.fire(uri);
    return uri;
  };
  return {
    show: async (dir, file, column) => {
      await vscode.window.showTextDocument(put(dir, file), optionsOf(column));
    },
    compare: async (dir, file, column) => {
      const yours = vscode.Uri.joinPath(vscode.Uri.file(dir), file.path);
      const title = `${basename(file.path)} (yours ↔ the template’s)`;
      await vscode.commands.executeCommand('vscode.diff', yours, put(dir, file), title, optionsOf(column));
    },
    close: async () => {
      contents.clear();
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      await vscode.window.tabGroups.close(
        tabs.filter(({ input }) => {
          if (input instanceof vscode.TabInputTextDiff) return input.modified.scheme === scheme;
          return input instanceof vscode.TabInputText && input.uri.scheme === scheme;
        }),
      );
    },
    dispose: () => vscode.Disposable.from(provider, changed).dispose(),
  };
}

/** Behind a question the focus stays there; in a column of its own a document has been asked for to be read. */
const optionsOf = (column: vscode.ViewColumn | undefined): vscode.TextDocumentShowOptions => ({
  preview: true,
  preserveFocus: column === undefined,
  viewColumn: column ?? vscode.ViewColumn.Active,
});

function textOf(bytes: Uint8Array): string {
  if (bytes.includes(0)) return `A binary file of ${bytes.length} bytes.\n`;
  return new TextDecoder().decode(bytes);
}
