import { serveDisable, serveEffective } from './lsp/disable';
import { serveDocuments } from './lsp/documents';
import { serveLanguage } from './lsp/language';
import { serveLifecycle } from './lsp/lifecycle';
import type { ServerHost } from './lsp/session';
import { Session } from './lsp/session';

/** Serves the guidelines over a connection (Language Server Protocol 3.17) until the client says exit or goes away. */
export function serveGuidelines(host: ServerHost): void {
  const session = new Session(host);
  serveLifecycle(session);
  serveDocuments(session);
  serveLanguage(session);
  serveDisable(session);
  serveEffective(session);
  session.connection.listen();
}
