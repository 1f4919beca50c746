import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as vscode from 'vscode';

describe('the programs beside the extension', () => {
  const path = (name: string): string => {
    const extension = vscode.extensions.getExtension('servicewright.servicewright');
    assert.ok(extension);
    return vscode.Uri.joinPath(extension.extensionUri, 'out', name).fsPath;
  };
  for (const [name, args] of [
    ['cli.js', ['help']],
    ['server.js', ['--stdio']],
  ] as const)
    it(`${name} starts without a complaint on the editor's own Node`, () => {
      const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
      const { stderr } = spawnSync(process.execPath, [path(name), ...args], {
        env,
        input: '',
        encoding: 'utf8',
      });
      assert.equal(stderr, '');
    });
});
