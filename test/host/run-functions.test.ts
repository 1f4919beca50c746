import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './helpers';

const spec = `openapi: 3.1.0
info: { title: Orders, version: 1.0.0 }
paths: {}
`;

function found(uri: vscode.Uri): string {
  return vscode.languages
    .getDiagnostics(uri)
    .filter((one) => one.source === 'servicewright')
    .map(({ range, message }) => `${range.start.line + 1}:${range.start.character + 1} ${message}`)
    .join('; ');
}

describe('functions of rule sets', () => {
  let folder = vscode.Uri.file('/');
  let description = folder;
  const put = (name: string, text: string): Thenable<void> =>
    vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, name), new TextEncoder().encode(text));
  const set = (value: boolean | undefined): Thenable<void> =>
    vscode.workspace
      .getConfiguration('servicewright')
      .update('guidelines.runFunctions', value, vscode.ConfigurationTarget.Global);
  const tells = (wanted: RegExp): Promise<string> =>
    eventually(
      () => found(description),
      (now) => assert.match(now, wanted),
    );

  before(async () => {
    const [root] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(root);
    assert.ok(vscode.workspace.isTrusted);
    folder = vscode.Uri.joinPath(root.uri, 'run-functions');
    description = vscode.Uri.joinPath(folder, 'openapi.yaml');
    await put('functions/title.js', "export default () => [{ message: 'first' }];");
    await put(
      '.spectral.yaml',
      "functions: [title]\nrules: { x-title: { given: '$.info', then: { field: title, function: title } } }\n",
    );
    await put('openapi.yaml', spec);
  });
  after(async () => {
    await set(undefined);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });

  it('run when a person says so, follow their files, and stop when he takes it back', async () => {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(description));
    await tells(/^1:1 .*is JavaScript, which is not run here.*servicewright\.guidelines\.runFunctions/);
    await set(true);
    await tells(/^2:9 x-title: first$/);
    await put('functions/title.js', "export default () => [{ message: 'second' }];");
    await tells(/^2:9 x-title: second$/);
    await set(undefined);
    await tells(/^1:1 .*is JavaScript, which is not run here/);
  });
});
