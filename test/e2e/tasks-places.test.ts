import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { withEditor } from '../editor/driver';
import { createProject, tasksView } from './tasks-project';

describe('tasks of nested, several and untrusted folders', () => {
  let root = '';
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'tasks-places-'));
  });
  after(() => rm(root, { recursive: true, force: true }));

  test('a failure in a nested folder is found there', async () => {
    const workspace = await createProject(join(root, 'three'));
    await withEditor({ workspace, journey: 'tasks-nested' }, async (editor) => {
      await tasksView(editor);
      await editor.treeRow('docs/Makefile').waitFor();
      await editor.openFile('docs/Makefile');
      await editor.codeLens('Run check').click();
      // The terminal comes to the front when the target starts.
      await editor.page
        .locator('.part.sidebar .monaco-list-row')
        .filter({ hasText: /check.*\d s/ })
        .waitFor();
      const problems = await editor.problems();
      await problems.filter({ hasText: 'Wrong' }).first().click();
      await editor.page.locator('.tab.active').filter({ hasText: 'pages.py' }).waitFor();
      await editor.page.locator('.editor-instance .view-line').getByText('b = 2').waitFor();
      await editor.screenshot('nested');
    });
  });

  test('several folders are listed beside each other', async () => {
    const folders = [await createProject(join(root, 'four')), join(root, 'four', 'tools')];
    await mkdir(folders[1] ?? '');
    await writeFile(join(folders[1] ?? '', 'justfile'), '# Tidies up\ntidy:\n    @echo tidy\n');
    const file = join(root, 'four', 'all.code-workspace');
    await writeFile(file, JSON.stringify({ folders: folders.map((path) => ({ path })) }));
    await withEditor({ workspace: file, journey: 'tasks-multi-root' }, async (editor) => {
      await tasksView(editor);
      await editor.treeRow('shop/Makefile').waitFor();
      await editor.treeRow('tools/justfile').waitFor();
      await editor.treeRow('Tidies up').waitFor();
      await editor.screenshot('folders');
      assert.equal(await editor.treeRow('docs/Makefile').count(), 1);
    });
  });

  test('Restricted Mode lists targets and runs none', async () => {
    const workspace = await createProject(join(root, 'five'));
    await withEditor({ workspace, trusted: false, journey: 'tasks-restricted' }, async (editor) => {
      await tasksView(editor);
      await editor.treeRow('Runs the tests').waitFor();
      await editor.waitForText('Restricted Mode: targets are listed; nothing is run.');
      await editor.treeRow('Runs the tests').hover();
      await editor.screenshot('restricted');
      assert.equal(await editor.codeLens('Run').count(), 0);
    });
  });
});
