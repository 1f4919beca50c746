import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { eventually } from './helpers';

/** A service that prints what it is asked to, and raises where it is asked to. */
const server = `import http.server, os, sys, traceback
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        print("asked for", self.path, flush=True)
        if self.path == "/boom":
            try:
                raise RuntimeError("boom")
            except RuntimeError:
                traceback.print_exc()
        self.send_response(200)
        self.end_headers()
    def log_message(self, *args):
        pass
http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
`;

/** Logs as documents, of a service that runs on the platform of this machine. */
describe('Logs', () => {
  let dir = vscode.Uri.file('/');
  let url = '';
  const write = (name: string, text: string): void => writeFileSync(join(dir.fsPath, name), text);
  const deploy = async (): Promise<void> => {
    const result = await vscode.commands.executeCommand<
      { readonly outcome: string; readonly url?: string } | undefined
    >('servicewright.deploy.start', { dir });
    assert.equal(result?.outcome, 'live');
    url = result.url ?? '';
  };
  const log = (): vscode.TextDocument => {
    const found = vscode.workspace.textDocuments.find((one) => one.uri.scheme === 'servicewright-log');
    assert.ok(found, 'the log is open');
    return found;
  };
  const text = (): string => log().getText();

  before(async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder, 'the suite runs in a workspace');
    dir = vscode.Uri.joinPath(folder.uri, 'talker');
    mkdirSync(dir.fsPath);
    write('servicewright.yaml', 'name: talker\n');
    mkdirSync(join(dir.fsPath, 'app'));
    write('app/serve.py', server);
    write('Procfile', 'web: exec python3 app/serve.py\n');
    await vscode.commands.executeCommand('servicewright.services.refresh');
    await eventually(
      () => vscode.workspace.findFiles('talker/servicewright.yaml'),
      (found) => assert.equal(found.length, 1),
    );
    await deploy();
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('servicewright.platform.stop');
    rmSync(dir.fsPath, { recursive: true, force: true });
  });

  it('follow, with a mark for each release', async () => {
    await vscode.commands.executeCommand('servicewright.deploy.showLogs', { dir });
    await eventually(text, (found) => assert.match(found, /──── v1 is live since /));
    await fetch(`${url}/hello`);
    await eventually(text, (found) => assert.match(found, /app\[web\.1\]: asked for \/hello\n/));
    assert.equal(log().languageId, 'log');
  });

  it('survive a look at something else, and go on meanwhile', async () => {
    const other = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(dir, 'Procfile'));
    await vscode.window.showTextDocument(other, { preview: false });
    await fetch(`${url}/meanwhile`);
    await vscode.commands.executeCommand('servicewright.deploy.showLogs', { dir });
    await eventually(text, (found) => {
      assert.match(found, /asked for \/hello\n/);
      assert.match(found, /asked for \/meanwhile\n/);
    });
  });

  it('pause, go on, and show only what one looks for', async () => {
    await vscode.commands.executeCommand('servicewright.logs.pause');
    await fetch(`${url}/waiting`);
    await eventually(text, (found) => assert.match(found, /paused; 1 more lines are waiting/));
    assert.doesNotMatch(text(), /asked for \/waiting/);
    await vscode.commands.executeCommand('servicewright.logs.resume');
    await eventually(text, (found) => assert.match(found, /asked for \/waiting\n/));
    await vscode.commands.executeCommand('servicewright.logs.filter', '/waiting');
    await eventually(text, (found) => {
      assert.doesNotMatch(found, /asked for \/hello/);
      assert.match(found, /only lines with \/waiting; \d+ are hidden/);
    });
    await vscode.commands.executeCommand('servicewright.logs.filter', '');
    await eventually(text, (found) => assert.match(found, /asked for \/hello/));
  });

  it('link the places of a stack trace to the service’s own source', async () => {
    await fetch(`${url}/boom`);
    await eventually(text, (found) => assert.match(found, /RuntimeError: boom/));
    const links = await eventually(
      () =>
        vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', log().uri, 100),
      (found) => assert.ok(found.some((one) => one.target?.path.endsWith('/talker/app/serve.py'))),
    );
    const link = links.find((one) => one.target?.path.endsWith('/talker/app/serve.py'));
    assert.equal(link?.target?.fragment, 'L7');
  });

  it('mark the next release', async () => {
    await deploy();
    await eventually(text, (found) => assert.match(found, /──── v2 is live since /));
  });

  it('end with their tab', async () => {
    await vscode.commands.executeCommand('servicewright.deploy.showLogs', { dir });
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.commands.executeCommand('servicewright.deploy.showLogs', { dir });
    await eventually(text, (found) =>
      assert.match(found, /v2 is live since [^]*asked for|asked for[^]*v2 is live since/),
    );
  });
});
