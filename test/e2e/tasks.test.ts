import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import type { Editor } from '../editor/driver';
import { withEditor } from '../editor/driver';

const makefile = `# The service's targets.
PYTHON ?= python3
PORT ?= 8000
include mk/release.mk

##@ Develop

.PHONY: test
test: ## Runs the tests
\t$(PYTHON) -m pytest -q -p no:cacheprovider $(ARGS)

.PHONY: serve
serve: ## Serves until it is stopped
\t@echo serving on $(PORT); sleep 600

.PHONY: greet
greet:
\t@echo greeted on $(PORT)

##@ Release

deploy-%: ## Deploys one service
\t@echo deploying $*

$(shell echo only-make-knows):
\t@echo $@
`;

const failing = `def test_sum():
    prices = [1, 2]
    assert sum(prices) == 4
`;

/** A folder with a Makefile, an included one, a nested one, a README and a test that fails. */
async function createProject(root: string): Promise<string> {
  const project = join(root, 'shop');
  await mkdir(join(project, 'mk'), { recursive: true });
  await mkdir(join(project, 'docs'));
  await writeFile(join(project, 'Makefile'), makefile);
  await writeFile(
    join(project, 'mk', 'release.mk'),
    '##@ Release\n\n.PHONY: changelog\nchangelog: ## Writes the changelog\n\t@echo changes\n',
  );
  await writeFile(
    join(project, 'docs', 'Makefile'),
    'check: ; @echo "pages.py:2: error: Wrong  [x]"; exit 1\n',
  );
  await writeFile(join(project, 'docs', 'pages.py'), 'a = 1\nb = 2\n');
  await writeFile(join(project, 'test_shop.py'), failing);
  await writeFile(join(project, 'README.md'), '# Shop\n\n```sh\nmake greet PORT=9000\n```\n');
  return project;
}

const tasksView = async (editor: Editor): Promise<void> => {
  await editor.page.getByRole('tab', { name: 'Servicewright' }).click();
  await editor.runCommand('Servicewright: Focus on Tasks View');
  // The tree gets the room that the other views leave.
  for (const name of ['Services', 'Deployments']) {
    const header = editor.page.getByRole('button', { name: `${name} Section` });
    if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
  }
};

const hoverAction = async (editor: Editor, row: string, action: string): Promise<void> => {
  await editor.treeRow(row).first().hover();
  await editor.treeRow(row).first().getByRole('button', { name: action }).click();
};

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
      await editor.openFile('Makefile');
      await editor.codeLens('Run test').waitFor();
      await editor.screenshot('lens');
      await tasksView(editor);
      await editor.treeRow('Makefile').first().waitFor();
      await editor.treeRow('Runs the tests').waitFor();
      await editor.screenshot('tree');
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
      const problems = await editor.problems();
      await problems.filter({ hasText: 'assert 3 == 4' }).first().waitFor();
      await editor.screenshot('failing-test');
      await problems.filter({ hasText: 'assert 3 == 4' }).first().click();
      await editor.page.locator('.tab.active').filter({ hasText: 'test_shop.py' }).waitFor();
      await editor.statusBar('Ln 3').waitFor();
      await editor.screenshot('failing-line');
    });
  });

  test('a run takes values and remembers them; a pattern asks; make itself is asked only after a warning', async () => {
    const workspace = await createProject(join(root, 'two'));
    await withEditor({ workspace, journey: 'tasks-values' }, async (editor) => {
      await editor.openFile('Makefile');
      await editor.codeLens('Run greet').waitFor();
      await tasksView(editor);
      await editor.treeRow('greet').first().click({ button: 'right' });
      await editor.page.getByRole('menuitem', { name: 'Run Target with Arguments and Variables…' }).click();
      await editor.quickPickRow('PORT').waitFor();
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

  test('a failure in a nested folder is found there', async () => {
    const workspace = await createProject(join(root, 'three'));
    await withEditor({ workspace, journey: 'tasks-nested' }, async (editor) => {
      await editor.openFile('docs/Makefile');
      await editor.codeLens('Run check').click();
      const problems = await editor.problems();
      await problems.filter({ hasText: 'Wrong' }).first().click();
      await editor.page.locator('.tab.active').filter({ hasText: 'pages.py' }).waitFor();
      await editor.screenshot('nested');
    });
  });

  test('several folders are listed beside each other', async () => {
    const folders = [await createProject(join(root, 'four')), join(root, 'four', 'tools')];
    await mkdir(folders[1] ?? '');
    await writeFile(join(folders[1] ?? '', 'justfile'), '# Tidies up\ntidy:\n    @echo tidy\n');
    const file = join(root, 'four', 'all.code-workspace');
    await writeFile(file, JSON.stringify({ folders: folders.map((path) => ({ path })) }));
    await withEditor({ journey: 'tasks-multi-root' }, async (editor) => {
      await editor.page.goto(`${editor.url.split('?')[0] ?? ''}?workspace=${encodeURIComponent(file)}`);
      await editor.ready();
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
      await editor.openFile('Makefile');
      await tasksView(editor);
      await editor.treeRow('Runs the tests').waitFor();
      await editor.waitForText('Restricted Mode: targets are listed; nothing is run.');
      await editor.treeRow('Runs the tests').hover();
      await editor.screenshot('restricted');
      assert.equal(await editor.codeLens('Run').count(), 0);
    });
  });
});
