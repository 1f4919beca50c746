import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';

interface Made {
  readonly dir: string;
  readonly files: readonly string[];
}

const make = (args: unknown): Thenable<Made | undefined> =>
  vscode.commands.executeCommand<Made | undefined>('servicewright.newMicroservice', args);

describe('New Microservice', () => {
  let root = '';
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'scaffold-'));
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  it('makes a service from arguments without asking anything', async () => {
    const dir = join(root, 'orders');
    const made = await make({ dir, answers: { owner: 'team-shop' } });
    assert.ok(made);
    assert.equal(made.dir, dir);
    assert.ok(made.files.includes('openapi.yaml') && made.files.length > 40);
    assert.ok(made.files.every((path) => existsSync(join(dir, path))));
    assert.ok(existsSync(join(dir, '.git')));
    assert.match(readFileSync(join(dir, 'servicewright.yaml'), 'utf8'), /^name: orders$/m);
    assert.deepEqual(readdirSync(root), ['orders'], 'and leaves nothing beside it');
    assert.equal(vscode.workspace.getWorkspaceFolder(vscode.Uri.file(dir)), undefined, 'and opens nothing');
  });

  it('keeps exec bits and the bytes of the template', async () => {
    const extension = vscode.extensions.getExtension('servicewright.servicewright');
    assert.ok(extension);
    const templates = join(extension.extensionPath, 'templates');
    const dir = join(root, 'orders');
    for (const [from, path] of [
      ['django-service/files', 'config/views.py'],
      ['shared/django/files', 'manage.py'],
    ] as const)
      assert.deepEqual(readFileSync(join(dir, path)), readFileSync(join(templates, from, path)), path);
    const { mode } = statSync(join(dir, 'manage.py'));
    assert.equal(mode & 0o111, 0o111, 'manage.py is executable, also after the extension was packed');
  });

  it('makes nothing of what can not be used, and says so without an answer', async () => {
    const before = readdirSync(root);
    const owner = { owner: 'x' };
    for (const args of [
      { dir: join(root, 'Bad Name'), answers: owner },
      { dir: join(root, 'import'), answers: owner },
      { dir: join(root, 'shop'), answers: { ...owner, colour: 'red' } },
      { dir: join(root, 'shop') },
      { dir: 'shop', answers: owner },
      { dir: join(root, 'shop'), answers: owner, template: 'nonsense' },
      { dir: join(root, 'shop'), answers: owner, template: '../../../etc' },
    ])
      assert.equal(await make(args), undefined, JSON.stringify(args));
    assert.deepEqual(readdirSync(root), before);
  });

  it('leaves an existing folder as it is', async () => {
    const dir = join(root, 'mine');
    mkdirSync(dir);
    writeFileSync(join(dir, 'Makefile'), 'mine');
    assert.equal(await make({ dir, answers: { owner: 'x' } }), undefined);
    assert.deepEqual(readdirSync(dir), ['Makefile']);
    assert.equal(readFileSync(join(dir, 'Makefile'), 'utf8'), 'mine');
  });

  it('fills what is missing into a folder when it is said what becomes of the rest', async () => {
    const dir = join(root, 'mine');
    const made = await make({ dir, answers: { owner: 'x' }, onConflict: 'keep' });
    assert.equal(made?.dir, dir);
    assert.equal(readFileSync(join(dir, 'Makefile'), 'utf8'), 'mine');
    assert.ok(existsSync(join(dir, 'manage.py')) && !existsSync(join(dir, '.git')));
    const manifest = join(dir, 'servicewright.yaml');
    assert.match(readFileSync(manifest, 'utf8'), /^template:\n {2}id: django-service\n/m);
  });

  it('fills an empty folder and takes a folder with a slash at its end', async () => {
    mkdirSync(join(root, 'empty'));
    const made = await make({ dir: `${join(root, 'empty')}/`, answers: { owner: 'x' } });
    assert.equal(made?.dir, join(root, 'empty'));
  });

  it('gives up in silence when the questions are left', async () => {
    const left = { done: false };
    void make({ answers: { name: 'left' } }).then(() => (left.done = true));
    // Again and again: the first question may come up after the first try.
    const deadline = Date.now() + 20_000;
    while (!left.done && Date.now() < deadline)
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    assert.ok(left.done, 'the question went away');
    assert.ok(!existsSync(join(root, 'left')));
  });
});
