import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { canaryKey, startHeroku } from '../helpers/heroku';
import type { TestHeroku } from '../helpers/heroku';
import { problem } from '../helpers/heroku-replies';
import { eventually } from './helpers';

interface Result {
  readonly outcome: string;
  readonly release?: number;
  readonly url?: string;
  readonly error?: { readonly code: string; readonly message: string };
}

/** The button and a server that answers as Heroku does. */
describe('Deploy to Heroku', () => {
  let dir = vscode.Uri.file('/');
  let heroku: TestHeroku;
  const git = (...args: readonly string[]): string =>
    execFileSync(
      'git',
      ['-C', dir.fsPath, '-c', 'user.name=Jane', '-c', 'user.email=j@example.com', ...args],
      { encoding: 'utf8' },
    ).trim();
  const run = (command: string, more?: unknown): Thenable<Result | undefined> =>
    vscode.commands.executeCommand<Result | undefined>(`servicewright.deploy.${command}`, { dir }, more);

  before(async () => {
    heroku = await startHeroku();
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder, 'the suite runs in a workspace');
    dir = vscode.Uri.joinPath(folder.uri, 'parcels');
    mkdirSync(dir.fsPath);
    const files = {
      'servicewright.yaml': `name: parcels\nenvironments:\n  staging:\n    platform: heroku\n    url: ${heroku.server.url}\n`,
      Procfile: 'release: ./migrate\nweb: ./serve\n',
      'version.txt': '7\n',
      '.gitignore': 'secret.txt\n',
      'secret.txt': 'not for Heroku\n',
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(dir.fsPath, name), text);
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'Sends parcels');
    await vscode.commands.executeCommand('servicewright.services.refresh');
    await eventually(
      () => vscode.workspace.findFiles('parcels/servicewright.yaml'),
      (found) => assert.equal(found.length, 1),
    );
  });

  after(async () => {
    await heroku.stop();
    rmSync(dir.fsPath, { recursive: true, force: true });
  });

  it('signs in with a key, and the account is in the editor’s Accounts', async () => {
    assert.equal(await run('signIn', { way: 'token', answers: { token: canaryKey } }), 'jane@example.com');
    const accounts = await vscode.authentication.getAccounts('servicewright');
    const label = `jane@example.com on ${heroku.server.url.replace('http://', '')}`;
    assert.ok(accounts.some((one) => one.label === label));
  });

  it('builds the tree there, follows it and ends live', async () => {
    const result = await run('start');
    assert.equal(result?.outcome, 'live', result?.error?.message);
    assert.deepEqual([result.release, result.url], [2, 'https://parcels-1a2b3c.herokuapp.com']);
    const app = heroku.state.apps.get('parcels');
    assert.equal(app?.releases.at(-1)?.code, '7');
    const [source] = [...heroku.state.sources.values()];
    assert.ok(source);
    const names = execFileSync('tar', ['-tzf', '-'], { input: source, encoding: 'utf8' });
    assert.deepEqual(names.trim().split('\n'), [
      '.gitignore',
      'Procfile',
      'servicewright.yaml',
      'version.txt',
    ]);
    assert.equal(app.builds[0]?.blob['version_description'], 'Sends parcels');
  });

  it('calls a build failed that failed', async () => {
    writeFileSync(join(dir.fsPath, 'broken'), 'x');
    git('add', '.');
    git('commit', '-qm', 'Breaks');
    const result = await run('start');
    assert.deepEqual([result?.outcome, result?.error?.code], ['failed', 'deploy/build-failed']);
  });

  it('calls a deploy unknown whose build was perhaps asked for, and says what is known', async () => {
    heroku.override = ({ method, path }) =>
      method === 'POST' && path.endsWith('/builds') ? problem(503, 'maintenance', 'later') : undefined;
    const result = await run('start');
    heroku.override = undefined;
    assert.equal(result?.outcome, 'unknown');
    assert.match(
      result.error?.message ?? '',
      /No new release was made so far; v2 is the newest\. Processes: 1 of v2 up\./,
    );
  });
});
