import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { makeRepository, tinyTemplate } from '../helpers/git-repository';

interface Checked {
  readonly dir: string;
  readonly combinations: number;
  readonly findings: readonly { readonly path: string; readonly line: number; readonly code: string }[];
}

const check = (target?: unknown): Thenable<Checked | undefined> =>
  vscode.commands.executeCommand<Checked | undefined>('servicewright.scaffold.checkTemplate', target);

describe('Templates from elsewhere', () => {
  let root = '';
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'templates-'));
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  const write = (path: string, text: string, mode = 0o644): vscode.Uri => {
    const at = join(root, path);
    mkdirSync(dirname(at), { recursive: true });
    writeFileSync(at, text, { mode });
    return vscode.Uri.file(at);
  };
  const template = (): vscode.Uri => {
    for (const [path, text] of Object.entries(tinyTemplate('tiny')))
      write(`tiny/${path.replace(/\*$/, '')}`, text, path.endsWith('*') ? 0o755 : 0o644);
    return vscode.Uri.file(join(root, 'tiny', 'template.yaml'));
  };
  const problems = (uri: vscode.Uri) =>
    vscode.languages.getDiagnostics(uri).filter((one) => one.source === 'Servicewright');

  it('shows what is wrong in Problems, at its line, until it is right', async () => {
    const manifest = template();
    const file = write('tiny/files/ci.yml.hbs', 'name: ci\n{{#if name}}\njobs: [\n{{/if}}\n');
    const wrong = await check(manifest);
    assert.ok(wrong && wrong.combinations > 0);
    assert.deepEqual(
      wrong.findings.map(({ path, line, code }) => [path, line, code]),
      [[file.fsPath, 2, 'syntax']],
    );
    const [problem] = problems(file);
    assert.ok(problem);
    assert.equal(problem.range.start.line, 2);
    assert.equal(problem.severity, vscode.DiagnosticSeverity.Error);
    assert.match(problem.message, /no YAML/);
    write('tiny/files/ci.yml.hbs', 'name: ci\n');
    assert.deepEqual((await check(manifest))?.findings, []);
    assert.deepEqual(problems(file), []);
  });

  it('checks the template of the open file as it stands in the editor, saved or not', async () => {
    template();
    const file = write('tiny/files/a.json', '{}\n');
    const editor = await vscode.window.showTextDocument(file);
    await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), 'x\n'));
    const checked = await check();
    assert.equal(checked?.dir, join(root, 'tiny'));
    assert.deepEqual(
      checked.findings.map(({ line, code }) => [line, code]),
      [[1, 'syntax']],
    );
    assert.equal(readFileSync(file.fsPath, 'utf8'), '{}\n', 'nothing was saved');
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    rmSync(file.fsPath);
  });

  it('refuses a template.yaml that is none, without an answer', async () => {
    assert.equal(await check(write('broken/template.yaml', 'id: broken\n')), undefined);
  });

  it('makes a service from a folder, and from nothing that only a person may type', async () => {
    template();
    const dir = join(root, 'orders');
    const make = (source: string): Thenable<unknown> =>
      vscode.commands.executeCommand('servicewright.newMicroservice', { dir, template: source });
    const repository = makeRepository(join(root, 'repository'));
    repository.commit(tinyTemplate('tiny'));
    assert.equal(await make(repository.source), undefined);
    assert.ok(!existsSync(dir));
    assert.ok(await make(join(root, 'tiny')));
    assert.equal(readFileSync(join(dir, 'README.md'), 'utf8'), '# orders\n');
  });
});
