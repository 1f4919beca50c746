import type { PublishDiagnosticsParams } from 'vscode-languageserver-protocol';
import {
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  PublishDiagnosticsNotification,
} from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { diagnosticsOf } from './convert';
import type { Session } from './session';

/** Editors open older versions under these schemes, beside the file itself: their findings would be told twice. */
const olderVersions = /^(?:git|gitfs|gitlens|pr|review|svn|hg):/;

/** Keeps the open documents, and pushes diagnostics to a client that does not ask for them. */
export function serveDocuments(session: Session): void {
  const { connection, documents } = session;
  connection.onNotification(DidOpenTextDocumentNotification.type, ({ textDocument }) => {
    const { uri, languageId, version, text } = textDocument;
    if (olderVersions.test(uri)) return;
    documents.set(uri, TextDocument.create(uri, languageId, version, text));
    publish(session, uri);
  });
  connection.onNotification(DidChangeTextDocumentNotification.type, ({ textDocument, contentChanges }) => {
    const { uri, version } = textDocument;
    const before = documents.get(uri);
    if (before === undefined) return;
    documents.set(uri, TextDocument.update(before, [...contentChanges], version));
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
    if (checked === undefined || session.documents.get(uri)?.version !== checked.version) return;
    const diagnostics = [...diagnosticsOf(checked.findings)];
    send(session, uri, { version: checked.version, diagnostics });
  });
}

function send(session: Session, uri: string, rest: Omit<PublishDiagnosticsParams, 'uri'>): void {
  const params = { uri, ...rest };
  session.safely(() => session.connection.sendNotification(PublishDiagnosticsNotification.type, params));
}
