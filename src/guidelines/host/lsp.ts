import type {
  CodeAction,
  CodeActionParams,
  DocumentDiagnosticReport,
  Hover,
  InitializeParams,
  InitializeResult,
  Position,
  ProtocolConnection,
  Range,
} from 'vscode-languageserver-protocol';
import {
  CodeActionKind,
  CodeActionRequest,
  ConfigurationRequest,
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticReportKind,
  DocumentDiagnosticRequest,
  ExitNotification,
  HoverRequest,
  InitializeRequest,
  InitializedNotification,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShutdownRequest,
  TextDocumentSyncKind,
} from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CheckOptions } from '../engine';
import { ruleMarkdown } from '../explain';
import type { Checked, Checker, Turns } from './lsp/check';
import { createChecker } from './lsp/check';
import { diagnosticsOf, fixAllOf, quickFixOf, ruleById } from './lsp/convert';
import { readOptions } from './lsp/options';

export interface ServerHost {
  readonly connection: ProtocolConnection;
  readonly turns: Turns;
  exit(code: number): void;
}

/** One session of the language server. */
interface Session extends ServerHost {
  readonly documents: Map<string, TextDocument>;
  readonly checker: Checker;
  /** Whether the client asks for diagnostics itself (LSP 3.17 §Pull Diagnostics); else they are pushed. */
  pulls: boolean;
  canRefresh: boolean;
  canConfigure: boolean;
  options: Promise<CheckOptions | 'off'>;
  isShutDown: boolean;
}

/** Serves the guidelines over a connection until the client says exit. */
export function serveGuidelines(host: ServerHost): void {
  const session: Session = {
    ...host,
    documents: new Map(),
    checker: createChecker(host.turns),
    pulls: false,
    canRefresh: false,
    canConfigure: false,
    options: Promise.resolve({}),
    isShutDown: false,
  };
  serveLifecycle(session);
  serveDocuments(session);
  serveLanguage(session);
  host.connection.listen();
}

function serveLifecycle(session: Session): void {
  const { connection } = session;
  connection.onRequest(InitializeRequest.type, (params: InitializeParams): InitializeResult => {
    const { textDocument, workspace } = params.capabilities;
    session.pulls = textDocument?.diagnostic !== undefined;
    session.canRefresh = workspace?.diagnostics?.refreshSupport === true;
    session.canConfigure = workspace?.configuration === true;
    return {
      serverInfo: { name: 'servicewright' },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        hoverProvider: true,
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, `${CodeActionKind.SourceFixAll}.servicewright`],
        },
        diagnosticProvider: {
          identifier: 'servicewright',
          interFileDependencies: false,
          workspaceDiagnostics: false,
        },
      },
    };
  });
  connection.onNotification(InitializedNotification.type, async () => {
    if (!session.canConfigure) return;
    session.options = askOptions(session);
    const registrations = [{ id: 'settings', method: DidChangeConfigurationNotification.method }];
    await connection.sendRequest(RegistrationRequest.type, { registrations });
  });
  connection.onNotification(DidChangeConfigurationNotification.type, async () => {
    if (session.canConfigure) session.options = askOptions(session);
    session.checker.reset();
    if (session.pulls && session.canRefresh) await connection.sendRequest(DiagnosticRefreshRequest.type);
    else for (const document of session.documents.values()) await publish(session, document);
  });
  connection.onRequest(ShutdownRequest.type, (): void => {
    session.isShutDown = true;
  });
  connection.onNotification(ExitNotification.type, () => session.exit(session.isShutDown ? 0 : 1));
  connection.onClose(() => session.exit(session.isShutDown ? 0 : 1));
}

async function askOptions({ connection }: Session): Promise<CheckOptions | 'off'> {
  const items = [{ section: 'servicewright.guidelines' }];
  const [settings]: unknown[] = await connection.sendRequest(ConfigurationRequest.type, { items });
  return readOptions(settings);
}

function serveDocuments(session: Session): void {
  const { connection, documents, checker } = session;
  connection.onNotification(DidOpenTextDocumentNotification.type, async ({ textDocument }) => {
    const { uri, languageId, version, text } = textDocument;
    const document = TextDocument.create(uri, languageId, version, text);
    documents.set(uri, document);
    await publish(session, document);
  });
  connection.onNotification(
    DidChangeTextDocumentNotification.type,
    async ({ textDocument, contentChanges }) => {
      const before = documents.get(textDocument.uri);
      if (!before) return;
      const document = TextDocument.update(before, [...contentChanges], textDocument.version);
      documents.set(textDocument.uri, document);
      await publish(session, document);
    },
  );
  connection.onNotification(DidCloseTextDocumentNotification.type, async ({ textDocument }) => {
    documents.delete(textDocument.uri);
    checker.forget(textDocument.uri);
    if (session.pulls) return;
    await connection.sendNotification(PublishDiagnosticsNotification.type, {
      uri: textDocument.uri,
      diagnostics: [],
    });
  });
}

/** Pushes diagnostics to a client that does not ask for them. */
async function publish(session: Session, document: TextDocument): Promise<void> {
  if (session.pulls) return;
  const checked = await check(session, document.uri);
  if (!checked) return;
  await session.connection.sendNotification(PublishDiagnosticsNotification.type, {
    uri: document.uri,
    version: checked.version,
    diagnostics: [...diagnosticsOf(checked.findings)],
  });
}

/** The findings of the newest version; undefined when there is no such document or it changed meanwhile. */
async function check(session: Session, uri: string): Promise<Checked | undefined> {
  const options = await session.options;
  const document = session.documents.get(uri);
  if (!document) return undefined;
  if (options === 'off') return { version: document.version, spec: undefined, findings: [] };
  return session.checker.check(document, options);
}

function serveLanguage(session: Session): void {
  const { connection } = session;
  connection.onRequest(DocumentDiagnosticRequest.type, async (params): Promise<DocumentDiagnosticReport> => {
    const checked = await checkSettled(session, params.textDocument.uri);
    const items = [...diagnosticsOf(checked?.findings ?? [])];
    const resultId = String(hashOf(JSON.stringify(items)));
    if (resultId === params.previousResultId)
      return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
  });
  connection.onRequest(HoverRequest.type, async ({ textDocument, position }): Promise<Hover | null> => {
    const checked = await check(session, textDocument.uri);
    const found = (checked?.findings ?? []).filter((one) => contains(one.range, position));
    const texts = [...new Set(found.map((one) => one.rule))].flatMap((id) => {
      const rule = ruleById.get(id);
      return rule ? [`**${rule.id}**: ${rule.summary}\n\n${ruleMarkdown(rule)}`] : [];
    });
    return texts.length === 0 ? null : { contents: { kind: 'markdown', value: texts.join('\n\n---\n\n') } };
  });
  connection.onRequest(CodeActionRequest.type, async (params): Promise<CodeAction[]> => {
    const checked = await check(session, params.textDocument.uri);
    return checked ? actionsOf(checked, params) : [];
  });
}

/** Waits for the version that is newest when it is done: a pull is answered once typing allows it. */
async function checkSettled(session: Session, uri: string): Promise<Checked | undefined> {
  for (;;) {
    const checked = await check(session, uri);
    if (checked || !session.documents.has(uri)) return checked;
  }
}

function actionsOf({ findings, spec }: Checked, params: CodeActionParams): CodeAction[] {
  if (!spec) return [];
  const { uri } = params.textDocument;
  const wants = (kind: string): boolean =>
    params.context.only === undefined ||
    params.context.only.some((only) => kind === only || kind.startsWith(`${only}.`));
  const here = findings.filter((one) => touches(one.range, params.range));
  return [
    ...(wants(CodeActionKind.QuickFix) ? here.flatMap((one) => quickFixOf(one, spec, uri)) : []),
    ...(wants(`${CodeActionKind.SourceFixAll}.servicewright`) ? fixAllOf(findings, spec, uri) : []),
  ];
}

const before = (a: Position, b: Position): boolean =>
  a.line < b.line || (a.line === b.line && a.character < b.character);

function contains(range: Range, position: Position): boolean {
  return !before(position, range.start) && !before(range.end, position);
}

function touches(a: Range, b: Range): boolean {
  return !before(a.end, b.start) && !before(b.end, a.start);
}

/** FNV-1a, 32 bits: a name for a set of diagnostics. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
