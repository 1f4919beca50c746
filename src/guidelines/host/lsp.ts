import { serveDisable, serveEffective } from './lsp/disable';
import { serveBreaking } from './lsp/comparisons';
import { serveDocuments } from './lsp/documents';
import { serveLanguage } from './lsp/language';
import { serveLifecycle } from './lsp/lifecycle';
import { serveNavigation } from './lsp/navigation';
import { servePreview } from './lsp/preview';
import { serveScore } from './lsp/score';
import type { ServerHost } from './lsp/session';
import { Session } from './lsp/session';
import { serveStructure } from './lsp/structure';

/** Serves the guidelines over a connection (Language Server Protocol 3.17) until the client says exit or goes away. */
export function serveGuidelines(host: ServerHost): void {
  const session = new Session(host);
  const breaking = serveBreaking(session, host);
  serveLifecycle(session, breaking);
  serveDocuments(session, breaking);
  serveLanguage(session);
  serveNavigation(session);
  serveStructure(session);
  serveDisable(session);
  serveEffective(session);
  servePreview(session);
  serveScore(session, host);
  session.connection.listen();
}
