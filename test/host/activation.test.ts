import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const id = 'servicewright.servicewright';

describe('activation', () => {
  it('the packaged extension is here and activates', async () => {
    const extension = vscode.extensions.getExtension(id);
    assert.ok(extension, `${id} is not installed`);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('every command of the manifest is registered', async () => {
    const extension = vscode.extensions.getExtension(id);
    assert.ok(extension, `${id} is not installed`);
    await extension.activate();
    const contributed = commandIds(extension.packageJSON);
    assert.notEqual(contributed.length, 0, 'the manifest contributes no command');
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      contributed.filter((command) => !registered.has(command)),
      [],
    );
  });
});

function commandIds(manifest: unknown): readonly string[] {
  const commands = property(property(manifest, 'contributes'), 'commands');
  assert.ok(Array.isArray(commands), 'the manifest has no list of commands');
  return commands.map((command: unknown) => String(property(command, 'command')));
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
