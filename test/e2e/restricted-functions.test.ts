import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { withEditor } from '../editor/driver';
import { WebServer } from '../helpers/web-server';

test('Restricted Mode: JavaScript of rule sets does not run and no URL is fetched, which is said; trust lets both', async () => {
  const workspace = await mkdtemp(join(tmpdir(), 'untrusted-rules-'));
  const web = new WebServer();
  await web.start();
  web.pages.set('/problem.yaml', 'type: object\n');
  try {
    const ran = join(workspace, 'ran.txt');
    const files = {
      'openapi.yaml': `openapi: 3.1.0
info: { title: Orders, version: 1.0.0, description: Takes orders. }
paths: {}
components:
  schemas:
    Problem: { $ref: '${web.url}problem.yaml#/Nothing' }
`,
      '.spectral.yaml':
        "extends: []\nfunctions: [title]\nrules: { team-title: { given: '$.info', then: { field: title, function: title } } }\n",
      // It would turn them on where it counts.
      '.vscode/settings.json': '{ "servicewright.guidelines.runFunctions": true }\n',
      'functions/title.js': `require('node:fs').writeFileSync(${JSON.stringify(ran)}, ''); module.exports = () => [{ message: 'asked by our own function' }];`,
      'shared/.servicewright/guidelines.yaml': `refs: { urls: ['${web.url}'] }\n`,
    };
    for (const [path, text] of Object.entries({ ...files, 'shared/openapi.yaml': files['openapi.yaml'] })) {
      await mkdir(join(workspace, path, '..'), { recursive: true });
      await writeFile(join(workspace, path), text);
    }
    await withEditor({ workspace, trusted: false, journey: 'restricted-functions' }, async (editor) => {
      const { page } = editor;
      await editor.statusBar('Restricted Mode').waitFor();
      await page.getByRole('treeitem', { name: 'openapi.yaml' }).first().dblclick();
      const problem = async (text: string): Promise<void> => {
        await (await editor.problems()).filter({ hasText: text }).first().waitFor({ timeout: 60_000 });
      };
      await problem('What `functions` names (`title`) is JavaScript, which is not run here');
      await problem('Nothing of a workspace runs in Restricted Mode');
      await editor.screenshot('functions-not-run');
      await editor.openFile('shared/openapi.yaml');
      await problem('since this workspace is not trusted: what');
      await editor.screenshot('urls-not-fetched');
      assert.ok(!existsSync(ran), 'nothing ran');
      assert.deepEqual(web.asked, []);

      await editor.runCommand('Workspaces: Manage Workspace Trust');
      await page.getByRole('button', { name: 'Trust', exact: true }).click();
      await editor.statusBar('Restricted Mode').waitFor({ state: 'detached' });
      await page.locator('.monaco-modal-editor-block .codicon-close').first().click();
      await page.locator('.workspace-trust-editor').waitFor({ state: 'detached' });
      await problem('has no `Nothing`');
      await problem('asked by our own function');
      await editor.screenshot('trusted');
      assert.ok(existsSync(ran));
    });
  } finally {
    await web.stop();
    await rm(workspace, { recursive: true, force: true });
  }
});
