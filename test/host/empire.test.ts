import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { TestEmpire } from '../helpers/empire';
import { canaryInner, canaryToken, startEmpire } from '../helpers/empire';
import { eventually } from './helpers';

interface Result {
  readonly outcome: string;
  readonly release?: number;
  readonly error?: { readonly code: string; readonly message: string };
}

/** The button and a server that answers with Empire's recorded bytes. */
describe('Deploy to Empire', () => {
  let dir = vscode.Uri.file('/');
  let empire: TestEmpire;
  const git = (...args: readonly string[]): string =>
    execFileSync(
      'git',
      ['-C', dir.fsPath, '-c', 'user.name=Jane', '-c', 'user.email=j@example.com', ...args],
      {
        encoding: 'utf8',
      },
    ).trim();
  const run = (command: string, more?: unknown): Thenable<Result | undefined> =>
    vscode.commands.executeCommand<Result | undefined>(`servicewright.deploy.${command}`, { dir }, more);

  before(async () => {
    empire = await startEmpire();
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder, 'the suite runs in a workspace');
    dir = vscode.Uri.joinPath(folder.uri, 'orders');
    mkdirSync(dir.fsPath);
    writeFileSync(
      join(dir.fsPath, 'servicewright.yaml'),
      `name: orders\nenvironments:\n  staging:\n    platform: empire\n    url: ${empire.server.url}\n    registry: ghcr.io/acme\n`,
    );
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'Takes orders');
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    await vscode.commands.executeCommand('servicewright.services.refresh');
    await eventually(
      () => vscode.workspace.findFiles('orders/servicewright.yaml'),
      (found) => assert.equal(found.length, 1),
    );
  });

  after(async () => {
    await empire.stop();
    rmSync(dir.fsPath, { recursive: true, force: true });
  });

  it('signs in, and the account is in the editor’s Accounts', async () => {
    assert.equal(await run('signIn', { way: 'token', answers: { token: canaryToken } }), 'jane');
    const accounts = await vscode.authentication.getAccounts('servicewright');
    assert.deepEqual(
      accounts.map((one) => one.label),
      [`jane on ${empire.server.url.replace('http://', '')}`],
    );
  });

  it('ends with a release of the last commit’s image', async () => {
    const result = await run('start');
    assert.equal(result?.outcome, 'live', result?.error?.message);
    const [release] = empire.state.apps.get('orders')?.releases ?? [];
    assert.equal(
      release?.description,
      `Deploy ghcr.io/acme/orders:${git('rev-parse', 'HEAD')} (jane: 'Takes orders')`,
    );
  });

  it('calls a deploy unknown whose stream is cut, and says what is known', async () => {
    empire.override = ({ method, path }) =>
      method === 'POST' && path.endsWith('/deploys') ? { pieces: [], end: 'reset' } : undefined;
    const result = await run('start');
    empire.override = undefined;
    assert.equal(result?.outcome, 'unknown');
    assert.match(
      result.error?.message ?? '',
      /No new release was made so far; v1 is the newest\. Processes: 1 of v1 running\./,
    );
  });

  it('keeps a record of each deploy, and no secret in it', async () => {
    const storage = recordsFolder();
    const records = readdirSync(storage).filter((name) => name.startsWith('empire_staging_orders_'));
    assert.equal(records.length, 2);
    const text = records.map((name) => readFileSync(join(storage, name), 'utf8')).join('\n');
    assert.match(text, /"outcome":"live"/);
    assert.match(text, /"outcome":"unknown"/);
    for (const secret of [canaryToken, canaryInner]) assert.ok(!text.includes(secret));
  });

  it('marks faults of an environment at their place', async () => {
    const uri = vscode.Uri.joinPath(dir, 'servicewright.yaml');
    const opened = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(opened);
    const at = opened.positionAt(opened.getText().indexOf('http:'));
    const end = at.translate(0, empire.server.url.length);
    assert.ok(await editor.edit((edit) => edit.replace(new vscode.Range(at, end), 'nowhere')));
    await eventually(
      () => vscode.languages.getDiagnostics(uri).filter((one) => one.source === 'servicewright'),
      (found) =>
        assert.deepEqual(
          found.map((one) => [one.range.start.line, opened.getText(one.range)]),
          [[4, 'nowhere']],
        ),
    );
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});

/** The extension's own storage, in code-server's layout or in that of @vscode/test-electron. */
function recordsFolder(): string {
  const extension = vscode.extensions.getExtension('servicewright.servicewright');
  const storage = join('User', 'globalStorage', 'servicewright.servicewright', 'deploys');
  const homes = [
    join(extension?.extensionPath ?? '', '..', '..'),
    join(__dirname, '..', '..', '..', '.vscode-test'),
  ];
  const found = homes
    .flatMap((home) => ['data', 'user-data'].map((name) => join(home, name, storage)))
    .find(existsSync);
  assert.ok(found, 'the records are in the extension’s storage');
  return found;
}
