import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { eventually } from './helpers';

/** Variables of a deployed service in the editor; saving them, which asks, is a journey of its own in the browser. */
describe('Variables', () => {
  let dir = vscode.Uri.file('/');
  const write = (name: string, text: string): void => writeFileSync(join(dir.fsPath, name), text);

  before(async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder, 'the suite runs in a workspace');
    dir = vscode.Uri.joinPath(folder.uri, 'varied');
    mkdirSync(dir.fsPath);
    write(
      'servicewright.yaml',
      'name: varied\nenvironments:\n  local:\n    platform: embedded\n    config:\n      LEVEL: info\n      OTHER: canary-there\n',
    );
    write('index.html', 'one');
    write('Procfile', 'web: exec python3 -m http.server --bind 127.0.0.1 $PORT\n');
    write('.env', 'LEVEL=info\nOTHER=canary-here\nDEBUG=1\n');
    await vscode.commands.executeCommand('servicewright.services.refresh');
    await eventually(
      () => vscode.workspace.findFiles('varied/servicewright.yaml'),
      (found) => assert.equal(found.length, 1),
    );
    await vscode.commands.executeCommand('servicewright.deploy.start', { dir });
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('servicewright.platform.stop');
    rmSync(dir.fsPath, { recursive: true, force: true });
  });

  it('are a document without values, whose faults are marked while one types', async () => {
    await vscode.commands.executeCommand('servicewright.deploy.editConfig', { dir });
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.scheme, 'servicewright-config');
    assert.match(editor.document.getText(), /\n\nLEVEL=••••••\nOTHER=••••••\n$/);
    assert.doesNotMatch(editor.document.getText(), /canary/);
    assert.equal(editor.document.languageId, 'servicewright-config');
    const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
    assert.ok(await editor.edit((edit) => edit.insert(end, '1BAD=x\n')));
    await eventually(
      () => vscode.languages.getDiagnostics(editor.document.uri),
      (found) => assert.match(found[0]?.message ?? '', /1BAD can't be a variable/),
    );
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('are compared with the .env of the service by name, and no value is shown', async () => {
    const changes = await vscode.commands.executeCommand('servicewright.deploy.compareConfig', { dir });
    assert.deepEqual(changes, { added: [], removed: ['DEBUG'], changed: ['OTHER'] });
    const shown = vscode.workspace.textDocuments.filter(
      ({ uri }) => uri.scheme === 'servicewright-page' && uri.path.includes('varied'),
    );
    assert.equal(shown.length, 2);
    for (const document of shown) assert.doesNotMatch(document.getText(), /canary|info/);
  });
});
