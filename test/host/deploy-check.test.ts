import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { eventually } from './helpers';

interface Note {
  readonly level: string;
  readonly code: string;
  readonly message: string;
}

/** What is told before a deploy, of real git, the real linter and the platform of this machine. */
describe('Check Before Deploying', () => {
  let dir = vscode.Uri.file('/');
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(dir.fsPath, name)), { recursive: true });
    writeFileSync(join(dir.fsPath, name), text);
  };
  const git = (...args: readonly string[]): void => {
    const author = ['-c', 'user.name=Jane', '-c', 'user.email=j@example.com'];
    execFileSync('git', ['-C', dir.fsPath, ...author, ...args]);
  };

  before(async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder, 'the suite runs in a workspace');
    dir = vscode.Uri.joinPath(folder.uri, 'checked');
    write('servicewright.yaml', 'name: checked\nspec: openapi.yaml\n');
    write('index.html', 'one');
    write('Procfile', 'web: exec python3 -m http.server --bind 127.0.0.1 $PORT\n');
    write(
      'openapi.yaml',
      'openapi: 3.0.3\ninfo: {title: Checked, version: 1.0.0}\npaths:\n  /orderItems/{id}:\n    get:\n      responses: {}\n',
    );
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'First');
    await vscode.commands.executeCommand('servicewright.services.refresh');
    await eventually(
      () => vscode.workspace.findFiles('checked/servicewright.yaml'),
      (found) => assert.equal(found.length, 1),
    );
  });

  after(async () => {
    await vscode.commands.executeCommand('servicewright.platform.stop');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(dir.fsPath, { recursive: true, force: true });
  });

  it('tells what is new since the running release, and shows it as a page', async () => {
    await vscode.commands.executeCommand('servicewright.deploy.start', { dir });
    write('settings.py', 'import os\nKEY = os.environ["PAYMENT_KEY"]\n');
    write('Procfile', 'web: exec python3 -m http.server --bind 127.0.0.1 $PORT\nworker: sleep 100\n');
    git('add', '.');
    git('commit', '-qm', 'Takes payments');
    write('shop/migrations/0002_price.py', '');
    const notes = await vscode.commands.executeCommand<readonly Note[]>('servicewright.deploy.check', {
      dir,
    });
    assert.deepEqual(notes.map((one) => `${one.level} ${one.code}`).toSorted(), [
      'info deploy/commits',
      'info deploy/processes',
      'info deploy/uncommitted',
      'warning deploy/config-missing',
      'warning deploy/guidelines',
      'warning deploy/migrations',
    ]);
    const text = notes.map((one) => one.message).join('\n');
    assert.match(text, /1 commit is new since the running release: [0-9a-f]{7} Takes payments\./);
    assert.match(text, /The code needs PAYMENT_KEY, which local does not have\./);
    assert.match(text, /openapi\.yaml breaks the API guidelines in \d+ places?, first at line \d+:/);
    await eventually(
      () => vscode.window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => tab.label)),
      (tabs) =>
        assert.ok(
          tabs.some((one) => one.includes('Before deploying checked to local')),
          tabs.join(),
        ),
    );
  });
});
