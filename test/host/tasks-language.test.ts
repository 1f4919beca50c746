import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { eventually } from './helpers';

const text = `# Helps with typing.
NAME := orders
include more.mk

.PHONY: test
test: build lnit shared
\techo $(NAME) $HOME
    echo blanks
build:
\techo $(NMAE)
lint:
\ttrue
lint:
\tfalse
`;

describe('Makefiles that are being written', () => {
  let root = vscode.Uri.file('/');
  let makefile = vscode.Uri.file('/');
  const at = (line: number, character: number): vscode.Position => new vscode.Position(line, character);
  const open = async (): Promise<vscode.TextDocument> => {
    const document = await vscode.workspace.openTextDocument(makefile);
    await vscode.window.showTextDocument(document);
    return document;
  };

  before(() => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    root = vscode.Uri.joinPath(folder.uri, 'language-fixture');
    makefile = vscode.Uri.joinPath(root, 'Makefile');
    mkdirSync(root.fsPath);
    writeFileSync(makefile.fsPath, text);
    writeFileSync(vscode.Uri.joinPath(root, 'more.mk').fsPath, 'shared: ## Shared by all\n\t@echo $(NAME)\n');
  });
  after(() => rmSync(root.fsPath, { recursive: true, force: true }));

  it('show their problems, each with its fix', async () => {
    await open();
    const found = await eventually(
      () => vscode.languages.getDiagnostics(makefile),
      (problems) => assert.ok(problems.length >= 5, `${problems.length}`),
    );
    const warnings = found.filter(({ severity }) => severity !== vscode.DiagnosticSeverity.Hint);
    assert.deepEqual(
      warnings.map(({ code, range }) => [code, range.start.line]),
      [
        ['unknown-prerequisite', 5],
        ['undefined-variable', 6],
        ['tab', 7],
        ['undefined-variable', 9],
        ['overridden-recipe', 12],
      ],
    );
    const fixes = async (line: number, character: number): Promise<readonly string[]> => {
      const range = new vscode.Range(line, character, line, character);
      const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        makefile,
        range,
        'quickfix',
      );
      return actions.map(({ title }) => title);
    };
    assert.ok((await fixes(5, 13)).includes('Change to lint'));
    assert.ok((await fixes(6, 15)).includes('Change to $$HOME'));
    assert.ok((await fixes(7, 4)).includes('Use a tab'));
    assert.ok((await fixes(9, 9)).includes('Change to NAME'));
  });

  it('are outlined', async () => {
    await open();
    const symbols = await eventually(
      () =>
        vscode.commands.executeCommand<readonly vscode.DocumentSymbol[] | undefined>(
          'vscode.executeDocumentSymbolProvider',
          makefile,
        ),
      (found) => assert.ok(found !== undefined && found.length > 0),
    );
    assert.deepEqual(
      symbols?.map(({ name }) => name),
      ['NAME', 'test', 'build', 'lint', 'lint'],
    );
  });

  it('tell of a target and of a variable under the mouse', async () => {
    await open();
    const hover = async (position: vscode.Position): Promise<string> => {
      const found = await vscode.commands.executeCommand<readonly vscode.Hover[]>(
        'vscode.executeHoverProvider',
        makefile,
        position,
      );
      return found
        .flatMap(({ contents }) => contents.map((one) => (typeof one === 'string' ? one : one.value)))
        .join('\n')
        .replaceAll('&nbsp;', ' ');
    };
    assert.match(await hover(at(5, 19)), /Shared by all[^]*@echo/);
    assert.match(await hover(at(5, 1)), /Needs: build, lnit, shared/);
    assert.match(await hover(at(6, 10)), /orders/);
  });

  it('lead to definitions and references in every file', async () => {
    await open();
    const definitions = await vscode.commands.executeCommand<readonly vscode.Location[]>(
      'vscode.executeDefinitionProvider',
      makefile,
      at(5, 19),
    );
    assert.deepEqual(
      definitions.map(({ uri, range }) => [uri.path.split('/').at(-1), range.start.line]),
      [['more.mk', 0]],
    );
    const references = await vscode.commands.executeCommand<readonly vscode.Location[]>(
      'vscode.executeReferenceProvider',
      makefile,
      at(1, 1),
    );
    assert.deepEqual(
      references.map(({ uri, range }) => `${uri.path.split('/').at(-1)}:${range.start.line}`).toSorted(),
      ['Makefile:1', 'Makefile:6', 'more.mk:1'],
    );
  });

  it('rename in every file', async () => {
    await open();
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      makefile,
      at(1, 1),
      'SERVICE',
    );
    const changes = edit
      .entries()
      .flatMap(([uri, edits]) =>
        edits.map(({ range }) => `${uri.path.split('/').at(-1)}:${range.start.line}`),
      );
    assert.deepEqual(changes.toSorted(), ['Makefile:1', 'Makefile:6', 'more.mk:1']);
  });

  it('offer prerequisites and variables', async () => {
    await open();
    const labels = async (position: vscode.Position): Promise<readonly string[]> => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        makefile,
        position,
      );
      return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    };
    const prerequisites = await labels(at(5, 6));
    assert.ok(prerequisites.includes('lint') && prerequisites.includes('shared'), prerequisites.join(' '));
    const variables = await labels(at(6, 8));
    assert.ok(variables.includes('NAME') && variables.includes('wildcard'), variables.join(' '));
  });
});
