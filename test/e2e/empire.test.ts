import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { withEditor } from '../editor/driver';
import type { Editor } from '../editor/driver';
import { createPlatformHome } from '../editor/platform-home';
import { canaryToken, imageOf, startEmpire } from '../helpers/empire';
import type { TestEmpire } from '../helpers/empire';
import type { RawRequest, Reply } from '../helpers/empire-http';
import { jsonReply } from '../helpers/empire-recordings';
import { makeRepository } from '../helpers/git-repository';

const isDeploy = ({ method, path }: RawRequest): boolean => method === 'POST' && path.endsWith('/deploys');
const reset: Reply = { pieces: [], end: 'reset' };

async function writeOrders(workspace: string, url: string): Promise<void> {
  const repository = makeRepository(join(workspace, 'orders'));
  repository.commit({
    'servicewright.yaml': `name: orders\nenvironments:\n  staging:\n    platform: empire\n    url: ${url}\n    registry: ghcr.io/acme\n  production:\n    platform: empire\n    url: ${url}\n    registry: ghcr.io/acme\n    app: orders-live\n    protected: true\n`,
    Procfile: 'web: ./serve\n',
  });
  repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
}

/** Takes any password; the deploy's last lines wait until `go` was called. */
function holdDeploys(empire: TestEmpire): () => void {
  let go = (): void => undefined;
  const gate = new Promise<void>((done) => (go = done));
  empire.override = (request) => {
    if (request.path === '/oauth/authorizations')
      return jsonReply(200, { access_token: { token: canaryToken } });
    return isDeploy(request) ? { ...empire.state.answer(request), gate } : undefined;
  };
  return () => go();
}

/** A command that runs once, a process that starts again, and maintenance. */
async function operate(editor: Editor): Promise<void> {
  await editor.runCommand('Servicewright: Run a Command');
  await editor.answer('It runs once', 'ls -la');
  await editor.waitUntil(() => editor.terminalText(), /\$ ls -la[\s\S]*Fake output[\s\S]*It ended\./);
  await editor.screenshot('run');
  await editor.page.locator('.terminal-wrapper.active').click();
  await editor.page.keyboard.press('Enter');
  await editor.page.locator('.terminal-wrapper.active').waitFor({ state: 'detached' });
  const row = editor.treeRow('web.1');
  await row.hover();
  await row.getByRole('button', { name: 'Restart Processes' }).click();
  await editor.page.locator('.monaco-dialog-box').getByText('Restart web.1 of orders').waitFor();
  await editor.dialogButton('Restart').click();
  await editor.runCommand('Servicewright: Turn Maintenance On or Off');
  await editor.page
    .locator('.monaco-dialog-box')
    .getByText('Turn maintenance of orders in staging on?')
    .waitFor();
  await editor.screenshot('maintenance');
  await editor.dialogButton('Turn On').click();
  await editor.treeRow('maintenance').waitFor();
  await editor.runCommand('Servicewright: Turn Maintenance On or Off');
  await editor.dialogButton('Turn Off').click();
  await editor.treeRow('maintenance').waitFor({ state: 'detached' });
}

test('the button signs in to Empire, deploys, shows what is there, and asks before what is protected', async () => {
  const workspace = await mkdtemp(join(tmpdir(), 'empire-'));
  const platform = await createPlatformHome();
  const empire = await startEmpire();
  try {
    await writeOrders(workspace, empire.server.url);
    await withEditor({ workspace, journey: 'empire', env: platform.env }, async (editor) => {
      const go = holdDeploys(empire);
      await editor.statusBar('orders → staging').click({ timeout: 60_000 });
      await editor.quickPickRow('GitHub').waitFor();
      await editor.screenshot('sign-in');
      await editor.pick('User and password');
      await editor.answer('User', 'jane');
      await editor.answer('Password', 's3cret');
      await editor.statusBar('orders: ').waitFor();
      await editor.screenshot('deploying');
      go();
      await editor.notification('orders v1 is live').waitFor({ timeout: 60_000 });
      const app = empire.state.apps.get('orders');
      if (app) app.config = { API_KEY: 'x', LOG_LEVEL: 'debug' };
      empire.state.seed('orders', imageOf('orders', '1a2b3c4d'));
      await editor.runCommand('Servicewright: Refresh Deployments');
      await editor.page.getByRole('tab', { name: 'Servicewright' }).click();
      await editor.treeRow('orders → staging').first().waitFor();
      await editor.treeRow('Config').click();
      await editor.treeRow('API_KEY').waitFor();
      await editor.screenshot('deployments');
      await editor.runCommand('Notifications: Clear All Notifications');
      await editor.runCommand('Servicewright: Roll Back');
      await editor.pick('v1');
      await editor.page
        .locator('.monaco-dialog-box')
        .getByText('Variables that go away: API_KEY, LOG_LEVEL.')
        .waitFor();
      await editor.screenshot('roll-back');
      await editor.dialogButton('Cancel').click();
      await operate(editor);
      empire.override = (request) => (isDeploy(request) ? reset : undefined);
      await editor.runCommand('Servicewright: Deploy Service');
      await editor
        .notification('It is not known how the deploy of orders ended')
        .waitFor({ timeout: 60_000 });
      await editor.screenshot('unknown');
      empire.override = undefined;
      await editor.runCommand('Notifications: Clear All Notifications');
      await editor.runCommand('Servicewright: Switch Environment');
      await editor.pick('production');
      await editor.statusBar('orders-live → production').waitFor();
      await editor.runCommand('Servicewright: Deploy Service');
      await editor.page.locator('.monaco-dialog-box').getByText('Deploy orders-live to production').waitFor();
      await editor.screenshot('production');
      await editor.dialogButton('Cancel').click();
    });
  } finally {
    await empire.stop();
    await platform.remove();
    await rm(workspace, { recursive: true, force: true });
  }
});
