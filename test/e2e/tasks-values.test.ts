import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { withEditor } from '../editor/driver';
import { createProject, hoverAction, tasksView } from './tasks-project';

describe('tasks with values', () => {
  let root = '';
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'tasks-values-'));
  });
  after(() => rm(root, { recursive: true, force: true }));

  test('a run takes values and remembers them; a pattern asks; make itself is asked only after a warning', async () => {
    const workspace = await createProject(join(root, 'two'));
    await withEditor({ workspace, journey: 'tasks-values' }, async (editor) => {
      await tasksView(editor);
      await editor.treeRow('greet').first().waitFor();
      await editor.chooseFromMenu(
        editor.treeRow('greet').first(),
        'Run Target with Arguments and Variables…',
        editor.quickPickRow('PORT'),
      );
      await editor.screenshot('values');
      await editor.pick('PORT');
      await editor.answer('Value of PORT', '7777');
      await editor.page.locator('.quick-input-widget:visible').filter({ hasText: 'PORT=7777' }).waitFor();
      await editor.screenshot('values-changed');
      await editor.pick('Run greet');
      await editor.waitUntil(() => editor.terminalText(), /greeted on 7777/);
      await hoverAction(editor, 'deploy-%', 'Run Target');
      await editor.answer('What stands for %', 'orders');
      await editor.waitUntil(() => editor.terminalText(), /deploying orders/);
      await editor.treeRow('Needs make to list').waitFor();
      await hoverAction(editor, 'Needs make to list', 'List Every Target with make');
      await editor.page.locator('.monaco-dialog-box').getByText('This runs code').waitFor();
      await editor.screenshot('asking');
      await editor.dialogButton('Run make').click();
      await editor.treeRow('only-make-knows').waitFor();
      await editor.screenshot('asked');
      await editor.openFile('README.md');
      await editor.codeLens('Run greet PORT=9000').click();
      await editor.waitUntil(() => editor.terminalText(), /greeted on 9000/);
      await editor.screenshot('readme');
    });
  });
});
