import type { PublishDiagnosticsParams } from 'vscode-languageserver-protocol';
import {
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  PublishDiagnosticsNotification,
} from 'vscode-languageserver-protocol';
import { diagnosticsOf } from './convert';
import { OpenDocument } from './open';
import type { Session } from './session';

/** Editors open older versions under these schemes, beside the file itself: their findings would be told twice. */
const olderVersions = /^(?:git|gitfs|gitlens|pr|review|svn|hg):/;

/** Keeps the open documents, and pushes diagnostics to a client that does not ask for them. */
export function serveDocuments(session: Session): void {
  const { connection, documents } = session;
  let opened = 0;
  connection.onNotification(DidOpenTextDocumentNotification.type, ({ textDocument }) => {
    const { uri } = textDocument;
    if (olderVersions.test(uri)) return;
    opened += 1;
    documents.set(uri, new OpenDocument(opened, textDocument));
    publish(session, uri);
  });
  connection.onNotification(DidChangeTextDocumentNotification.type, ({ textDocument, contentChanges }) => {
    const { uri, version } = textDocument;
    const document = documents.get(uri);
    if (document === undefined) return;
    document.change(contentChanges, version);
    publish(session, uri);
  });
  connection.onNotification(DidCloseTextDocumentNotification.type, ({ textDocument: { uri } }) => {
    session.forget(uri);
    if (!session.client.pulls) send(session, uri, { diagnostics: [] });
  });
}

/** Checks a document and sends what was found, unless the client asks for it or there is a newer version by then. */
export function publish(session: Session, uri: string): void {
  if (session.client.pulls) return;
  session.safely(async () => {
    const checked = await session.check(uri);
    if (checked === undefined || session.documents.get(uri) !== checked.document) return;
    if (checked.document.version !== checked.version) return;
    const diagnostics = [...diagnosticsOf(checked)];
    send(session, uri, { version: checked.version, diagnostics });
  });
}

function send(session: Session, uri: string, rest: Omit<PublishDiagnosticsParams, 'uri'>): void {
  const params = { uri, ...rest };
  session.safely(() => session.connection.sendNotification(PublishDiagnosticsNotification.type, params));
}
