import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { writeRecord } from '../../src/scaffold/record';
import { makeRepository, serveRepositories, tinyTemplate } from '../helpers/git-repository';
import { clashing, writeOldService } from '../helpers/old-service';
import { eventually } from './helpers';

const deadlineMs = 20_000;

interface Checked {
  readonly dir: string;
  readonly version: string;
  readonly newest: string | undefined;
  readonly isBehind: boolean;
}

interface Updated {
  readonly dir: string;
  readonly from: string;
  readonly to: string;
  readonly files: readonly { readonly path: string; readonly kind: string }[];
}

const update = (args: unknown): Thenable<Updated | undefined> =>
  vscode.commands.executeCommand<Updated | undefined>('servicewright.services.update', args);

/** Waits for a tab; editors open some time after their command is done. */
async function tabWith(isIt: (tab: vscode.Tab) => boolean): Promise<vscode.Tab> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const found = tabs.find(isIt);
    if (found) return found;
    if (Date.now() > end) throw new Error(`no such tab among ${tabs.map((tab) => tab.label).join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('Update from Template', () => {
  let dir = '';
  let versions: Awaited<ReturnType<typeof writeOldService>>;
  const read = (path: string): string => readFileSync(join(dir, path), 'utf8');

  before(() => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    const extension = vscode.extensions.getExtension('servicewright.servicewright');
    assert.ok(folder !== undefined && extension);
    dir = join(folder, 'update-fixture');
  });
  beforeEach(async () => {
    const extension = vscode.extensions.getExtension('servicewright.servicewright');
    assert.ok(extension);
    rmSync(dir, { recursive: true, force: true });
    versions = await writeOldService(dir, join(extension.extensionPath, 'templates'));
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  after(() => rmSync(dir, { recursive: true, force: true }));

  it('updates an untouched service without asking, and then finds nothing to do', async () => {
    const done = await update({ dir, yes: true });
    assert.ok(done);
    assert.equal(done.from, '1.0.0');
    assert.equal(done.to, versions.present.version);
    for (const { path, kind } of done.files)
      assert.equal(existsSync(join(dir, path)), kind !== 'delete', path);
    assert.match(read('servicewright.yaml'), new RegExp(`version: ${versions.present.version}`));
    const again = await update({ dir, yes: true });
    assert.ok(again?.files.every(({ kind }) => kind === 'same' || kind === 'keep'));
  });

  it('is told a service of the view or a folder, and goes to a version or other answers', async () => {
    const back = await update({ dir: vscode.Uri.file(dir), yes: true });
    assert.equal(back?.to, versions.present.version);
    const down = await update({ dir, to: '1.0.0', yes: true });
    assert.equal(down?.to, '1.0.0');
  });

  it('compares a file with what the template gave', async () => {
    writeFileSync(join(dir, 'Makefile'), clashing('Makefile', versions));
    await vscode.commands.executeCommand('servicewright.services.compare', { dir, path: 'Makefile' });
    const tab = await tabWith((one) => one.label.includes('Makefile'));
    assert.ok(tab.input instanceof vscode.TabInputTextDiff);
    assert.equal(tab.input.modified.fsPath, join(dir, 'Makefile'));
    const given = await vscode.workspace.openTextDocument(tab.input.original);
    assert.equal(
      given.getText(),
      Buffer.from(versions.old.files.get('Makefile')?.bytes ?? []).toString('utf8'),
    );
  });

  it('says what is wrong and changes nothing where there is nothing to update', async () => {
    writeFileSync(join(dir, 'servicewright.yaml'), 'name: orders\n');
    assert.equal(await update({ dir, yes: true }), undefined);
    assert.equal(read('servicewright.yaml'), 'name: orders\n');
    assert.equal(await update({ dir: join(dir, 'nowhere'), yes: true }), undefined);
  });

  it('says who is behind a template in git once it was asked, and asks what a new version asks', async () => {
    const home = mkdtempSync(join(tmpdir(), 'tiny-'));
    const server = await serveRepositories(home);
    const repository = makeRepository(join(home, 'tiny'));
    const commit = repository.commit(tinyTemplate('tiny'));
    rmSync(dir, { recursive: true, force: true });
    mkdirSync(dir);
    // A service may not say that a repository of this machine is to be read; one that is served it may.
    const source = `${server.source}/tiny#main`;
    const answers = { name: 'orders' };
    const record = { id: 'tiny', version: '1.0.0', source, commit, answers, files: {} };
    writeFileSync(join(dir, 'servicewright.yaml'), writeRecord('name: orders\n', record));
    const { 'template.yaml': manifest = '', ...others } = tinyTemplate('tiny', '1.1.0');
    repository.commit({
      ...others,
      'template.yaml': `${manifest}  - { key: paas, type: choice, title: Platform, prompt: What runs it., choices: [heroku, none] }\n`,
      'files/Procfile.hbs': 'web: {{paas}}\n',
    });
    const check = (): Thenable<readonly Checked[] | undefined> =>
      vscode.commands.executeCommand('servicewright.services.checkUpdates');
    const own = (all: readonly Checked[] | undefined): Checked | undefined =>
      all?.find((one) => one.dir === dir);
    const checked = await eventually(check, (all) => assert.ok(own(all)));
    assert.deepEqual(own(checked), { dir, version: '1.0.0', newest: '1.1.0', isBehind: true });
    let isDone = false;
    const done = Promise.resolve(update({ dir })).finally(() => (isDone = true));
    // The question has nothing chosen at first; what the update would do has.
    while (!isDone) {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      await Promise.race([done, new Promise((resolve) => setTimeout(resolve, 300))]);
      if (!isDone) await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
    }
    assert.equal((await done)?.to, '1.1.0');
    assert.equal(read('Procfile'), 'web: heroku\n');
    assert.equal(own(await check())?.isBehind, false);
    await server.close();
    rmSync(home, { recursive: true, force: true });
  });

  // The last one: a merge editor writes into its file for some time after it was closed.
  it('keeps edits, leaves deleted files deleted, and opens the merge editor for what clashes', async () => {
    writeFileSync(join(dir, 'Makefile'), clashing('Makefile', versions));
    rmSync(join(dir, '.editorconfig'));
    const done = await update({ dir, yes: true });
    assert.ok(done);
    const kinds = Object.fromEntries(done.files.map(({ path, kind }) => [path, kind]));
    assert.deepEqual([kinds['Makefile'], kinds['.editorconfig']], ['conflict', 'keep']);
    assert.match(read('Makefile'), /^<<<<<<< yours$[\s\S]* # mine$[\s\S]*^>>>>>>> template /m);
    assert.ok(!existsSync(join(dir, '.editorconfig')));
    // The merge editor is no input that extensions know; its tab says what is merged.
    const tab = await tabWith((one) => one.label.includes('Makefile'));
    assert.match(tab.label, /Merging/);
  });
});
