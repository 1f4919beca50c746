import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { withEditor } from '../editor/driver';
import { createPlatformHome } from '../editor/platform-home';
import { cli } from '../helpers/cli';

test('Restricted Mode: guidelines are checked, targets are listed, nothing runs and the button says why', async () => {
  const workspace = await mkdtemp(join(tmpdir(), 'untrusted-'));
  const platform = await createPlatformHome();
  try {
    const service = join(workspace, 'orders');
    await cli(['new', 'django-service', service, '--set', 'owner=team-shop']);
    const spec = join(service, 'openapi.yaml');
    await writeFile(spec, (await readFile(spec, 'utf8')).replace('\n  /items:', '\n  /orderItems:'));
    const options = { workspace, trusted: false, journey: 'restricted-mode', env: platform.env };
    await withEditor(options, async (editor) => {
      await editor.statusBar('Restricted Mode').waitFor();
      const button = editor.statusBar('orders → local');
      await button.waitFor();
      await button.hover();
      await editor.waitForText('Nothing is deployed from a folder in Restricted Mode');
      await editor.screenshot('button');
      await editor.openFile('openapi.yaml');
      await (await editor.problems()).filter({ hasText: 'kebab-case' }).first().waitFor();
      await editor.screenshot('findings');
      await editor.openFile('Makefile');
      await editor.page.getByRole('tab', { name: 'Servicewright' }).click();
      await editor.waitForText('Restricted Mode: targets are listed; nothing is run.');
      await editor.treeRow('Show this list').waitFor();
      await editor.screenshot('targets');
      assert.equal(await editor.codeLens('Run').count(), 0);
    });
    const home = platform.env['SERVICEWRIGHT_HOME'] ?? '';
    assert.ok(!existsSync(join(home, 'engine.json')), 'no platform was started');
    assert.ok(!existsSync(join(service, '.venv')));
  } finally {
    await platform.remove();
    await rm(workspace, { recursive: true, force: true });
  }
});
