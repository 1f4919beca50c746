/** Definition, references, rename and links, over the files of a description. */
import type {
  DefinitionParams,
  DocumentLink,
  DocumentLinkParams,
  Location,
  LocationLink,
  PrepareRenameParams,
  ReferenceParams,
  RenameParams,
  WorkspaceEdit,
} from 'vscode-languageserver-protocol';
import {
  DefinitionRequest,
  DocumentLinkRequest,
  LSPErrorCodes,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  ResponseError,
} from 'vscode-languageserver-protocol';
import { definitionAt } from '../../language/definition';
import { linksIn } from '../../language/links';
import { referencesAt } from '../../language/references';
import { renamableAt, renameAt } from '../../language/rename';
import { changesOf, filesOf, locationOf, offsetIn, rangeIn, uriOfSpec } from './located';
import type { Session } from './session';

export function serveNavigation(session: Session): void {
  const { connection } = session;
  connection.onRequest(DefinitionRequest.type, (params) => definition(session, params));
  connection.onRequest(ReferencesRequest.type, (params) => references(session, params));
  connection.onRequest(PrepareRenameRequest.type, (params) => prepareRename(session, params));
  connection.onRequest(RenameRequest.type, (params) => rename(session, params));
  connection.onRequest(DocumentLinkRequest.type, (params) => links(session, params));
}

async function definition(
  session: Session,
  { textDocument, position }: DefinitionParams,
): Promise<LocationLink[] | Location[] | null> {
  const files = await filesOf(session, textDocument.uri);
  const found = files && definitionAt(files.spec, offsetIn(files.spec, position));
  if (files === undefined || found === undefined) return null;
  // No editor opens a web address as a document; the link does that in a browser.
  const targets = found.targets.filter(({ spec }) => !spec.isOnWeb);
  if (!session.client.takesLinks) return targets.map((target) => locationOf(session, target));
  return targets.map(({ spec, span, whole }) => ({
    originSelectionRange: rangeIn(files.spec, found.origin),
    targetUri: uriOfSpec(session, spec),
    targetRange: rangeIn(spec, whole),
    targetSelectionRange: rangeIn(spec, span),
  }));
}

async function references(
  session: Session,
  { textDocument, position, context }: ReferenceParams,
): Promise<Location[] | null> {
  await session.crawl.done();
  const files = await filesOf(session, textDocument.uri);
  const found = files && referencesAt(files, offsetIn(files.spec, position), context.includeDeclaration);
  return found?.map((place) => locationOf(session, place)) ?? null;
}

type Refusal = ResponseError<undefined>;
const refuse = (why: string): Refusal => new ResponseError(LSPErrorCodes.RequestFailed, why);

async function prepareRename(
  session: Session,
  { textDocument, position }: PrepareRenameParams,
): Promise<{ range: DocumentLink['range']; placeholder: string } | Refusal | null> {
  const files = await filesOf(session, textDocument.uri);
  if (files === undefined) return null;
  const found = renamableAt(files, offsetIn(files.spec, position));
  return 'refused' in found
    ? refuse(found.refused)
    : { range: rangeIn(files.spec, found.span), placeholder: found.name };
}

async function rename(
  session: Session,
  { textDocument, position, newName }: RenameParams,
): Promise<WorkspaceEdit | Refusal | null> {
  await session.crawl.done();
  const files = await filesOf(session, textDocument.uri);
  if (files === undefined) return null;
  const found = renameAt(files, offsetIn(files.spec, position), newName);
  return 'refused' in found ? refuse(found.refused) : { changes: changesOf(session, found) };
}

async function links(session: Session, { textDocument }: DocumentLinkParams): Promise<DocumentLink[] | null> {
  const files = await filesOf(session, textDocument.uri);
  if (files === undefined) return null;
  const { spec } = files;
  return linksIn(spec).map(({ span, target }) => {
    const { uri, range } = locationOf(session, target);
    if (target.spec.isOnWeb) return { range: rangeIn(spec, span), target: uri };
    const { line, character } = range.start;
    return { range: rangeIn(spec, span), target: `${uri}#L${line + 1},${character + 1}` };
  });
}
