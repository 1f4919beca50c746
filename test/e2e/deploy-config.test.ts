import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Editor } from '../editor/driver';
import { withEditor } from '../editor/driver';
import { createPlatformHome } from '../editor/platform-home';
import { canaryToken, imageOf, startEmpire } from '../helpers/empire';
import type { TestEmpire } from '../helpers/empire';
import { jsonReply } from '../helpers/empire-recordings';
import { makeRepository } from '../helpers/git-repository';
import { eventually } from '../helpers/platform';

async function writeOrders(workspace: string, url: string): Promise<string> {
  const repository = makeRepository(join(workspace, 'orders'));
  const commit = repository.commit({
    'servicewright.yaml': `name: orders\nenvironments:\n  staging:\n    platform: empire\n    url: ${url}\n    registry: ghcr.io/acme\n  production:\n    platform: empire\n    url: ${url}\n    registry: ghcr.io/acme\n    app: orders-live\n    protected: true\n`,
    Procfile: 'web: ./serve\n',
    '.gitignore': '.env\n',
    'settings.py': 'import os\nKEY = os.environ["PAYMENT_KEY"]\n',
  });
  repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  return commit;
}

async function signIn(editor: Editor, empire: TestEmpire): Promise<void> {
  empire.override = ({ path }) =>
    path === '/oauth/authorizations' ? jsonReply(200, { access_token: { token: canaryToken } }) : undefined;
  await editor.statusBar('orders → staging').waitFor({ timeout: 60_000 });
  await editor.runCommand('Servicewright: Sign In to Platform');
  await editor.pick('User and password');
  await editor.answer('User', 'jane');
  await editor.answer('Password', 's3cret');
  await editor.statusBar('orders → staging v2').waitFor({ timeout: 60_000 });
}

/** Puts another text in the place of the document's last lines, as a hand does. */
async function type(editor: Editor, lines: readonly string[]): Promise<void> {
  await editor.page.locator('.editor-group-container.active .view-lines').first().click();
  await editor.page.keyboard.press('Control+a');
  for (const [index, line] of lines.entries()) {
    await editor.page.keyboard.type(line);
    if (index < lines.length - 1) await editor.page.keyboard.press('Enter');
  }
}

test('variables are edited as a document and saved as one release; releases are compared; what runs is promoted', async () => {
  const workspace = await mkdtemp(join(tmpdir(), 'config-'));
  const platform = await createPlatformHome();
  const empire = await startEmpire();
  try {
    const commit = await writeOrders(workspace, empire.server.url);
    empire.state.seed('orders', imageOf('orders', 'aaaaaaa'));
    empire.state.seed('orders', imageOf('orders', commit));
    const app = empire.state.apps.get('orders');
    assert.ok(app);
    app.config = { LOG_LEVEL: 'info', API_KEY: 'canary-api-key-1', OLD: 'x' };
    await withEditor({ workspace, journey: 'deploy-config', env: platform.env }, async (editor) => {
      await signIn(editor, empire);
      await editor.page.getByRole('tab', { name: 'Servicewright' }).click();
      await editor.treeRow('v2').first().waitFor();
      await editor.runCommand('Servicewright: Edit Variables');
      await editor.page.locator('.tab.active').filter({ hasText: 'orders (staging)' }).waitFor();
      await editor.waitUntil(() => editor.editorText(), /API_KEY=••••••/u);
      await editor.screenshot('document');
      await type(editor, ['API_KEY=••••••', 'LOG_LEVEL=debug', 'PAYMENT_KEY=?']);
      await editor.page.keyboard.press('Control+s');
      await editor.page.locator('.monaco-dialog-box').getByText('Another value: LOG_LEVEL').waitFor();
      await editor.page.locator('.monaco-dialog-box').getByText('Taken away: OLD').waitFor();
      await editor.screenshot('preview');
      await editor.dialogButton('Change').click();
      await editor.answer('Value of PAYMENT_KEY', 'canary-payment-2');
      await eventually('the change arrived', () => app.config['PAYMENT_KEY'] !== undefined);
      assert.deepEqual(app.config, {
        API_KEY: 'canary-api-key-1',
        LOG_LEVEL: 'debug',
        PAYMENT_KEY: 'canary-payment-2',
      });
      await editor.waitUntil(() => editor.editorText(), /PAYMENT_KEY=••••••/u);
      await editor.treeRow('v3').first().waitFor();
      await editor.screenshot('saved');
      await editor.runCommand('Servicewright: Compare Releases');
      await editor.pick('v3');
      await editor.pick('v2');
      await editor.page.locator('.tab.active').filter({ hasText: 'v2 ↔ v3' }).waitFor();
      await editor.page.locator('.diffOverview, .monaco-diff-editor').first().waitFor();
      await editor.waitForText('release: v3');
      await editor.screenshot('compared');
      await editor.runCommand('Servicewright: Promote to Next Environment');
      await editor.pick('production');
      const dialog = editor.page.locator('.monaco-dialog-box');
      await dialog.getByText('Deploy orders-live to production').waitFor();
      await dialog.getByText(/The code needs PAYMENT_KEY, which production does not have/u).waitFor();
      await editor.screenshot('promote');
      await editor.dialogButton('Show Details').click();
      await editor.webview().getByText('What may not be meant').waitFor();
      await editor.screenshot('details');
      await editor.runCommand('Servicewright: Promote to Next Environment');
      await editor.pick('production');
      await editor.dialogButton('Deploy').click();
      await editor.notification('orders-live v1 is live').waitFor({ timeout: 60_000 });
      const [promoted] = empire.state.apps.get('orders-live')?.releases ?? [];
      assert.match(promoted?.description ?? '', new RegExp(`orders:${commit}.*Promote v3 of staging`));
      await editor.screenshot('promoted');
    });
    assert.deepEqual(await filesWith(platform.env, /canary-(api-key-1|payment-2)/), []);
  } finally {
    await empire.stop();
    await platform.remove();
    await rm(workspace, { recursive: true, force: true });
  }
});

/** Files of the platform's home that hold it. */
async function filesWith(env: Readonly<Record<string, string>>, pattern: RegExp): Promise<readonly string[]> {
  const home = env['SERVICEWRIGHT_HOME'] ?? '';
  const names = await readdir(home, { recursive: true, withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const one of names.filter((name) => name.isFile())) {
    const path = join(one.parentPath, one.name);
    if (pattern.test(await readFile(path, 'utf8'))) found.push(path);
  }
  return found;
}
