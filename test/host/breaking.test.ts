import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Repository } from '../helpers/git-repository';
import { makeRepository } from '../helpers/git-repository';
import { eventually } from './helpers';

const text = `openapi: 3.1.0
info: { title: Orders, version: 1.0.0, description: Takes orders., contact: { name: Shop team } }
paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      parameters:
        - { name: limit, in: query, schema: { type: integer, maximum: 100 } }
      responses:
        '200': { description: The orders }
        default: { description: Failed }
`;

function breaking(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  const all = vscode.languages.getDiagnostics(uri).filter((one) => one.source === 'servicewright');
  return all.filter(({ code }) =>
    String(typeof code === 'object' ? code.value : code).startsWith('breaking-'),
  );
}

/** Edits are refused while the document is loaded anew, as right after its file was written: then they are made once more. */
async function replace(document: vscode.TextDocument, part: string, by: string): Promise<void> {
  const apply = (): Thenable<boolean> => {
    const at = document.getText().indexOf(part);
    assert.ok(at >= 0, part);
    const edit = new vscode.WorkspaceEdit();
    const range = new vscode.Range(document.positionAt(at), document.positionAt(at + part.length));
    edit.replace(document.uri, range, by);
    return vscode.workspace.applyEdit(edit);
  };
  for (let tries = 0; tries < 50; tries += 1) {
    if (await apply()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The editor takes no edit of ${document.uri.fsPath}.`);
}

describe('breaking changes', () => {
  let dir = '';
  let repository: Repository;
  let document: vscode.TextDocument;
  beforeEach(async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    assert.ok(folder !== undefined);
    dir = join(folder, 'breaking-fixture');
    repository = makeRepository(dir);
    repository.commit({ 'openapi.yaml': text });
    document = await vscode.workspace.openTextDocument(join(dir, 'openapi.yaml'));
    await vscode.window.showTextDocument(document);
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(dir, { recursive: true, force: true });
  });

  const count =
    (wanted: number) =>
    (found: readonly vscode.Diagnostic[]): void =>
      assert.equal(found.length, wanted, found.map((one) => one.message).join());

  it('are underlined while one types, with the old text in the hover, and go when they are taken back', async () => {
    await replace(document, 'maximum: 100', 'maximum: 50');
    const [found] = await eventually(() => breaking(document.uri), count(1));
    assert.ok(found);
    assert.equal(document.getText(found.range), '50');
    assert.equal(found.severity, vscode.DiagnosticSeverity.Error);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      found.range.start,
    );
    const shown = hovers.flatMap((one) =>
      one.contents.map((content) => (typeof content === 'string' ? content : content.value)),
    );
    assert.match(shown.join('\n'), /In main at [0-9a-f]{7}\*\*, line 9:[^]*maximum: 100/);
    await replace(document, 'maximum: 50', 'maximum: 100');
    await eventually(() => breaking(document.uri), count(0));
  });

  it('what is gone is told at what held it; a commit settles it when it is compared with HEAD', async () => {
    const settings = vscode.workspace.getConfiguration('servicewright.guidelines');
    await settings.update('breakingBase', 'HEAD', vscode.ConfigurationTarget.Workspace);
    try {
      await replace(document, '  /orders:', '  /carts:');
      const [found] = await eventually(() => breaking(document.uri), count(1));
      assert.equal(found && document.getText(found.range), 'paths');
      writeFileSync(document.uri.fsPath, document.getText());
      repository.git('commit', '--quiet', '--all', '--message', 'rename');
      await eventually(() => breaking(document.uri), count(0));
    } finally {
      await settings.update('breakingBase', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('nothing is compared when it is off', async () => {
    const settings = vscode.workspace.getConfiguration('servicewright.guidelines');
    await replace(document, 'maximum: 100', 'maximum: 50');
    await eventually(() => breaking(document.uri), count(1));
    await settings.update('breakingBase', 'off', vscode.ConfigurationTarget.Workspace);
    try {
      await eventually(() => breaking(document.uri), count(0));
    } finally {
      await settings.update('breakingBase', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await eventually(() => breaking(document.uri), count(1));
  });

  it('Open API Preview opens a panel beside the description, once', async () => {
    await vscode.commands.executeCommand('servicewright.guidelines.preview');
    const panels = (): readonly vscode.Tab[] =>
      vscode.window.tabGroups.all
        .flatMap((group) => group.tabs)
        .filter((tab) => tab.input instanceof vscode.TabInputWebview);
    await eventually(panels, (found) =>
      assert.deepEqual(
        found.map((one) => one.label),
        ['Preview openapi.yaml'],
      ),
    );
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    await vscode.commands.executeCommand('servicewright.guidelines.preview');
    assert.equal(panels().length, 1);
  });
});
