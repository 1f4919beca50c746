import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';

interface Result {
  readonly outcome: string;
  readonly release?: number;
  readonly url?: string;
  readonly error?: { readonly code: string; readonly message: string };
}

const run = (command: string, dir: vscode.Uri): Thenable<Result | undefined> =>
  vscode.commands.executeCommand<Result | undefined>(`servicewright.deploy.${command}`, { dir });

/** From the command to a page of the service: the editor's extension host, a platform of its own, real processes. */
describe('Deploy', () => {
  let dir = vscode.Uri.file('/');
  const write = (name: string, text: string): void => writeFileSync(join(dir.fsPath, name), text);

  before(async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder, 'the suite runs in a workspace');
    dir = vscode.Uri.joinPath(folder.uri, 'pages');
    mkdirSync(dir.fsPath);
    write('servicewright.yaml', 'name: pages\n');
    write('index.html', 'one');
    write('Procfile', 'web: exec python3 -m http.server --bind 127.0.0.1 $PORT\n');
    await vscode.commands.executeCommand('servicewright.services.refresh');
  });

  after(async () => {
    await vscode.commands.executeCommand('servicewright.platform.stop');
    rmSync(dir.fsPath, { recursive: true, force: true });
  });

  it('ends with a release whose address answers', async () => {
    const result = await run('start', dir);
    assert.ok(result);
    assert.equal(result.outcome, 'live', result.error?.message);
    assert.equal(result.release, 1);
    const response = await fetch(result.url ?? '');
    assert.equal(await response.text(), 'one');
  });

  it('tells of a failed deploy, and the release before goes on', async () => {
    write('Procfile', 'release: exit 3\nweb: exec python3 -m http.server --bind 127.0.0.1 $PORT\n');
    const result = await run('start', dir);
    assert.equal(result?.outcome, 'failed');
    assert.equal(result.error?.code, 'embedded/release-failed');
  });

  it('makes the next release of what the folder holds now, unsaved documents included', async () => {
    write('Procfile', 'web: exec python3 -m http.server --bind 127.0.0.1 $PORT\n');
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(dir, 'index.html'));
    const editor = await vscode.window.showTextDocument(document);
    assert.ok(await editor.edit((edit) => edit.replace(new vscode.Range(0, 0, 0, 3), 'two')));
    const result = await run('start', dir);
    assert.equal(result?.outcome, 'live', result?.error?.message);
    assert.equal(result.release, 3);
    const response = await fetch(result.url ?? '');
    assert.equal(await response.text(), 'two');
  });
});
