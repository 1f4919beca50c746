import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './helpers';

const spec = `openapi: 3.1.0
info: { title: Orders, version: 1.0.0, description: Takes orders., contact: { name: Shop team } }
paths:
  /orderItems: {}
`;

/** Severity and rule of what is found, in order. */
function found(uri: vscode.Uri): string {
  return vscode.languages
    .getDiagnostics(uri)
    .filter((one) => one.source === 'servicewright')
    .map(({ severity, code, message }) => {
      const rule = typeof code === 'object' ? code.value : (code ?? message);
      return `${vscode.DiagnosticSeverity[severity]} ${rule}`;
    })
    .join('; ');
}

const finds = (uri: vscode.Uri, wanted: string): Promise<string> =>
  eventually(
    () => found(uri),
    (now) => assert.equal(now, wanted),
  );

/** Writes a file of a new folder until the editor tells of it: what is written before it has begun to watch the folder, it never hears of. */
async function watched(file: vscode.Uri, write: () => Promise<void>): Promise<void> {
  const watcher = vscode.workspace.createFileSystemWatcher(file.fsPath);
  let isTold = false;
  const hear = (): void => void (isTold = true);
  const heard = vscode.Disposable.from(watcher, watcher.onDidCreate(hear), watcher.onDidChange(hear));
  try {
    for (let tries = 0; tries < 10 && !isTold; tries++) {
      await write();
      for (let waits = 0; waits < 20 && !isTold; waits++) await new Promise((done) => setTimeout(done, 100));
    }
    assert.ok(isTold, `The editor does not tell of ${file.fsPath}.`);
  } finally {
    heard.dispose();
  }
}

describe('the configuration of guidelines', () => {
  let folder = vscode.Uri.file('/');
  let config = folder;
  let description = folder;
  const put = (uri: vscode.Uri, text: string): Thenable<void> =>
    vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));

  before(async () => {
    const [root] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(root);
    folder = vscode.Uri.joinPath(root.uri, 'guidelines-config');
    config = vscode.Uri.joinPath(folder, '.servicewright', 'guidelines.yaml');
    description = vscode.Uri.joinPath(folder, 'openapi.yaml');
    // Of two folders that are made at once the editor may come to watch the outer one alone: so both are made anew at each try.
    await watched(config, async () => {
      await vscode.workspace.fs.createDirectory(folder);
      await vscode.workspace.fs.delete(folder, { recursive: true });
      await put(config, 'extends: []\nrules:\n  path-kebab-case: error\n');
    });
    await put(description, spec);
    await put(
      vscode.Uri.joinPath(folder, 'openapi.json'),
      JSON.stringify({ openapi: '3.1.0', paths: { '/aB': {} } }),
    );
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });

  it('holds for the description beside it, and is heeded as soon as it is saved', async () => {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(description));
    await finds(description, 'Error path-kebab-case');
    await put(config, 'extends: []\nrules:\n  path-kebab-case: hint\n');
    await finds(description, 'Hint path-kebab-case');
  });

  it('is checked and completed while it is written', async () => {
    const document = await vscode.workspace.openTextDocument(config);
    await vscode.window.showTextDocument(document);
    const edit = new vscode.WorkspaceEdit();
    const line = document.lineAt(2).range;
    edit.replace(config, line, '  path-kebap-case: hint');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await eventually(
      () => found(config),
      (now) =>
        assert.match(now, /^Error There is no rule `path-kebap-case`; perhaps `path-kebab-case` is meant/),
    );
    const items = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      config,
      new vscode.Position(2, '  path-kebap-case: '.length),
    );
    assert.ok(items.items.some(({ label }) => label === 'warning'));
    const back = new vscode.WorkspaceEdit();
    back.replace(config, document.lineAt(2).range, '  path-kebab-case: warning');
    assert.ok(await vscode.workspace.applyEdit(back));
    await document.save();
    await finds(config, '');
    // The editor asks again only for what is shown.
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(description));
    await finds(description, 'Warning path-kebab-case');
  });

  it('what holds can be shown', async () => {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(description));
    await vscode.commands.executeCommand('servicewright.guidelines.showConfiguration');
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(text, /guidelines-config\/\.servicewright\/guidelines\.yaml/);
    assert.match(text, /"path-kebab-case": "warning"/);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  const disable = async (uri: vscode.Uri): Promise<void> => {
    const [first] = vscode.languages.getDiagnostics(uri).filter((one) => one.source === 'servicewright');
    assert.ok(first);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      first.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const action = actions.find((one) => one.title === 'Disable path-kebab-case here, with a reason');
    assert.ok(action?.command, actions.map((one) => one.title).join());
    const [finding]: unknown[] = action.command.arguments ?? [];
    await vscode.commands.executeCommand(action.command.command, finding, 'Old clients call it.');
  };

  it('a finding is disabled with a reason: a comment in YAML, the ignore file for JSON', async () => {
    const document = await vscode.workspace.openTextDocument(description);
    await vscode.window.showTextDocument(document);
    await disable(description);
    await finds(description, '');
    assert.match(
      document.lineAt(3).text,
      /# servicewright-disable-next-line path-kebab-case -- Old clients call it\./,
    );
    const json = vscode.Uri.joinPath(folder, 'openapi.json');
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(json));
    await finds(json, 'Warning path-kebab-case');
    await disable(json);
    await finds(json, '');
    const ignores = vscode.Uri.joinPath(folder, '.servicewright', 'guidelines-ignore.yaml');
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(ignores));
    assert.match(text, /- rule: path-kebab-case\n {4}path: openapi\.json\n {4}at: '?\/paths\/~1aB'?\n/);
  });
});
