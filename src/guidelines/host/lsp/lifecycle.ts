import type { InitializeParams, InitializeResult } from 'vscode-languageserver-protocol';
import {
  CodeActionKind,
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  ExitNotification,
  InitializeRequest,
  InitializedNotification,
  RegistrationRequest,
  ShutdownRequest,
  TextDocumentSyncKind,
} from 'vscode-languageserver-protocol';
import { stringAt } from '../../../base/json';
import { fixAllKind } from './convert';
import { publish } from './documents';
import type { Client, Session } from './session';

function clientOf({ capabilities, initializationOptions }: InitializeParams): Client {
  const { textDocument, workspace } = capabilities;
  return {
    pulls: textDocument?.diagnostic !== undefined,
    canRefresh: workspace?.diagnostics?.refreshSupport === true,
    canConfigure: workspace?.configuration === true,
    canRegister: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    explainCommand: stringAt(initializationOptions, 'explainCommand'),
  };
}

const initialized: InitializeResult = {
  serverInfo: { name: 'servicewright' },
  capabilities: {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    hoverProvider: true,
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
    diagnosticProvider: {
      identifier: 'servicewright',
      interFileDependencies: false,
      workspaceDiagnostics: false,
    },
  },
};

/** From `initialize` to `exit`. A connection that closes ends the server, so that none outlives its editor. */
export function serveLifecycle(session: Session): void {
  const { connection } = session;
  const end = (): void => session.exit(session.isShutDown ? 0 : 1);
  connection.onRequest(InitializeRequest.type, (params): InitializeResult => {
    session.client = clientOf(params);
    return initialized;
  });
  connection.onNotification(InitializedNotification.type, () => {
    if (!session.client.canRegister) return;
    const registrations = [{ id: 'settings', method: DidChangeConfigurationNotification.method }];
    session.safely(() => connection.sendRequest(RegistrationRequest.type, { registrations }));
  });
  connection.onNotification(DidChangeConfigurationNotification.type, ({ settings }) => {
    session.configure(settings);
    if (!session.client.pulls) for (const uri of session.documents.keys()) publish(session, uri);
    else if (session.client.canRefresh)
      session.safely(() => connection.sendRequest(DiagnosticRefreshRequest.type));
  });
  connection.onRequest(ShutdownRequest.type, (): void => {
    session.isShutDown = true;
  });
  connection.onNotification(ExitNotification.type, end);
  connection.onClose(end);
}
