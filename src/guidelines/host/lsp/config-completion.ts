import type { CompletionItem, CompletionParams } from 'vscode-languageserver-protocol';
import { CompletionItemKind, MarkupKind } from 'vscode-languageserver-protocol';
import { suggestions } from '../../config/complete';
import { isOwnConfigPath } from '../../config/names';
import { placeOf } from './places';
import type { Session } from './session';

/** What can be written in a `.servicewright/guidelines.yaml`; undefined for other documents. */
export function configCompletion(
  session: Session,
  { textDocument: { uri }, position }: CompletionParams,
): CompletionItem[] | undefined {
  const document = session.documents.get(uri);
  if (document === undefined || !isOwnConfigPath(placeOf(uri)?.path ?? '')) return undefined;
  const { text } = document;
  const lines = text.split('\n');
  const before = [
    ...lines.slice(0, position.line),
    (lines[position.line] ?? '').slice(0, position.character),
  ];
  const start = before.join('\n');
  return suggestions(start, text.slice(start.length)).map(({ label, help, isKey }, index) => ({
    label,
    kind: isKey ? CompletionItemKind.Property : CompletionItemKind.EnumMember,
    documentation: { kind: MarkupKind.Markdown, value: help },
    insertText: isKey ? `${label}: ` : label,
    sortText: String(index).padStart(4, '0'),
  }));
}
