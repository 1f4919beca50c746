import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { withEditor } from '../editor/driver';

test('New Microservice: validation while typing, Back, preview, and nothing left by leaving', async () => {
  const workspace = await mkdtemp(join(tmpdir(), 'services-'));
  await writeFile(join(workspace, 'notes.md'), 'mine');
  try {
    await withEditor(
      { workspace, journey: 'new-microservice', settings: { 'servicewright.scaffold.face': 'quickPick' } },
      async (editor) => {
        await editor.runCommand('Servicewright: New Microservice');
        await editor.typeInQuickInput('Orders', { accept: false });
        await editor.waitForText('Use lower-case letters, digits and single hyphens');
        await editor.screenshot('why-not-accepted');
        await editor.typeInQuickInput('orders');
        await editor.waitForText('One line that says what the service is for');
        await editor.page.keyboard.press('Enter');
        await editor.waitForText('The team that answers for the service');
        await editor.page.getByRole('button', { name: 'Back' }).click();
        await editor.waitForText('One line that says what the service is for');
        await editor.screenshot('back');
        await editor.page.keyboard.press('Enter');
        await editor.answer('The team that answers for the service', 'team-shop');
        await editor.waitForText(`makes ${join(workspace, 'orders')}`);
        await editor.screenshot('folder');
        await editor.page.keyboard.press('Enter');
        await editor.waitForText(/Create \d+ files/);
        await editor.screenshot('preview');
        await editor.typeInQuickInput('Makefile');
        await editor.waitForText('.PHONY');
        await editor.screenshot('preview-of-a-file');
        await editor.page.keyboard.press('Escape');
        await editor.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
        assert.deepEqual(readdirSync(workspace), ['notes.md']);
      },
    );
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
  assert.ok(!existsSync(workspace));
});
