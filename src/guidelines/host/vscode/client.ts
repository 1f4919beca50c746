import * as vscode from 'vscode';
import type { Location, WorkspaceEdit } from 'vscode-languageclient/node';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import type { CommandId } from '../../../base/commands';
import { isObject, isString } from '../../../base/json';
import { readUri } from '../../../platform/vscode/files';

/** By language, or by the name of the file. */
export type Filter = { readonly language: string } | { readonly pattern: string };

/** The language server at work. */
export interface RunningClient extends vscode.Disposable {
  /** Asks the server something of ours; the answer is to be checked. */
  ask(method: `servicewright/${string}`, params: object): Promise<unknown>;
  /** The change that silences a finding for a reason; undefined when there is none. */
  disable(finding: unknown, reason: string): Promise<vscode.WorkspaceEdit | undefined>;
  /** Where what stands at a place is referred to. */
  references(uri: vscode.Uri, position: vscode.Position): Promise<vscode.Location[]>;
  /** What holds for a document, as JSON. */
  effective(uri: vscode.Uri): Promise<string | undefined>;
}

/** What the server is told of this client. */
function said(): object {
  return {
    explainCommand: 'servicewright.guidelines.explainRule' satisfies CommandId,
    disableCommand: 'servicewright.guidelines.disable' satisfies CommandId,
    referencesCommand: 'servicewright.guidelines.showReferences' satisfies CommandId,
    suggestCommand: 'editor.action.triggerSuggest',
    readsFiles: true,
    findsFiles: true,
    mayRunGit: vscode.workspace.isTrusted,
    isTrusted: vscode.workspace.isTrusted,
  };
}

/** Starts the language server and keeps it running; disposing stops it. */
export async function startClient(serverPath: string, selector: readonly Filter[]): Promise<RunningClient> {
  const client = new LanguageClient(
    'servicewright.guidelines',
    'Servicewright Guidelines',
    { module: serverPath, transport: TransportKind.stdio },
    {
      documentSelector: [...selector],
      synchronize: { configurationSection: 'servicewright.guidelines' },
      initializationOptions: said(),
    },
  );
  client.onRequest('servicewright/readText', async ({ uri }: { readonly uri: string }) => ({
    text: (await textOf(uri)) ?? null,
  }));
  client.onRequest('servicewright/findFiles', async () => ({ uris: await descriptionFiles() }));
  await client.start();
  const watching = watch(client);
  return {
    dispose: () => {
      watching.dispose();
      void client.dispose();
    },
    ask: (method, params) => client.sendRequest(method, params),
    async disable(finding, reason) {
      const params = { ...(isObject(finding) ? finding : {}), reason };
      const edit = await client.sendRequest<WorkspaceEdit | null>('servicewright/disable', params);
      return client.protocol2CodeConverter.asWorkspaceEdit(edit);
    },
    async references(uri, position) {
      const params = { uri: uri.toString(), position };
      const found = await client.sendRequest<Location[]>('servicewright/references', params);
      return client.protocol2CodeConverter.asReferences(found) ?? [];
    },
    async effective(uri) {
      const text: unknown = await client.sendRequest('servicewright/effective', { uri: uri.toString() });
      return isString(text) ? text : undefined;
    },
  };
}

/** Where a workspace keeps what others wrote. */
const foreign = '**/{node_modules,.git,.venv,venv,dist,build,out,target,vendor}/**';
const mostFiles = 2000;

/** Files that can be descriptions, to be looked into by the server. */
async function descriptionFiles(): Promise<readonly string[]> {
  const found = await vscode.workspace.findFiles('**/*.{yaml,yml,json}', foreign, mostFiles);
  return found.map((uri) => uri.toString());
}

/** Configurations in virtual workspaces; what can't be read is as if it were not there. */
async function textOf(uri: string): Promise<string | undefined> {
  try {
    return await readUri(vscode.Uri.parse(uri));
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return undefined;
    throw error;
  }
}

/** Tells the server what it can't see itself. */
function watch(client: LanguageClient): vscode.Disposable {
  const { workspace } = vscode;
  return vscode.Disposable.from(
    watchBases(() => void client.sendNotification('servicewright/bases', { mayRunGit: workspace.isTrusted })),
    workspace.onDidGrantWorkspaceTrust(
      () => void client.sendNotification('servicewright/trust', { isTrusted: workspace.isTrusted }),
    ),
  );
}

/** Calls when what descriptions are compared with may have changed: git's references, or whether git may be run. */
function watchBases(changed: () => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher('**/.git/{HEAD,packed-refs,refs/**}');
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(changed),
    watcher.onDidChange(changed),
    watcher.onDidDelete(changed),
    vscode.workspace.onDidGrantWorkspaceTrust(changed),
  );
}
