import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { withEditor } from '../editor/driver';
import { createProject, hoverAction, tasksView } from './tasks-project';

describe('tasks', () => {
  let root = '';
  let pytest = '';
  before(
    async () => {
      root = await mkdtemp(join(tmpdir(), 'tasks-'));
      pytest = join(root, '.pytest');
      await promisify(execFile)('python3', [
        '-m',
        'pip',
        'install',
        '--quiet',
        '--target',
        pytest,
        'pytest==8.4.2',
      ]);
    },
    { timeout: 300_000 },
  );
  after(() => rm(root, { recursive: true, force: true }));

  test('a person lists, runs and stops targets, and a failing test is in Problems at its line', async () => {
    const workspace = await createProject(join(root, 'one'));
    const env = { PYTHONPATH: pytest };
    await withEditor({ workspace, journey: 'tasks', env }, async (editor) => {
      await tasksView(editor);
      await editor.treeRow('Makefile').first().waitFor();
      await editor.treeRow('Runs the tests').waitFor();
      await editor.screenshot('tree');
      await editor.openFile('Makefile');
      await editor.codeLens('Run test').waitFor();
      await editor.screenshot('lens');
      await hoverAction(editor, 'Serves until', 'Run Target');
      await editor.waitUntil(() => editor.terminalText(), /serving on 8000/);
      await editor.treeRow('running').waitFor();
      await editor.codeLens('Stop serve').waitFor();
      await editor.screenshot('running');
      await hoverAction(editor, 'Serves until', 'Stop Target');
      await editor.treeRow('stopped').waitFor();
      await editor.screenshot('stopped');
      await hoverAction(editor, 'Runs the tests', 'Pin Target');
      await editor.treeRow('Pinned').waitFor();
      await editor.codeLens('Run test').click();
      // The terminal comes to the front when the target starts.
      await editor.page
        .locator('.part.sidebar .monaco-list-row')
        .filter({ hasText: /^test.*\d s/ })
        .first()
        .waitFor();
      const problems = await editor.problems();
      await problems.filter({ hasText: 'assert 3 == 4' }).first().waitFor();
      await editor.screenshot('failing-test');
      await problems.filter({ hasText: 'assert 3 == 4' }).first().click();
      await editor.page.locator('.tab.active').filter({ hasText: 'test_shop.py' }).waitFor();
      await editor.statusBar('Ln 3').waitFor();
      await editor.screenshot('failing-line');
    });
  });
});
