import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const spec = `openapi: 3.1.0
info:
  title: Orders
  version: 1.0.0
  description: Takes orders.
  contact: { name: Shop team }
paths:
  /orderItems:
    get:
      operationId: listOrderItems
      summary: List them
      responses:
        '200': { description: The items }
`;

const deadline = 30_000;

/** Waits until `isThere`, looking again at each event. */
async function eventually(
  event: vscode.Event<unknown>,
  isThere: () => boolean,
  told: () => string,
): Promise<void> {
  if (isThere()) return;
  await new Promise<void>((done, fail) => {
    const late = setTimeout(() => fail(new Error(`It did not come; there is: ${told()}`)), deadline);
    const listener = event(() => {
      if (!isThere()) return;
      clearTimeout(late);
      listener.dispose();
      done();
    });
  });
}

/** Waits until the document's findings are as wanted. */
async function diagnosed(
  uri: vscode.Uri,
  wanted: (rules: readonly string[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  const ours = (): readonly vscode.Diagnostic[] =>
    vscode.languages.getDiagnostics(uri).filter((one) => one.source === 'servicewright');
  const rules = (): readonly string[] => ours().map(ruleOf);
  await eventually(
    vscode.languages.onDidChangeDiagnostics,
    () => wanted(rules()),
    () => rules().join(),
  );
  return ours();
}

function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

const exactly =
  (...rules: readonly string[]) =>
  (found: readonly string[]): boolean =>
    found.join() === rules.join();

let opened = 0;

/** Shows a text that was never saved, under a name of its own: the editor may bring back what an earlier one of that name held. */
async function open(content: string, language: string): Promise<vscode.TextDocument> {
  opened += 1;
  const uri = vscode.Uri.from({ scheme: 'untitled', path: `description-${opened}.${language}` });
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, new vscode.Position(0, 0), content);
  assert.ok(await vscode.workspace.applyEdit(edit));
  return document;
}

async function replace(document: vscode.TextDocument, part: string, by: string): Promise<void> {
  const at = document.getText().indexOf(part);
  assert.ok(at >= 0, part);
  const edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(at), document.positionAt(at + part.length));
  edit.replace(document.uri, range, by);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

describe('guidelines', () => {
  // What was never saved is thrown away without a question, and its findings with it.
  afterEach(async () => {
    const document = vscode.window.activeTextEditor?.document;
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    if (document === undefined) return;
    // Reverting empties it first: without findings it may still be open.
    await eventually(
      vscode.workspace.onDidCloseTextDocument,
      () => document.isClosed,
      () => `${document.uri.toString()}, open`,
    );
    await diagnosed(document.uri, exactly());
  });

  it('a description that is not even saved has findings at their tokens, with links', async () => {
    const document = await open(spec, 'yaml');
    const [found] = await diagnosed(document.uri, exactly('path-kebab-case'));
    assert.ok(found);
    assert.equal(document.getText(found.range), 'orderItems');
    assert.ok(typeof found.code === 'object');
    assert.match(found.code.target.toString(), /opensource\.zalando\.com/);
  });

  it('JSON has the same', async () => {
    const text = '{"openapi": "3.1.0", "info": {"title": "a", "version": "1"}, "paths": {}}';
    const document = await open(text, 'json');
    await diagnosed(document.uri, exactly('info-contact', 'info-description'));
  });

  it('findings follow what is typed: broken, mended, emptied', async () => {
    const document = await open(spec, 'yaml');
    await diagnosed(document.uri, exactly('path-kebab-case'));
    await replace(document, '  version: 1.0.0', '  version');
    await diagnosed(document.uri, exactly('syntax', 'path-kebab-case'));
    await replace(document, '  version', '  version: 1.0.0');
    await diagnosed(document.uri, exactly('path-kebab-case'));
    await replace(document, '/orderItems', '/order-items');
    await diagnosed(document.uri, exactly());
  });

  it('a hover teaches the rule', async () => {
    const document = await open(spec, 'yaml');
    const [found] = await diagnosed(document.uri, exactly('path-kebab-case'));
    assert.ok(found);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      found.range.start,
    );
    const text = hovers.flatMap((one) =>
      one.contents.map((content) => (typeof content === 'string' ? content : content.value)),
    );
    assert.match(text.join('\n'), /kebab-case[^]*Bad[^]*Good[^]*Source/);
  });

  it('a quick fix mends the finding', async () => {
    const document = await open(spec, 'yaml');
    const [found] = await diagnosed(document.uri, exactly('path-kebab-case'));
    assert.ok(found);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      found.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const rename = actions.find((one) => one.title === 'Rename the path to /order-items');
    assert.ok(rename?.edit, actions.map((one) => one.title).join());
    assert.ok(actions.some((one) => one.title === 'Explain path-kebab-case'));
    assert.ok(await vscode.workspace.applyEdit(rename.edit));
    await diagnosed(document.uri, exactly());
    assert.ok(document.getText().includes('  /order-items:'));
  });

  it('Explain Guideline Rule opens the page of the rule', async () => {
    await vscode.commands.executeCommand('servicewright.guidelines.explainRule', 'path-kebab-case');
    const labels = (): readonly string[] =>
      vscode.window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => tab.label));
    await eventually(
      vscode.window.tabGroups.onDidChangeTabs,
      () => labels().some((label) => label.includes('path-kebab-case')),
      () => labels().join(),
    );
  });
});
