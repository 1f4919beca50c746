/** Completion and extraction: what can be written, and what can be written elsewhere. */
import type {
  CodeAction,
  CompletionItem,
  CompletionList,
  CompletionParams,
  Range,
} from 'vscode-languageserver-protocol';
import { CodeActionKind, CompletionItemKind } from 'vscode-languageserver-protocol';
import type { Proposal } from '../../language/completion';
import { proposalsAt } from '../../language/completion';
import { extractionsAt } from '../../language/extract';
import type { Spec } from '../../spec';
import { changesOf, filesOf, offsetIn, rangeIn } from './located';
import type { Session } from './session';

const kindOf: Readonly<Record<Proposal['kind'], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  reference: CompletionItemKind.Reference,
};

/** What can be written in a description; null for other files. */
export async function specCompletion(
  session: Session,
  { textDocument, position }: CompletionParams,
): Promise<CompletionItem[] | CompletionList | null> {
  const { uri } = textDocument;
  const isReference = reference.test(session.documents.get(uri)?.lineBefore(position) ?? '');
  const wanted = isReference ? await session.offers.for(uri) : undefined;
  const files = await filesOf(session, uri);
  if (files === undefined) return null;
  const elsewhere = wanted?.offerings ?? [];
  const proposals = proposalsAt({ ...files, elsewhere }, offsetIn(files.spec, position));
  const items = itemsOf(session, files.spec, proposals);
  return wanted?.isAll === false ? { isIncomplete: true, items } : items;
}

/** The start of a line whose value of a reference is being written. */
const reference = /\$ref["']?[ \t]*:[ \t]*["']?[^"']*$/;

function itemsOf(session: Session, spec: Spec, proposals: readonly Proposal[]): CompletionItem[] {
  const suggest = session.client.suggestCommand;
  return proposals.map(({ label, kind, text, span, detail }, at) => ({
    label,
    kind: kindOf[kind],
    ...(detail === undefined ? {} : { detail }),
    filterText: label,
    sortText: String(at).padStart(5, '0'),
    textEdit: { range: rangeIn(spec, span), newText: text },
    // Behind a key its value is asked for, where the client says how.
    ...(text.endsWith(': ') && suggest !== undefined
      ? { command: { title: 'Suggest', command: suggest } }
      : {}),
  }));
}

/** Moves what is written at a place into `components`. */
export function extractActions(session: Session, spec: Spec, range: Range): readonly CodeAction[] {
  return extractionsAt(spec, offsetIn(spec, range.start)).map(({ title, edits }) => ({
    title,
    kind: CodeActionKind.RefactorExtract,
    edit: { changes: changesOf(session, edits()) },
  }));
}
