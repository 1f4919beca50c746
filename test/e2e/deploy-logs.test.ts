import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { withEditor } from '../editor/driver';
import type { Editor } from '../editor/driver';
import { createPlatformHome } from '../editor/platform-home';
import { cli } from '../helpers/cli';

const server = `import http.server, os, traceback


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        print("asked for", self.path, flush=True)
        if self.path == "/boom":
            try:
                raise RuntimeError("no such order")
            except RuntimeError:
                traceback.print_exc()
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args):
        pass


http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
`;

async function writeTalker(workspace: string): Promise<string> {
  const service = join(workspace, 'talker');
  await mkdir(join(service, 'app'), { recursive: true });
  await writeFile(join(service, 'servicewright.yaml'), 'name: talker\n');
  await writeFile(join(service, 'Procfile'), 'web: exec python3 app/serve.py\nworker: exec sleep 10000\n');
  await writeFile(join(service, 'app', 'serve.py'), server);
  return service;
}

async function urlOf(service: string, env: Readonly<Record<string, string>>): Promise<string> {
  const { stdout } = await cli(['ps', '--json'], { env, cwd: service });
  return (JSON.parse(stdout) as { readonly url: string }).url;
}

/** The visible lines of the log. */
const logText = (editor: Editor): Promise<string> => editor.editorText();

test('a log follows, is filtered, marks releases, and leads from a stack trace to the source; a task deploys', async () => {
  const workspace = await mkdtemp(join(tmpdir(), 'logs-'));
  const platform = await createPlatformHome();
  const { env } = platform;
  try {
    const service = await writeTalker(workspace);
    await withEditor({ workspace, journey: 'deploy-logs', env }, async (editor) => {
      await editor.statusBar('talker → local').click({ timeout: 60_000 });
      await editor.notification('talker v1 is live').waitFor({ timeout: 60_000 });
      await editor.runCommand('Notifications: Clear All Notifications');
      await editor.runCommand('Servicewright: Show Logs');
      await editor.page.locator('.tab.active').filter({ hasText: 'talker (local).log' }).waitFor();
      const url = await urlOf(service, env);
      await fetch(`${url}/orders`);
      await fetch(`${url}/boom`);
      await editor.waitUntil(() => logText(editor), /RuntimeError: no such order/u);
      await editor.page.getByRole('tab', { name: 'Servicewright' }).click();
      await editor.treeRow('worker.1').first().waitFor();
      await editor.screenshot('log');
      await editor.runCommand('Servicewright: Filter Log');
      await editor.answer('Show only lines with', 'asked -boom');
      await editor.waitUntil(() => logText(editor), /only lines with asked -boom/u);
      assert.doesNotMatch(await logText(editor), /no such order/u);
      await editor.screenshot('filtered');
      await editor.runCommand('Servicewright: Filter Log');
      await editor.answer('Show only lines with', '');
      await editor.waitUntil(() => logText(editor), /RuntimeError: no such order/u);
      const place = editor.page.locator('.view-line .detected-link').filter({ hasText: 'serve.py' }).first();
      await place.waitFor();
      await editor.screenshot('links');
      await editor.followLink(place, editor.page.locator('.tab.active').filter({ hasText: 'serve.py' }));
      await editor.statusBar('Ln 9, Col 1').waitFor();
      await editor.runCommand('Tasks: Run Task');
      await editor.pick('Show All Tasks...');
      await editor.pick('servicewright-deploy: deploy talker → local');
      await editor.waitUntil(() => editor.terminalText(), /talker v2 is live at/u, 60_000);
      await editor.screenshot('task');
      await editor.page.locator('.tab').filter({ hasText: 'talker (local).log' }).click();
      await editor.waitUntil(() => logText(editor), /v2 is live since/u);
      await editor.screenshot('release-marked');
    });
  } finally {
    await cli(['platform', 'stop'], { env });
    await platform.remove();
    await rm(workspace, { recursive: true, force: true });
  }
});
