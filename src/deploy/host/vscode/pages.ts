import * as vscode from 'vscode';

/** Documents that are only looked at: what is known before a deploy, two releases beside each other. They are never on disk. */
export interface Pages extends vscode.Disposable {
  /** The address of a page with that text; the name is the title of its tab, and what follows its last dot the language. */
  put(name: string, text: string): vscode.Uri;
}

export const pageScheme = 'servicewright-page';
const mostKept = 40;

export function createPages(): Pages {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const registered = vscode.workspace.registerTextDocumentContentProvider(pageScheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: ({ path }) => texts.get(path) ?? 'This page was made in an earlier window.\n',
  });
  return {
    put(name, text) {
      const path = `/${name}`;
      texts.delete(path);
      texts.set(path, text);
      for (const old of [...texts.keys()].slice(0, -mostKept)) texts.delete(old);
      const uri = vscode.Uri.from({ scheme: pageScheme, path });
      changed.fire(uri);
      return uri;
    },
    dispose: () => vscode.Disposable.from(registered, changed).dispose(),
  };
}
