import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { silentLog } from '../../src/base/log';
import { createWorld } from '../../src/main/world';
import { nodeFiles } from '../../src/platform/node/files';
import { eventually } from './helpers';
import { isPageMessage } from '../../src/scaffold/form/protocol';
import { beginForm } from '../../src/scaffold/form/state';
import type { OpenForm } from '../../src/scaffold/host/vscode/form/panel';
import { openPanel } from '../../src/scaffold/host/vscode/form/panel';
import { registerPreview } from '../../src/scaffold/host/vscode/preview';
import { loadTemplates } from '../../src/scaffold/source';

const type = 'servicewright.newMicroservice';

const tabs = (): readonly vscode.Tab[] =>
  vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(type));

/** Waits until the tabs are as wanted; the editor tells of each change. */
async function untilTabs(wanted: (all: readonly vscode.Tab[]) => boolean): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const deadline = setTimeout(() => reject(new Error(`${tabs().length} tabs of the form`)), 20_000);
    const look = (): void => {
      if (!wanted(tabs())) return;
      clearTimeout(deadline);
      listening.dispose();
      resolve();
    };
    const listening = vscode.window.tabGroups.onDidChangeTabs(look);
    look();
  });
}

function extensionUri(): vscode.Uri {
  const extension = vscode.extensions.getExtension('servicewright.servicewright');
  assert.ok(extension);
  return extension.extensionUri;
}

describe('the form of New Microservice', () => {
  let root = '';
  let preview: ReturnType<typeof registerPreview> | undefined;
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'form-'));
  });
  after(async () => {
    await preview?.close();
    preview?.dispose();
    rmSync(root, { recursive: true, force: true });
  });

  /** A form with the real page in a real tab, and our hand where the page's would be. */
  async function open(): Promise<OpenForm & { readonly made: string[] }> {
    const made: string[] = [];
    preview ??= registerPreview();
    const templates = await loadTemplates(join(extensionUri().fsPath, 'templates'), nodeFiles);
    const state = beginForm({ templates, answers: {}, remembered: {}, parents: [root] });
    const form = openPanel(state, {
      extensionUri: extensionUri(),
      world: createWorld(silentLog),
      preview,
      made: async ({ dir }) => void made.push(dir),
    });
    return { ...form, made };
  }

  const say = async ({ session }: OpenForm, ...words: readonly object[]): Promise<void> => {
    for (const [at, word] of words.entries()) await session.take({ ...word, revision: at + 1 });
    await session.settled();
  };

  it('opens one tab, is shown again instead of a second one, and is left in silence', async () => {
    const outcome = vscode.commands.executeCommand<unknown>(type);
    await untilTabs((all) => all.length === 1);
    const [first] = tabs();
    const again = vscode.commands.executeCommand<unknown>(type);
    const other = vscode.commands.executeCommand<unknown>(type, { answers: { name: 'other' } });
    // Untouched, it makes room for one with answers; there is never a second.
    assert.deepEqual(await Promise.all([outcome, again]), [undefined, undefined]);
    await untilTabs((all) => all.length === 1 && all[0] !== first);
    await vscode.window.tabGroups.close(tabs());
    assert.equal(await other, undefined);
    assert.equal(tabs().length, 0);
    assert.deepEqual(readdirSync(root), []);
  });

  it('has a page that may load its script and its style and nothing else, and whose script runs', async () => {
    const form = await open();
    const { webview } = form.panel;
    const ready = new Promise<unknown>((resolve) => webview.onDidReceiveMessage(resolve));
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(webview.html)?.[1] ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    assert.match(nonce, /^[0-9a-f]{32}$/);
    assert.deepEqual(policy.replaceAll(nonce, 'N').split('; '), [
      "default-src 'none'",
      "script-src 'nonce-N'",
      "style-src 'nonce-N'",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    assert.doesNotMatch(webview.html, / on\w+=|javascript:/);
    assert.deepEqual(
      webview.options.localResourceRoots?.map((uri) => uri.path.split('/').at(-1)),
      ['out', 'media'],
    );
    const first = await ready;
    assert.ok(isPageMessage(first) && first.type === 'ready');
    form.panel.dispose();
    await assert.rejects(form.outcome, { name: 'AbortError' });
  });

  it('makes the service of its answers', async () => {
    const form = await open();
    await say(
      form,
      { type: 'run', command: 'x' },
      { type: 'answer', key: 'name', value: 'orders' },
      { type: 'create' },
    );
    assert.ok(!existsSync(join(root, 'orders')), 'not while an answer is missing');
    await say(form, { type: 'answer', key: 'owner', value: 'team-shop' }, { type: 'create' });
    const made = await form.outcome;
    assert.equal(made.dir, join(root, 'orders'));
    assert.deepEqual(form.made, [made.dir]);
    assert.ok(existsSync(join(made.dir, '.git')));
    assert.match(readFileSync(join(made.dir, 'servicewright.yaml'), 'utf8'), /^name: orders$/m);
    form.panel.dispose();
  });

  it('shows a file that differs beside the one that stands there, and keeps it when told so', async () => {
    const dir = join(root, 'mine');
    mkdirSync(dir);
    writeFileSync(join(dir, 'Makefile'), 'mine:\n');
    const form = await open();
    await say(
      form,
      { type: 'answer', key: 'name', value: 'mine' },
      { type: 'answer', key: 'owner', value: 'team-shop' },
    );
    await say(form, { type: 'compare', path: 'Makefile' }, { type: 'create' });
    // The window tells the extension host of its tabs some time after it opened them.
    await eventually(
      () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs),
      (tabs) => {
        const diff = tabs.find(({ input }) => input instanceof vscode.TabInputTextDiff);
        assert.equal(diff?.label, 'Makefile (yours ↔ the template’s)');
      },
    );
    assert.deepEqual(readdirSync(dir), ['Makefile'], 'nothing is written before it is decided');
    await say(form, { type: 'decide', path: 'Makefile', decision: 'keep' }, { type: 'create' });
    assert.deepEqual((await form.outcome).kept, ['Makefile']);
    assert.equal(readFileSync(join(dir, 'Makefile'), 'utf8'), 'mine:\n');
    assert.ok(existsSync(join(dir, 'manage.py')));
    form.panel.dispose();
  });
});
