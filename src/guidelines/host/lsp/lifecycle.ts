import type { InitializeParams, InitializeResult, Registration } from 'vscode-languageserver-protocol';
import {
  CodeActionKind,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
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

type Able = Omit<Client, 'reads' | 'findsFiles' | 'folders' | `${string}Command`>;
type Capabilities = InitializeParams['capabilities'];

function abilitiesOf({ textDocument, workspace }: Capabilities): Able {
  return {
    ...refreshesOf(workspace),
    pulls: textDocument?.diagnostic !== undefined,
    canConfigure: workspace?.configuration === true,
    canRegister: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    canWatch: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    takesLinks: textDocument?.definition?.linkSupport === true,
  };
}

function refreshesOf(workspace: Capabilities['workspace']): Pick<Able, 'canRefresh' | 'canRefreshLenses'> {
  return {
    canRefresh: workspace?.diagnostics?.refreshSupport === true,
    canRefreshLenses: workspace?.codeLens?.refreshSupport === true,
  };
}

function clientOf({ capabilities, initializationOptions, workspaceFolders }: InitializeParams): Client {
  const says = (name: string): boolean =>
    isObject(initializationOptions) && initializationOptions[name] === true;
  return {
    ...abilitiesOf(capabilities),
    reads: says('readsFiles'),
    findsFiles: says('findsFiles'),
    explainCommand: stringAt(initializationOptions, 'explainCommand'),
    disableCommand: stringAt(initializationOptions, 'disableCommand'),
    referencesCommand: stringAt(initializationOptions, 'referencesCommand'),
    suggestCommand: stringAt(initializationOptions, 'suggestCommand'),
    folders: workspaceFolders?.map(({ uri }) => uri) ?? [],
  };
}

const initialized: InitializeResult = {
  serverInfo: { name: 'servicewright' },
  capabilities: {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    hoverProvider: true,
    completionProvider: { triggerCharacters: ['-', ' ', '"', "'", '/', '#'] },
    codeActionProvider: {
      codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorExtract, fixAllKind],
    },
    definitionProvider: true,
    referencesProvider: true,
    renameProvider: { prepareProvider: true },
    documentLinkProvider: {},
    documentSymbolProvider: true,
    foldingRangeProvider: true,
    codeLensProvider: {},
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
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
  connection.onNotification(DidChangeWorkspaceFoldersNotification.type, ({ event }) => {
    const gone = new Set(event.removed.map(({ uri }) => uri));
    const left = session.client.folders.filter((uri) => !gone.has(uri));
    session.refolder([...left, ...event.added.map(({ uri }) => uri)]);
    checkAgain(session);
  });
  connection.onRequest(ShutdownRequest.type, (): void => {
    session.isShutDown = true;
  });
  connection.onNotification(ExitNotification.type, end);
  connection.onClose(end);
}
