import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import type { CommandId } from '../../../base/commands';

/** By language, or by the name of the file. */
export type Filter = { readonly language: string } | { readonly pattern: string };

/** Starts the language server and keeps it running; disposing stops it. */
export async function startClient(
  serverPath: string,
  selector: readonly Filter[],
): Promise<vscode.Disposable> {
  const client = new LanguageClient(
    'servicewright.guidelines',
    'Servicewright Guidelines',
    { module: serverPath, transport: TransportKind.stdio },
    {
      documentSelector: [...selector],
      synchronize: { configurationSection: 'servicewright.guidelines' },
      initializationOptions: { explainCommand: 'servicewright.guidelines.explainRule' satisfies CommandId },
    },
  );
  await client.start();
  return new vscode.Disposable(() => void client.dispose());
}
