import type { PublishDiagnosticsParams } from 'vscode-languageserver-protocol';
import {
  DiagnosticRefreshRequest,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
  PublishDiagnosticsNotification,
} from 'vscode-languageserver-protocol';
import type { Breaking } from './breaking';
import { configDiagnostics, isConfig } from './config-documents';
import { diagnosticsOf } from './convert';
import type { Checked } from './open';
import { OpenDocument } from './open';
import { addressOf } from './project';
import type { Session } from './session';

/** Editors open older versions under these schemes, beside the file itself: their findings would be told twice. */
const olderVersions = /^(?:git|gitfs|gitlens|pr|review|svn|hg):/;

/** Keeps the open documents, and pushes diagnostics to a client that does not ask for them. */
export function serveDocuments(session: Session, breaking: Breaking): void {
  const { connection, documents, linked } = session;
  let opened = 0;
  connection.onNotification(DidOpenTextDocumentNotification.type, ({ textDocument }) => {
    const { uri } = textDocument;
    if (olderVersions.test(uri)) return;
    opened += 1;
    linked.changed(uri);
    documents.set(uri, new OpenDocument(opened, textDocument, session.read(uri, textDocument.text)));
    publish(session, uri);
    breaking.opened(uri);
    session.crawl.opened(uri, textDocument.text);
  });
  connection.onNotification(DidChangeTextDocumentNotification.type, ({ textDocument, contentChanges }) => {
    const { uri, version } = textDocument;
    const document = documents.get(uri);
    if (document === undefined) return;
    breaking.changed(uri);
    linked.changed(uri);
    session.files.edited();
    document.change(contentChanges, version);
    publish(session, uri);
  });
  connection.onNotification(DidSaveTextDocumentNotification.type, ({ textDocument: { uri } }) => {
    breaking.saved(uri);
    configChanged(session, [uri]);
    session.safely(() => session.files.refetch());
  });
  connection.onNotification(DidChangeWatchedFilesNotification.type, ({ changes }) => {
    const uris = changes.map(({ uri }) => uri);
    for (const uri of uris) {
      const address = addressOf(uri);
      session.files.edited();
      if (address !== undefined && session.files.project.changedOnDisk(address)) {
        linked.changed(uri);
        breaking.changed(uri);
      }
      session.crawl.changed(uri);
      session.offers.changed(uri);
    }
    configChanged(session, uris);
  });
  connection.onNotification(DidCloseTextDocumentNotification.type, ({ textDocument: { uri } }) => {
    linked.changed(uri);
    session.forget(uri);
    breaking.closed(uri);
    if (!session.client.pulls) send(session, uri, { diagnostics: [] });
  });
}

/** Checks a document and sends what was found, unless the client asks for it or there is a newer version by then. */
export function publish(session: Session, uri: string): void {
  if (session.client.pulls) return;
  if (isConfig(uri)) return publishConfig(session, uri);
  session.safely(async () => {
    const first = await session.first(uri);
    sendChecked(session, uri, first);
    if (first?.isEarly === true) sendChecked(session, uri, await session.check(uri));
  });
}

/** Sends what was found, unless there is another version, or another document, by now. */
function sendChecked(session: Session, uri: string, checked: Checked | undefined): void {
  if (checked === undefined || session.documents.get(uri) !== checked.document) return;
  if (checked.document.version !== checked.version) return;
  send(session, uri, { version: checked.version, diagnostics: [...diagnosticsOf(checked)] });
}

function publishConfig(session: Session, uri: string): void {
  const document = session.documents.get(uri);
  const version = document?.version;
  session.safely(async () => {
    const diagnostics = [...(await configDiagnostics(session, uri))];
    if (version === undefined || session.documents.get(uri) !== document || document?.version !== version)
      return;
    send(session, uri, { version, diagnostics });
  });
}

function send(session: Session, uri: string, rest: Omit<PublishDiagnosticsParams, 'uri'>): void {
  const params = { uri, ...rest };
  session.safely(() => session.connection.sendNotification(PublishDiagnosticsNotification.type, params));
}

/** Checks everything again when a configuration was saved or changed on disk. */
function configChanged(session: Session, uris: readonly string[]): void {
  if (!uris.some((uri) => session.configs.isConcerned(uri))) return;
  session.reconfigure();
  checkAgain(session);
}

/** Has all open documents checked again. */
export function checkAgain(session: Session): void {
  const { client, connection, documents } = session;
  if (!client.pulls) for (const uri of documents.keys()) publish(session, uri);
  else if (client.canRefresh) session.safely(() => connection.sendRequest(DiagnosticRefreshRequest.type));
}
