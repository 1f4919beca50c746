import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** Asks again and again until `check` no longer throws: the editor learns of files when its watcher tells. */
export async function eventually<T>(
  ask: () => Thenable<T> | T,
  check: (value: T) => void,
  deadlineMs = 20_000,
): Promise<T> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const value = await ask();
    try {
      check(value);
      return value;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Copies a fixture of the tasks room into the workspace and gives the copy's folder. */
export function copyFixture(name: string, to: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'the suite runs in a workspace');
  // The suite runs in out/test/host of the repository, wherever the workspace is.
  const fixture = join(__dirname, '..', '..', '..', 'test', 'fixtures', 'tasks', name);
  assert.ok(existsSync(fixture), fixture);
  const root = vscode.Uri.joinPath(folder.uri, to);
  cpSync(fixture, root.fsPath, { recursive: true });
  return root;
}
