import type { InitializeParams, InitializeResult, Registration } from 'vscode-languageserver-protocol';
import {
  CodeActionKind,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  ExitNotification,
  InitializeRequest,
  InitializedNotification,
  RegistrationRequest,
  ShutdownRequest,
  TextDocumentSyncKind,
} from 'vscode-languageserver-protocol';
import { isObject, stringAt } from '../../../base/json';
import { watchedCode, watchedFiles } from '../../config/names';

import type { Breaking } from './breaking';
import { mayRunGit } from './breaking';
import { fixAllKind } from './convert';
import { checkAgain } from './documents';
import { saysTrusted } from './code';
import type { Client, Session } from './session';

function clientOf({ capabilities, initializationOptions, workspaceFolders }: InitializeParams): Client {
  const { textDocument, workspace } = capabilities;
  return {
    pulls: textDocument?.diagnostic !== undefined,
    canRefresh: workspace?.diagnostics?.refreshSupport === true,
    canConfigure: workspace?.configuration === true,
    canRegister: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    canWatch: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    reads: isObject(initializationOptions) && initializationOptions['readsFiles'] === true,
    explainCommand: stringAt(initializationOptions, 'explainCommand'),
    disableCommand: stringAt(initializationOptions, 'disableCommand'),
    folders: workspaceFolders?.map(({ uri }) => uri) ?? [],
  };
}

const initialized: InitializeResult = {
  serverInfo: { name: 'servicewright' },
  capabilities: {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    hoverProvider: true,
    completionProvider: { triggerCharacters: ['-', ' '] },
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
    diagnosticProvider: {
      identifier: 'servicewright',
      interFileDependencies: false,
      workspaceDiagnostics: false,
    },
  },
};

function registrationsFor({ canRegister, canWatch }: Client): readonly Registration[] {
  return [
    ...(canRegister ? [{ id: 'settings', method: DidChangeConfigurationNotification.method }] : []),
    ...(canWatch ? [watching('files', watchedFiles)] : []),
  ];
}

function watching(id: string, globs: readonly string[]): Registration {
  const watchers = globs.map((globPattern) => ({ globPattern }));
  return { id, method: DidChangeWatchedFilesNotification.method, registerOptions: { watchers } };
}

function register(session: Session, registrations: readonly Registration[]): void {
  if (registrations.length === 0) return;
  session.safely(() =>
    session.connection.sendRequest(RegistrationRequest.type, { registrations: [...registrations] }),
  );
}

/** From `initialize` to `exit`. A connection that closes ends the server, so that none outlives its editor. */
export function serveLifecycle(session: Session, breaking: Breaking): void {
  const { connection } = session;
  let isWatching = false;
  /** Files of code matter from when they may be run. */
  const watchCode = (): void => {
    if (isWatching || !session.code.isTrusted || !session.client.canWatch) return;
    isWatching = true;
    register(session, [watching('code', watchedCode)]);
  };
  const end = (): void => session.exit(session.isShutDown ? 0 : 1);
  connection.onRequest(InitializeRequest.type, (params): InitializeResult => {
    session.client = clientOf(params);
    breaking.mayRunGit = mayRunGit(params.initializationOptions);
    session.code.isTrusted = saysTrusted(params.initializationOptions);
    return initialized;
  });
  connection.onNotification(InitializedNotification.type, () => {
    const registrations = registrationsFor(session.client);
    register(session, registrations);
    watchCode();
  });
  connection.onNotification(DidChangeConfigurationNotification.type, ({ settings }) => {
    session.configure(settings);
    breaking.again();
    checkAgain(session);
  });
  connection.onNotification('servicewright/trust', (said: unknown) => {
    session.code.isTrusted = saysTrusted(said);
    watchCode();
    session.reconfigure();
    checkAgain(session);
  });
  connection.onRequest(ShutdownRequest.type, (): void => {
    session.isShutDown = true;
  });
  connection.onNotification(ExitNotification.type, end);
  connection.onClose(end);
}
