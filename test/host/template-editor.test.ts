import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';

const good = 'id: tiny\nversion: 1.0.0\ntitle: Tiny\ndescription: Small.\n';
const bad = `${good}inputs:\n  - key: name\n    title: Name\n    prompt: A name.\n    whn: x\n`;

/** What is reported about a file, once something is or nothing is, as is waited for. */
async function faults(uri: vscode.Uri, wanted: boolean): Promise<readonly vscode.Diagnostic[]> {
  const now = (): readonly vscode.Diagnostic[] =>
    vscode.languages.getDiagnostics(uri).filter((one) => one.source === 'Servicewright');
  const deadline = Date.now() + 20_000;
  while (now().length > 0 !== wanted && Date.now() < deadline)
    await new Promise<void>((resolve) => {
      const listener = vscode.languages.onDidChangeDiagnostics(() => done());
      const timer = setTimeout(() => done(), 1000);
      const done = (): void => {
        listener.dispose();
        clearTimeout(timer);
        resolve();
      };
    });
  return now();
}

describe('template.yaml in the editor', () => {
  let root = '';
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'template-'));
    mkdirSync(join(root, 'tiny', 'files'), { recursive: true });
    mkdirSync(join(root, 'other'));
    writeFileSync(join(root, 'tiny', 'template.yaml'), bad);
    writeFileSync(join(root, 'other', 'template.yaml'), 'Resources: {}\n');
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(root, { recursive: true, force: true });
  });

  it('tells what is wrong at its line until it is right', async () => {
    const document = await vscode.workspace.openTextDocument(join(root, 'tiny', 'template.yaml'));
    await vscode.window.showTextDocument(document);
    const [fault] = await faults(document.uri, true);
    assert.equal(fault?.range.start.line, 8);
    assert.equal(fault.range.start.character, 4);
    assert.match(fault.message, /^The key whn is not known; perhaps when is meant\.$/);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, document.lineAt(8).range, '');
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.deepEqual(await faults(document.uri, false), []);
  });

  it('completes keys and words', async () => {
    const uri = vscode.Uri.file(join(root, 'tiny', 'template.yaml'));
    const document = await vscode.workspace.openTextDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, document.lineAt(document.lineCount - 1).range.end, '    type: \n    ');
    assert.ok(await vscode.workspace.applyEdit(edit));
    const labelsAt = async (line: number): Promise<readonly string[]> => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        uri,
        document.lineAt(line).range.end,
      );
      return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    };
    const last = document.lineCount - 1;
    assert.ok((await labelsAt(last - 1)).includes('multi-choice'));
    const keys = await labelsAt(last);
    assert.ok(keys.includes('placeholder') && !keys.includes('prompt'), keys.join());
  });

  it("leaves other tools' files of that name alone", async () => {
    const other = await vscode.workspace.openTextDocument(join(root, 'other', 'template.yaml'));
    await vscode.window.showTextDocument(other);
    mkdirSync(join(root, 'second', 'files'), { recursive: true });
    writeFileSync(join(root, 'second', 'template.yaml'), bad);
    const second = await vscode.workspace.openTextDocument(join(root, 'second', 'template.yaml'));
    assert.equal((await faults(second.uri, true)).length, 1, 'one that was opened later is read by now');
    assert.deepEqual(await faults(other.uri, false), []);
  });
});
