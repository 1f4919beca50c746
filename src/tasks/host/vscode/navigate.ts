import * as vscode from 'vscode';
import { definitionsOf, occurrencesOf, wordAt } from '../../language';
import type { Named } from '../../language/navigate';
import type { OutlinedFile } from './outlines';
import { outlineOfDocument, outlinesAround } from './outlines';
import { toRange } from './ranges';
import type { Targets } from './targets';

type Navigation = vscode.DefinitionProvider & vscode.ReferenceProvider & vscode.RenameProvider;

/** Go to definition, find references and rename, for targets and variables, over all files that the Makefile reads. */
export function createNavigation(targets: Targets): Navigation {
  return {
    async provideDefinition(document, position) {
      const word = named(document, position);
      if (!word) return undefined;
      const { files } = await outlinesAround(document, targets);
      return files.flatMap(({ uri, outline }) =>
        definitionsOf(word, outline).map((range) => new vscode.Location(uri, toRange(range))),
      );
    },
    async provideReferences(document, position) {
      const word = named(document, position);
      return word ? locations(word, (await outlinesAround(document, targets)).files) : undefined;
    },
    prepareRename(document, position) {
      const word = named(document, position);
      if (!word) throw new Error('Only targets and variables can be renamed.');
      return { range: toRange(word.range), placeholder: word.name };
    },
    async provideRenameEdits(document, position, newName) {
      const word = named(document, position);
      if (!word) return undefined;
      const isName = word.kind === 'target' ? /^[^\s:#=$%|;\\]+$/ : /^[^\s:#=$(){}]+$/;
      if (!isName.test(newName)) throw new Error(`${JSON.stringify(newName)} is no name that make takes.`);
      const { files } = await outlinesAround(document, targets);
      const edit = new vscode.WorkspaceEdit();
      for (const { uri, range } of locations(word, files)) edit.replace(uri, range, newName);
      return edit;
    },
  };
}

function named(document: vscode.TextDocument, { line, character }: vscode.Position): Named | undefined {
  return wordAt(outlineOfDocument(document).outline, { line, character });
}

function locations(word: Named, files: readonly OutlinedFile[]): vscode.Location[] {
  return files.flatMap(({ uri, outline }) =>
    occurrencesOf(word, outline).map((range) => new vscode.Location(uri, toRange(range))),
  );
}
