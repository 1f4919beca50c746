/** What a description is made of: symbols, folds, and how often each component is referred to. */
import type { CodeLens, DocumentSymbol, FoldingRange } from 'vscode-languageserver-protocol';
import {
  CodeLensRequest,
  DocumentSymbolRequest,
  FoldingRangeKind,
  FoldingRangeRequest,
  SymbolKind,
} from 'vscode-languageserver-protocol';
import { count } from '../../../base/text';
import { countsIn } from '../../language/counts';
import { foldsIn } from '../../language/folding';
import type { DocumentSymbol as Found, SymbolKind as Kind } from '../../language/outline';
import { symbolsIn } from '../../language/outline';
import { referencesAt } from '../../language/references';
import type { Spec } from '../../spec';
import { filesOf, locationOf, offsetIn, rangeIn } from './located';
import type { Session } from './session';

export function serveStructure(session: Session): void {
  const { connection } = session;
  connection.onRequest(DocumentSymbolRequest.type, ({ textDocument }) => symbols(session, textDocument.uri));
  connection.onRequest(FoldingRangeRequest.type, ({ textDocument }) => folds(session, textDocument.uri));
  connection.onRequest(CodeLensRequest.type, ({ textDocument }) => lenses(session, textDocument.uri));
  connection.onRequest('servicewright/references', async (params: Asked) => {
    await session.crawl.done();
    const files = await filesOf(session, params.uri);
    const found = files && referencesAt(files, offsetIn(files.spec, params.position), false);
    return found?.map((place) => locationOf(session, place)) ?? [];
  });
}

/** What the command of a code lens is given, and asks for. */
interface Asked {
  readonly uri: string;
  readonly position: { readonly line: number; readonly character: number };
}

const kindOf: Readonly<Record<Kind, SymbolKind>> = {
  section: SymbolKind.Namespace,
  path: SymbolKind.Module,
  operation: SymbolKind.Method,
  schema: SymbolKind.Class,
  property: SymbolKind.Property,
  parameter: SymbolKind.Variable,
  component: SymbolKind.Object,
  entry: SymbolKind.Field,
};

async function symbols(session: Session, uri: string): Promise<DocumentSymbol[] | null> {
  const files = await filesOf(session, uri);
  return files === undefined ? null : symbolsIn(files.spec).map((one) => symbolOf(one, files.spec));
}

function symbolOf({ name, detail, kind, span, nameSpan, children }: Found, spec: Spec): DocumentSymbol {
  return {
    // An empty key is a key, and a name that editors refuse.
    name: name === '' ? '""' : name,
    detail,
    kind: kindOf[kind],
    range: rangeIn(spec, span),
    selectionRange: rangeIn(spec, nameSpan),
    children: children.map((one) => symbolOf(one, spec)),
  };
}

async function folds(session: Session, uri: string): Promise<FoldingRange[] | null> {
  const files = await filesOf(session, uri);
  // Without an answer editors fold by indentation.
  if (files === undefined) return null;
  return foldsIn(files.spec).map(({ start, end, isComment }) => ({
    startLine: start,
    endLine: end,
    ...(isComment ? { kind: FoldingRangeKind.Comment } : {}),
  }));
}

async function lenses(session: Session, uri: string): Promise<CodeLens[] | null> {
  const command = session.client.referencesCommand;
  const settings = await session.settingsFor(uri);
  if (command === undefined || settings === 'off' || !settings.codeLens) return null;
  const files = await filesOf(session, uri);
  if (files === undefined) return null;
  // Files that nobody opened may refer to what stands here; when they are known, the counts are asked for again.
  session.crawl.begin();
  return countsIn(files).map(({ spec, span, count: references }) => {
    const range = rangeIn(spec, span);
    const asked: Asked = { uri, position: range.start };
    return { range, command: { title: count(references, 'reference'), command, arguments: [asked] } };
  });
}
