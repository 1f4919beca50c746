/** Completion and extraction: what can be written, and what can be written elsewhere. */
import type { CodeAction, CompletionItem, CompletionParams, Range } from 'vscode-languageserver-protocol';
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
): Promise<CompletionItem[] | null> {
  const files = await filesOf(session, textDocument.uri);
  if (files === undefined) return null;
  const suggest = session.client.suggestCommand;
  const proposals = proposalsAt(files, offsetIn(files.spec, position));
  return proposals.map(({ label, kind, text, span, detail }, at) => ({
    label,
    kind: kindOf[kind],
    ...(detail === undefined ? {} : { detail }),
    filterText: label,
    sortText: String(at).padStart(5, '0'),
    textEdit: { range: rangeIn(files.spec, span), newText: text },
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
