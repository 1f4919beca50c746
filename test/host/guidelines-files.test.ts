import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './helpers';

const main = `openapi: 3.1.0
info: { title: Shop, version: 1.0.0, description: Sells., contact: { name: Shop team } }
tags: [{ name: orders, description: Orders. }]
paths:
  /orders: { $ref: paths/orders.yaml }
components:
  schemas:
    Order: { type: object, properties: { note: { type: string } } }
`;
const orders = `get:
  operationId: listOrders
  summary: List orders
  tags: [odrers]
  responses:
    '200':
      description: The orders
      content:
        application/json:
          schema: { $ref: ../openapi.yaml#/components/schemas/Order }
`;

function found(uri: vscode.Uri): string {
  return vscode.languages
    .getDiagnostics(uri)
    .filter((one) => one.source === 'servicewright')
    .map(({ code }) => String(typeof code === 'object' ? code.value : code))
    .join('; ');
}

const finds = (uri: vscode.Uri, wanted: string): Promise<string> =>
  eventually(
    () => found(uri),
    (now) => assert.equal(now, wanted),
  );

describe('a description in several files', () => {
  let folder = vscode.Uri.file('/');
  let description = folder;
  let part = folder;
  const put = (uri: vscode.Uri, text: string): Thenable<void> =>
    vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const textOf = async (uri: vscode.Uri): Promise<string> =>
    (await vscode.workspace.openTextDocument(uri)).getText();

  /** Inside of the first place of a part of a text. */
  async function inside(uri: vscode.Uri, text: string): Promise<vscode.Position> {
    const document = await vscode.workspace.openTextDocument(uri);
    const at = document.getText().indexOf(text);
    assert.ok(at >= 0, text);
    return document.positionAt(at + 1);
  }

  before(async () => {
    const [root] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(root);
    folder = vscode.Uri.joinPath(root.uri, 'guidelines-files');
    description = vscode.Uri.joinPath(folder, 'openapi.yaml');
    part = vscode.Uri.joinPath(folder, 'paths', 'orders.yaml');
    await put(description, main);
    await put(part, orders);
  });
  after(async () => {
    // What is unsaved would be asked about.
    assert.ok(await vscode.workspace.saveAll());
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });

  it('has findings in the part where they are written, which follow the description', async () => {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(description));
    await finds(description, '');
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(part), { preview: false });
    await finds(part, 'tags-defined');
    // What is changed on disk counts as well.
    await put(part, orders.replace('odrers', 'orders'));
    await finds(part, '');
  });

  it('leads from a reference to its definition, and back to all references', async () => {
    const definitions = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      part,
      await inside(part, '../openapi.yaml#'),
    );
    const [first] = definitions;
    assert.ok(first);
    const target = 'targetUri' in first ? first.targetUri : first.uri;
    const range = 'targetUri' in first ? (first.targetSelectionRange ?? first.targetRange) : first.range;
    assert.equal(target.toString(), description.toString());
    assert.deepEqual([range.start.line, range.start.character], [7, 4]);
    const references = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeReferenceProvider',
      description,
      await inside(description, 'Order: {'),
    );
    assert.ok(references.some(({ uri }) => uri.toString() === part.toString()));
  });

  it('has a symbol for each operation, and a count above each component', async () => {
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      part,
    );
    assert.equal(symbols[0]?.name, 'GET');
    assert.equal(symbols[0].detail, 'listOrders');
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      description,
      10,
    );
    const lens = lenses.find(({ command }) => command?.command === 'servicewright.guidelines.showReferences');
    assert.equal(lens?.command?.title, '1 reference');
  });

  it('completes references, and renames in all files', async () => {
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      part,
      await inside(part, '../openapi.yaml#'),
    );
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('../openapi.yaml#/components/schemas/Order'), labels.join());
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      part,
      await inside(part, 'Order }'),
      'Purchase',
    );
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.match(await textOf(description), /^ {4}Purchase: \{/m);
    assert.match(await textOf(part), /openapi\.yaml#\/components\/schemas\/Purchase/);
    await finds(description, '');
  });
});
