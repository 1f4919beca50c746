import * as vscode from 'vscode';
import { completionsAt } from '../../language';
import { outlinesAround } from './outlines';
import { toRange } from './ranges';
import type { Targets } from './targets';

const kinds = {
  target: vscode.CompletionItemKind.Event,
  variable: vscode.CompletionItemKind.Variable,
  function: vscode.CompletionItemKind.Function,
} as const;

/** Prerequisites behind a colon, variables and functions within `$(`. */
export function createCompletion(targets: Targets): vscode.CompletionItemProvider {
  return {
    async provideCompletionItems(document, { line, character }) {
      const { owner, files } = await outlinesAround(document, targets);
      const text = document.lineAt(line).text;
      const outlines = files.map(({ outline }) => outline);
      return completionsAt(text, { line, character }, outlines, owner?.list.makefile).map((one) => {
        const item = new vscode.CompletionItem(one.label, kinds[one.kind]);
        item.detail = one.detail;
        item.range = toRange(one.range);
        return item;
      });
    },
  };
}
