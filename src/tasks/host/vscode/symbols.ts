import * as vscode from 'vscode';
import { symbolsOf } from '../../language';
import { outlineOfDocument } from './outlines';
import { toRange } from './ranges';

const kinds = {
  target: vscode.SymbolKind.Event,
  variable: vscode.SymbolKind.Variable,
  function: vscode.SymbolKind.Function,
} as const;

/** Targets and variables in the outline, the breadcrumbs and *Go to Symbol*. */
export const symbolProvider: vscode.DocumentSymbolProvider = {
  provideDocumentSymbols: (document) =>
    symbolsOf(outlineOfDocument(document).outline).map(
      ({ name, detail, kind, whole, selection }) =>
        new vscode.DocumentSymbol(name, detail, kinds[kind], toRange(whole), toRange(selection)),
    ),
};
