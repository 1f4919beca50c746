import * as vscode from 'vscode';
import { basename } from '../../../base/paths';
import type { Wizard } from './wizard';

const scheme = 'servicewright-new';

/** Read-only documents with the content of files that are not written yet. */
export function registerPreview(): vscode.Disposable & { readonly show: Wizard['showFile'] } {
  const contents = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => contents.get(uri.toString()) ?? '',
  });
  const show: Wizard['showFile'] = async (dir, file) => {
    const uri = vscode.Uri.from({ scheme, path: `/${basename(dir)}/${file.path}` });
    contents.set(uri.toString(), new TextDecoder().decode(file.bytes));
    changed.fire(uri);
    await vscode.window.showTextDocument(uri, { preview: true, preserveFocus: true });
  };
  return { show, dispose: () => vscode.Disposable.from(provider, changed).dispose() };
}
