import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';

describe('New Microservice', () => {
  let root = '';
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'scaffold-'));
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  it('makes a service from arguments without asking anything', async () => {
    const dir = join(root, 'orders');
    const made = await vscode.commands.executeCommand<{ dir: string; files: string[] }>(
      'servicewright.newMicroservice',
      {
        dir,
        answers: { owner: 'team-shop' },
      },
    );
    assert.equal(made.dir, dir);
    assert.ok(made.files.includes('openapi.yaml'));
    assert.ok(made.files.every((path) => existsSync(join(dir, path))));
    assert.ok(existsSync(join(dir, '.git')));
  });

  it('makes nothing of a name that can not be used', async () => {
    // The message stays open until somebody answers it, so the command is not waited for.
    void vscode.commands.executeCommand('servicewright.newMicroservice', {
      dir: join(root, 'Bad Name'),
      answers: { owner: 'x' },
    });
    await vscode.commands.executeCommand('servicewright.newMicroservice', {
      dir: join(root, 'later'),
      answers: { owner: 'x' },
    });
    assert.deepEqual(readdirSync(root).sort(), ['later', 'orders']);
  });
});
