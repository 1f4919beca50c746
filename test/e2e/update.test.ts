import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Editor } from '../editor/driver';
import { withEditor } from '../editor/driver';
import { clashing, writeOldService } from '../helpers/old-service';

/** A service of an older version: the view says so, a click updates it, the merge editor settles what clashes. */

async function withOldService(use: (workspace: string, service: string) => Promise<void>): Promise<void> {
  const workspace = await mkdtemp(join(tmpdir(), 'update-'));
  const service = join(workspace, 'services', 'orders');
  try {
    const versions = await writeOldService(service);
    await writeFile(join(service, 'Makefile'), clashing('Makefile', versions));
    await rm(join(service, '.editorconfig'));
    await use(workspace, service);
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

async function openView(editor: Editor): Promise<void> {
  await editor.page.getByRole('tab', { name: 'Servicewright' }).click();
  const service = editor.treeRow('orders').first();
  await service.filter({ hasText: '1.0.0 →' }).waitFor();
  await service.locator('.monaco-tl-twistie').click();
  await editor.treeRow('available').waitFor();
  await editor.treeRow('Makefile').first().waitFor();
}

test('an update from the Services view, to the last conflict', async () => {
  await withOldService(async (workspace, service) => {
    await withEditor({ workspace, journey: 'update' }, async (editor) => {
      await openView(editor);
      await editor.treeRow('.editorconfig').filter({ hasText: 'deleted' }).waitFor();
      await editor.screenshot('services-view');
      await editor.treeRow('Makefile').filter({ hasText: 'edited' }).click();
      await editor.page.locator('.tab.active').filter({ hasText: 'Makefile' }).waitFor();
      await editor.page.locator('.monaco-diff-editor .view-line').first().waitFor();
      await editor.screenshot('edited-file');
      await editor.treeRow('available').click();
      await editor.waitForText(/Update \d+ files/);
      await editor.screenshot('preview');
      await editor.page.keyboard.type('Dockerfile');
      await editor.quickPickRows
        .filter({ hasText: /Update/ })
        .first()
        .waitFor({ state: 'detached' });
      await editor.quickPickRows.filter({ hasText: 'Dockerfile' }).first().click();
      await editor.page.locator('.tab.active').filter({ hasText: 'Dockerfile' }).waitFor();
      await editor.page
        .locator('.monaco-diff-editor .view-line')
        .filter({ hasText: 'FROM' })
        .first()
        .waitFor();
      await editor.screenshot('preview-of-a-file');
      await editor.quickInput.fill('');
      await editor.quickPickRows
        .filter({ hasText: /Update \d+ files/ })
        .first()
        .click();
      await editor.page.locator('.merge-editor').waitFor();
      await editor.notification('to settle').waitFor();
      await editor.waitForText('1 Conflict Remaining');
      await editor.screenshot('merge-editor');
      assert.match(readFileSync(join(service, 'servicewright.yaml'), 'utf8'), /version: 1\.[1-9]/);
      assert.ok(existsSync(join(service, 'platform_kit')) && !existsSync(join(service, '.editorconfig')));
      await editor.treeRow('up to date').waitFor();
      await editor.page.getByText('Accept Yours').first().click();
      await editor.waitForText('0 Conflicts Remaining');
      await editor.runCommand('File: Save');
      await editor.waitUntil(
        async () => readFileSync(join(service, 'Makefile'), 'utf8'),
        /^(?![\s\S]*<{7})[\s\S]* # mine$/mu,
      );
      await editor.screenshot('settled');
    });
  });
});

test('Restricted Mode: the view tells the drift, and an update says that it needs trust', async () => {
  await withOldService(async (workspace, service) => {
    const before = readFileSync(join(service, 'servicewright.yaml'), 'utf8');
    await withEditor({ workspace, trusted: false, journey: 'update-restricted' }, async (editor) => {
      await openView(editor);
      await editor.treeRow('available').click();
      await editor.notification('only in a workspace that you trust').waitFor();
      await editor.screenshot('needs-trust');
    });
    assert.equal(readFileSync(join(service, 'servicewright.yaml'), 'utf8'), before);
  });
});
