import * as vscode from 'vscode';
import { textIn } from '../../update/content';

const scheme = 'servicewright-update';

/** Read-only documents with what a version of a template gives, or what an update would write. */
export interface Sides extends vscode.Disposable {
  /** A document that holds `bytes`; `side` tells it from others of the same path. It lives as long as the window. */
  put(side: string, path: string, bytes: Uint8Array | undefined): vscode.Uri;
}

export function registerSides(): Sides {
  const contents = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => {
      const text = contents.get(uri.toString());
      // After a reload of the window nobody knows it any more; an empty text would be a lie.
      if (text === undefined) throw vscode.FileSystemError.FileNotFound(uri);
      return text;
    },
  });
  return {
    put: (side, path, bytes) => {
      const uri = vscode.Uri.from({ scheme, path: `/${path}`, query: side });
      contents.set(uri.toString(), shown(bytes));
      changed.fire(uri);
      return uri;
    },
    dispose: () => vscode.Disposable.from(provider, changed).dispose(),
  };
}

function shown(bytes: Uint8Array | undefined): string {
  if (bytes === undefined) return '';
  return textIn(bytes) ?? `A binary file of ${bytes.length} bytes.\n`;
}
