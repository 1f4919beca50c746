import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
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
  const bundles = ['cli', 'code-worker', 'extension', 'form', 'preview', 'server'].map(
    (name) => `out/${name}.js`,
  );
  const parts = (await readdir('out/parts')).map((name) => `out/parts/${name}`);
  assert.ok(parts.length > 0, 'the command line and the language server have parts');
  assert.deepEqual(packaged.toSorted(), [...always, ...bundles, ...parts, ...shipped].toSorted());
});

const most = 1_500_000;

test(`the package has at most ${most} bytes`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'servicewright-package-'));
  try {
    const vsix = join(folder, 'it.vsix');
    await run(join('node_modules', '.bin', 'vsce'), ['package', '--no-dependencies', '--out', vsix]);
    const { size } = await stat(vsix);
    assert.ok(size <= most, `It has ${size}: find out what came in, or share what ships twice.`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("no bundle copies VS Code's API", async () => {
  const parts = (await readdir('out/parts')).map((name) => `out/parts/${name}`);
  let users = 0;
  for (const file of ['out/extension.js', ...parts]) {
    const code = await readFile(file, 'utf8');
    if (/=require\("vscode"\)/u.test(code)) users += 1;
    assert.doesNotMatch(code, /[\w$]\(require\("vscode"\)/u, `${file}: see plainApi in test/editor/build.ts`);
  }
  assert.ok(users > 1);
});
