import type {
  CancellationToken,
  CodeAction,
  CodeActionParams,
  Diagnostic,
  DiagnosticServerCancellationData,
  DocumentDiagnosticParams,
  DocumentDiagnosticReport,
  Hover,
  HoverParams,
  Range,
} from 'vscode-languageserver-protocol';
import {
  CodeActionKind,
  CodeActionRequest,
  CompletionRequest,
  DocumentDiagnosticRequest,
  HoverRequest,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver-protocol';
import { beforeMarkdown, ruleMarkdown } from '../../explain';
import type { Finding } from '../../finding';
import { LazyFinding } from '../../told';
import { configCompletion } from './config-completion';
import { configDiagnostics, isConfig } from './config-documents';
import { diagnosticsOf, explainAction, fixAllKind, fixAllOf, quickFixOf, ruleById } from './convert';
import { disableActions } from './disable';
import { checkAgain } from './documents';
import type { Checked } from './open';
import type { Session } from './session';
import { extractActions, specCompletion } from './writing';

/** What a client asks of a document: diagnostics, hovers, fixes. */
export function serveLanguage(session: Session): void {
  const { connection } = session;
  connection.onRequest(DocumentDiagnosticRequest.type, (params, token) => diagnose(session, params, token));
  connection.onRequest(HoverRequest.type, (params) => hover(session, params));
  connection.onRequest(
    CompletionRequest.type,
    (params) => configCompletion(session, params) ?? specCompletion(session, params),
  );
  connection.onRequest(CodeActionRequest.type, (params) => codeActions(session, params));
}

async function diagnose(
  session: Session,
  params: DocumentDiagnosticParams,
  token: CancellationToken,
): Promise<DocumentDiagnosticReport | ResponseError<DiagnosticServerCancellationData>> {
  const { uri } = params.textDocument;
  const found = await Promise.race([whenCancelled(token), diagnosticsFor(session, uri)]);
  if (found instanceof ResponseError) return found;
  const document = session.documents.get(uri)?.id ?? 0;
  const { previousResultId: previous } = params;
  return session.answers.answer({ uri, document, ...(previous === undefined ? {} : { previous }) }, found);
}

async function diagnosticsFor(session: Session, uri: string): Promise<readonly Diagnostic[]> {
  if (isConfig(uri)) return configDiagnostics(session, uri);
  const checked = await settled(session, uri);
  if (checked?.isEarly === true) askAgain(session, checked);
  return checked === undefined ? [] : diagnosticsOf(checked);
}

/** Has the client ask again when the rest is known. Of a version that is no longer the newest it asks anyway. */
function askAgain(session: Session, { document, version }: Checked): void {
  session.safely(async () => {
    const whole = await session.check(document.uri);
    if (whole?.document === document && whole.version === version) checkAgain(session);
  });
}

function whenCancelled(token: CancellationToken): Promise<ResponseError<DiagnosticServerCancellationData>> {
  return new Promise((resolve) => {
    token.onCancellationRequested(() =>
      resolve(new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled')),
    );
  });
}

/** Waits for the version that is newest when it is done: while somebody types, one answer follows for all. */
async function settled(session: Session, uri: string): Promise<Checked | undefined> {
  for (;;) {
    // What is told ahead is told to those who can be told the rest.
    const checked = await (session.client.canRefresh ? session.first(uri) : session.check(uri));
    if (checked !== undefined || !session.documents.has(uri)) return checked;
  }
}

async function hover(session: Session, { textDocument, position }: HoverParams): Promise<Hover | null> {
  const checked = await session.check(textDocument.uri);
  const found = findingsIn(checked, { start: position, end: position });
  const texts = [...new Set(found.map((one) => one.rule))].flatMap((id) => {
    const rule = ruleById.get(id);
    if (rule === undefined) return [];
    const old = found.flatMap((one) =>
      one.rule === id && one.before !== undefined ? [beforeMarkdown(one.before)] : [],
    );
    return [`**${rule.summary}** \`${id}\`\n\n${[...old, ruleMarkdown(rule)].join('\n\n')}`];
  });
  const [first] = found;
  if (first === undefined || texts.length === 0) return null;
  return { contents: { kind: 'markdown', value: texts.join('\n\n---\n\n') }, range: first.range };
}

async function codeActions(session: Session, params: CodeActionParams): Promise<CodeAction[]> {
  const { uri } = params.textDocument;
  const checked = await session.check(uri);
  if (checked?.spec === undefined) return [];
  const { spec } = checked;
  const { only } = params.context;
  const wants = (kind: string): boolean =>
    only === undefined || only.some((one) => kind === one || kind.startsWith(`${one}.`));
  const here = findingsIn(checked, params.range);
  const { explainCommand } = session.client;
  return [
    ...(wants(CodeActionKind.QuickFix) ? here.flatMap((one) => quickFixOf(one, spec, uri)) : []),
    ...(wants(CodeActionKind.QuickFix) && explainCommand !== undefined
      ? [...new Set(here.map((one) => one.rule))].map((id) => explainAction(id, explainCommand))
      : []),
    ...(wants(CodeActionKind.QuickFix) ? here.flatMap((one) => disableActions(session, one, uri, spec)) : []),
    ...(wants(CodeActionKind.RefactorExtract) ? extractActions(session, spec, params.range) : []),
    ...(wants(fixAllKind) ? fixAllOf(checked.told, spec, uri) : []),
  ];
}

/** The findings that touch a range. */
function findingsIn(checked: Checked | undefined, { start, end }: Range): readonly Finding[] {
  const spec = checked?.spec;
  if (checked === undefined || spec === undefined) return [];
  const { lines } = spec.source;
  return checked.told
    .touching(lines.offsetAt(start), lines.offsetAt(end))
    .map((one) => new LazyFinding(one, spec));
}
