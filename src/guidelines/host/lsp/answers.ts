/** What clients were answered last, so that they are not sent the same again. */
import type { Diagnostic, DocumentDiagnosticReport, Position } from 'vscode-languageserver-protocol';
import { DocumentDiagnosticReportKind } from 'vscode-languageserver-protocol';

interface Answer {
  /** The document that it was about: one that was closed and opened again is told everything anew, since its editor has forgotten. */
  readonly document: number;
  readonly resultId: string;
  readonly items: readonly Diagnostic[];
}

export class Answers {
  readonly #last = new Map<string, Answer>();
  #count = 0;

  /** The answer to a client that says what it was given before; `document` is no other's, and 0 when nobody has one open. */
  answer(
    {
      uri,
      document,
      previous,
    }: { readonly uri: string; readonly document: number; readonly previous?: string },
    items: readonly Diagnostic[],
  ): DocumentDiagnosticReport {
    let last = this.#last.get(uri);
    if (last?.document !== document || !isSameList(last.items, items)) {
      this.#count += 1;
      last = { document, resultId: `${document}-${this.#count}`, items };
      this.#last.set(uri, last);
    }
    const { resultId } = last;
    return resultId === previous
      ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
      : { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...items] };
  }

  forget(uri: string): void {
    this.#last.delete(uri);
  }
}

function isSameList(a: readonly Diagnostic[], b: readonly Diagnostic[]): boolean {
  return a.length === b.length && a.every((one, at) => isSame(one, b[at]));
}

/** The rest of a diagnostic follows from its rule. */
function isSame(a: Diagnostic, b: Diagnostic | undefined): boolean {
  return (
    b !== undefined &&
    a.code === b.code &&
    a.severity === b.severity &&
    isSamePlace(a.range.start, b.range.start) &&
    isSamePlace(a.range.end, b.range.end) &&
    a.message === b.message
  );
}

const isSamePlace = (a: Position, b: Position): boolean => a.line === b.line && a.character === b.character;
