import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { hintOf } from '../../../src/main/cli-hints';

describe('hints on the command line', () => {
  test('name commands of the command line, files with their lines and addresses', () => {
    const command = (id: string, ...args: readonly unknown[]): string | undefined =>
      hintOf({ kind: 'command', label: 'Press Me', command: id, args });
    assert.match(command('servicewright.newMicroservice') ?? '', /^servicewright new <template> <dir>/);
    assert.equal(command('servicewright.deploy.signIn', 'staging'), 'servicewright login --to staging');
    assert.equal(command('workbench.trust.manage'), undefined);
    assert.equal(
      hintOf({ kind: 'file', label: 'Open It', path: '/a/app.json', line: 3 }),
      'look into /a/app.json:3',
    );
    assert.equal(
      hintOf({ kind: 'url', label: 'Read more', url: 'https://example.com' }),
      'Read more: https://example.com',
    );
    assert.equal(
      hintOf({ kind: 'setting', label: 'Open Setting', setting: 'platform.python' }),
      'in the editor it is the setting servicewright.platform.python',
    );
  });

  /** Errors of the editor alone, which nobody meets here. */
  const editorOnly = new Set(['workbench.trust.manage']);

  test('there is one for each command that an error proposes', () => {
    const texts = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((path) => /(?:errors|account)\b.*\.ts$/.test(path) && !path.includes('vscode'))
      .map((path) => readFileSync(join('src', path), 'utf8'));
    const proposed = new Set(
      texts.flatMap((text) =>
        [...text.matchAll(/kind: 'command',[^}]*?command: '([^']+)'/g)].map((found) => found[1] ?? ''),
      ),
    );
    assert.ok(proposed.size > 3);
    for (const command of proposed)
      assert.ok(
        editorOnly.has(command) || hintOf({ kind: 'command', label: '', command }) !== undefined,
        `${command} has no words for the command line`,
      );
  });
});
