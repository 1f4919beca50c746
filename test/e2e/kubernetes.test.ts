import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Editor } from '../editor/driver';
import { withEditor } from '../editor/driver';
import { createPlatformHome } from '../editor/platform-home';
import { makeRepository } from '../helpers/git-repository';
import type { TestCluster } from '../helpers/kubernetes/fake';
import { startTestCluster } from '../helpers/kubernetes/fake';

const files = {
  'servicewright.yaml': `name: orders
health: /readyz
environments:
  staging: { platform: kubernetes, context: test, namespace: team, registry: ghcr.io/acme, ingress: orders.example.com }
`,
  Procfile: 'web: gunicorn config\nworker: celery\nrelease: python manage.py migrate\n',
};

type Commit = (message: string) => string;

/** A service whose commits have all been pushed, so that each has its image. */
function makeService(workspace: string): Commit {
  const repository = makeRepository(join(workspace, 'orders'));
  return (message) => {
    const commit = repository.commit({ ...files, 'notes.md': `${message}\n` }, message);
    repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    return commit;
  };
}

const dialog = (editor: Editor) => editor.page.locator('.monaco-dialog-box');
const clear = (editor: Editor): Promise<void> => editor.runCommand('Notifications: Clear All Notifications');

/** The button, with nothing set up but a kubeconfig: the release command gates, the Deployments roll out. */
async function deployFirst(editor: Editor): Promise<void> {
  await editor.statusBar('orders → staging').click({ timeout: 60_000 });
  await editor.statusBar('orders: ').waitFor({ timeout: 60_000 });
  // Away from the button, whose hover would lie over what is looked at.
  await editor.page.mouse.move(640, 200);
  await editor.screenshot('deploying');
  await editor.notification('orders v1 is live at http://orders.example.com').waitFor({ timeout: 60_000 });
  await editor.screenshot('live');
}

/** New pods crash: the cluster's events and the pod's last lines explain it, and the release before goes on. */
async function deployBroken(editor: Editor): Promise<void> {
  await clear(editor);
  await editor.runCommand('Servicewright: Deploy Service');
  await editor.notification('v1 goes on serving').waitFor({ timeout: 60_000 });
  await editor.statusBar('orders → staging v1').waitFor();
  await editor.screenshot('failure');
  await clear(editor);
  await editor.runCommand('View: Toggle Maximized Panel');
  const panel = editor.page.locator('.part.panel');
  for (const text of ['migrated', 'Back-off restarting failed container', 'RuntimeError: no such setting'])
    await panel.getByText(text).first().waitFor();
  await editor.screenshot('explained');
  await editor.runCommand('View: Toggle Maximized Panel');
  await editor.runCommand('View: Hide Panel');
}

async function lookAtReleases(editor: Editor): Promise<void> {
  await clear(editor);
  await editor.page.getByRole('tab', { name: 'Servicewright' }).click();
  await editor.treeRow('orders → staging').first().waitFor();
  await editor.treeRow('v2').filter({ hasText: 'failed' }).first().waitFor();
  await editor.screenshot('releases');
}

async function rollBack(editor: Editor): Promise<void> {
  await editor.runCommand('Servicewright: Roll Back');
  await editor.pick('v1');
  await dialog(editor).getByText('Roll orders in staging back to v1?').waitFor();
  await editor.screenshot('roll-back');
  await editor.dialogButton('Roll Back').click();
  await editor.notification('is live').waitFor({ timeout: 60_000 });
  await editor.treeRow('Roll back to v1').first().waitFor();
  await editor.screenshot('rolled-back');
}

/** A variable that breaks the service: its release has failed, says why, and what was there goes on. */
async function breakByVariable(editor: Editor): Promise<void> {
  await clear(editor);
  await editor.runCommand('Servicewright: Set Variable');
  await editor.answer('Name of the variable', 'BROKEN');
  await editor.answer('Value of BROKEN', 'yes');
  await editor.notification('orders → staging: Set BROKEN').waitFor();
  await editor.screenshot('changing-a-variable');
  await editor.notification('The variables are again what they were.').waitFor({ timeout: 60_000 });
  await editor.page.locator('.part.panel').getByText('RuntimeError: no such setting').first().waitFor();
  await editor.treeRow('v5').filter({ hasText: 'failed' }).first().waitFor();
  await editor.treeRow('web.1').filter({ hasText: 'running · v4' }).first().waitFor();
  await editor.screenshot('variable-failed');
}

/** A command beside the running processes, in a terminal of the editor. */
async function runInTerminal(editor: Editor, { terminals }: TestCluster): Promise<void> {
  await clear(editor);
  terminals.play = (played) => {
    const said = played.typed.join('');
    if (played.typed.length === 0 && played.sizes.length === 1) played.show('>>> ');
    else if (said.endsWith('\r')) played.show(`${said.slice(0, -1)}\r\n42\r\n>>> `);
  };
  await editor.runCommand('Servicewright: Run a Command');
  await editor.quickInputTitle.getByText('Run a Command').waitFor();
  await editor.screenshot('which-command');
  await editor.answer('It runs once', 'python manage.py shell');
  await editor.waitUntil(() => editor.terminalText(), />>>/u, 60_000);
  await editor.page.keyboard.type('6 * 7');
  await editor.page.keyboard.press('Enter');
  await editor.waitUntil(() => editor.terminalText(), /42/u);
  await editor.screenshot('terminal');
}

async function journey(editor: Editor, cluster: TestCluster, commit: Commit): Promise<void> {
  await deployFirst(editor);
  cluster.state.rollouts.fates.set(commit('Takes orders without a setting'), 'broken');
  await deployBroken(editor);
  await lookAtReleases(editor);
  commit('Takes orders again');
  await editor.runCommand('Servicewright: Deploy Service');
  await editor.notification('orders v3 is live').waitFor({ timeout: 60_000 });
  await clear(editor);
  await rollBack(editor);
  await breakByVariable(editor);
  await runInTerminal(editor, cluster);
}

test('the button deploys to Kubernetes, explains a roll out that fails, and rolls back', async () => {
  const workspace = await mkdtemp(join(tmpdir(), 'kubernetes-'));
  const platform = await createPlatformHome();
  const cluster = await startTestCluster();
  // Slow enough to be looked at.
  cluster.state.watches.pace = 700;
  const commit = makeService(workspace);
  commit('Takes orders');
  try {
    const env = { ...platform.env, KUBECONFIG: cluster.config };
    await withEditor({ workspace, journey: 'kubernetes', env }, (editor) => journey(editor, cluster, commit));
  } finally {
    await cluster.stop();
    await platform.remove();
    for (const dir of [workspace, cluster.dir]) await rm(dir, { recursive: true, force: true });
  }
});
