import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';

/** Starts the language server and keeps it running; disposing stops it. */
export async function startClient(
  serverPath: string,
  languages: readonly string[],
): Promise<vscode.Disposable> {
  const client = new LanguageClient(
    'servicewright.guidelines',
    'Servicewright Guidelines',
    { module: serverPath, transport: TransportKind.stdio },
    {
      // Any scheme: descriptions in virtual workspaces and unsaved ones are checked as well.
      documentSelector: languages.map((language) => ({ language })),
      synchronize: { configurationSection: 'servicewright.guidelines' },
    },
  );
  await client.start();
  return new vscode.Disposable(() => void client.dispose());
}
