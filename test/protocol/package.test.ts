import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

const run = promisify(execFile);

async function lines(file: string, args: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await run(file, [...args]);
  return stdout.split('\n').filter((line) => line !== '');
}

test('the package holds the bundles and every file of the folders that ship, dotfiles included, and no more', async () => {
  const packaged = await lines(join('node_modules', '.bin', 'vsce'), ['ls', '--no-dependencies']);
  const folders = ['templates', 'snippets', 'media'];
  const known = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', ...folders];
  const shipped = await lines('git', known);
  const always = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'];
  const bundles = ['cli', 'code-worker', 'extension', 'form', 'language-client', 'preview', 'server'].map(
    (name) => `out/${name}.js`,
  );
  const parts = (await readdir('out/cli')).map((name) => `out/cli/${name}`);
  assert.ok(parts.length > 0, 'the command line has parts');
  assert.deepEqual(packaged.toSorted(), [...always, ...bundles, ...parts, ...shipped].toSorted());
});
