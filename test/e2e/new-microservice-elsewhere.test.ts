import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Editor } from '../editor/driver';
import { withEditor } from '../editor/driver';

/** Chooses a folder in the editor's own file dialog, which is a quick pick in a remote window. */
async function browse(editor: Editor, folder: string): Promise<void> {
  await editor.pick('Browse…');
  await editor.page
    .locator('.quick-input-widget:visible')
    .filter({ hasText: 'Folder for the new service' })
    .waitFor();
  // The dialog writes its own folder into the box once it has read it; what is typed before is mixed up with that.
  await editor.waitUntil(() => editor.quickInput.inputValue(), /^\/.+\/$/u);
  await editor.quickPickRows.first().waitFor();
  await editor.quickInput.fill(`${folder}/`);
  await editor.page
    .locator('.quick-input-widget:visible')
    .getByRole('button', { name: /^Make order-items here/ })
    .click();
}

test('New Microservice without a folder open: a default follows its answer, a folder is browsed for, the service opens', async () => {
  const root = await mkdtemp(join(tmpdir(), 'elsewhere-'));
  await mkdir(join(root, 'taken', 'order-items'), { recursive: true });
  await writeFile(join(root, 'taken', 'order-items', 'Makefile'), 'mine');
  await mkdir(join(root, 'free'));
  try {
    await withEditor(
      { journey: 'new-microservice-elsewhere', settings: { 'servicewright.scaffold.face': 'quickPick' } },
      async (editor) => {
        await editor.runCommand('Servicewright: New Microservice');
        await editor.answer('Service name', 'orders');
        await editor.waitForText('One line that says what the service is for');
        assert.equal(await editor.quickInput.inputValue(), 'The Orders service.');
        await editor.quickInput.press('Enter');
        await editor.waitForText('The team that answers for the service');
        for (const question of ['One line that says what the service is for', 'Service name']) {
          await editor.page.getByRole('button', { name: 'Back' }).click();
          await editor.waitForText(question);
        }
        assert.equal(await editor.quickInput.inputValue(), 'orders');
        await editor.answer('Service name', 'order-items');
        await editor.waitForText('One line that says what the service is for');
        assert.equal(await editor.quickInput.inputValue(), 'The Order Items service.');
        await editor.quickInput.press('Enter');
        await editor.answer('The team that answers for the service', 'team-shop');
        await editor.page.getByPlaceholder('In which folder shall order-items be made').waitFor();
        await browse(editor, join(root, 'taken'));
        await editor.waitForText('holds order-items already');
        await editor.screenshot('taken');
        await browse(editor, join(root, 'free'));
        await editor.waitForText(/Create \d+ files/);
        await editor.screenshot('files');
        assert.deepEqual(readdirSync(join(root, 'free')), []);
        await editor.quickInput.press('Enter');
        await editor.page
          .locator('.tab')
          .filter({ hasText: 'Preview README.md' })
          .waitFor({ timeout: 60_000 });
        await editor.screenshot('opened');
      },
    );
    const made = join(root, 'free', 'order-items');
    assert.ok(existsSync(join(made, '.git')));
    assert.match(readFileSync(join(made, 'servicewright.yaml'), 'utf8'), /The Order Items service\./);
    assert.deepEqual(readdirSync(join(root, 'free')), ['order-items']);
    assert.equal(readFileSync(join(root, 'taken', 'order-items', 'Makefile'), 'utf8'), 'mine');
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});
