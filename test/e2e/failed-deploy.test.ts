import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { withEditor } from '../editor/driver';
import { createPlatformHome } from '../editor/platform-home';
import { cli } from '../helpers/cli';

const server = 'web: exec python3 -m http.server --bind 127.0.0.1 $PORT\n';

test('a deploy that fails says why and leaves the release before serving; roll back shows what it will do', async () => {
  const workspace = await mkdtemp(join(tmpdir(), 'failing-'));
  const platform = await createPlatformHome();
  const { env } = platform;
  try {
    const service = join(workspace, 'shop');
    await mkdir(service);
    await writeFile(join(service, 'servicewright.yaml'), 'name: shop\n');
    await writeFile(join(service, 'Procfile'), server);
    await withEditor({ workspace, journey: 'failed-deploy', env }, async (editor) => {
      await editor.statusBar('shop → local').click();
      await editor.notification('shop v1 is live').waitFor({ timeout: 60_000 });
      await editor.runCommand('Notifications: Clear All Notifications');
      await writeFile(
        join(service, 'Procfile'),
        `release: python3 -c 'raise SystemExit("column price does not exist")'\n${server}`,
      );
      await editor.runCommand('Servicewright: Deploy Service');
      await editor.statusBar('shop → local v1').waitFor({ timeout: 60_000 });
      await editor.page.locator('.notification-toast').filter({ hasText: 'release' }).first().waitFor();
      await editor.page.locator('.part.panel').getByText('column price does not exist').first().waitFor();
      await editor.screenshot('failure');
      await writeFile(join(service, 'Procfile'), server);
      await editor.runCommand('Notifications: Clear All Notifications');
      await editor.runCommand('Servicewright: Deploy Service');
      await editor.notification('is live').waitFor({ timeout: 60_000 });
      await editor.page.getByRole('tab', { name: 'Servicewright' }).click();
      await editor.treeRow('shop → local').waitFor();
      await editor.runCommand('Notifications: Clear All Notifications');
      await editor.screenshot('releases');
      await editor.runCommand('Servicewright: Roll Back');
      await editor.pick('v1');
      await editor.page.locator('.monaco-dialog-box').getByText('Roll shop in local back to v1?').waitFor();
      await editor.screenshot('roll-back');
      await editor.dialogButton('Roll Back').click();
      await editor.notification('is live').waitFor({ timeout: 60_000 });
    });
  } finally {
    await cli(['platform', 'stop'], { env });
    await platform.remove();
    await rm(workspace, { recursive: true, force: true });
  }
});
