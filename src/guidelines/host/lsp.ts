import { serveDisable, serveEffective } from './lsp/disable';
import { serveBreaking } from './lsp/comparisons';
import { serveDocuments } from './lsp/documents';
import { serveLanguage } from './lsp/language';
import { serveLifecycle } from './lsp/lifecycle';
import { servePreview } from './lsp/preview';
import { serveScore } from './lsp/score';
import type { ServerHost } from './lsp/session';
import { Session } from './lsp/session';

/** Serves the guidelines over a connection (Language Server Protocol 3.17) until the client says exit or goes away. */
export function serveGuidelines(host: ServerHost): void {
  const session = new Session(host);
  const breaking = serveBreaking(session, host);
  serveLifecycle(session, breaking);
  serveDocuments(session, breaking);
  serveLanguage(session);
  serveDisable(session);
  serveEffective(session);
  servePreview(session);
  serveScore(session, host);
  session.connection.listen();
}
