import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { WorkspaceEdit } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { isObject } from '../../src/base/json';
import { cli } from '../helpers/cli';
import { Server, pulling } from './lsp-client';

const spec = `openapi: 3.1.0
info: { title: Orders, version: 1.0.0, description: Takes orders., contact: { name: Shop team } }
paths:
  /orderItems: {}
`;
const json = `{"openapi": "3.1.0", "info": {"title": "a", "version": "1", "description": "b", "contact": {"name": "c"}},
"paths": {"/orderItems": {}}}
`;
const virtual = 'vscode-vfs://github/shop/orders';

describe('the language server and configurations', () => {
  let server: Server;
  let dir = '';
  const uri = (path: string): string => pathToFileURL(join(dir, path)).href;
  const put = (path: string, text: string): Promise<void> => writeFile(join(dir, path), text);
  const codes = async (of: string): Promise<readonly string[]> =>
    (await server.diagnostics(of)).map(({ severity, code }) => `${severity} ${code}`);

  beforeEach(async () => {
    server = new Server();
    dir = await mkdtemp(join(tmpdir(), 'servicewright-lsp-'));
    await mkdir(join(dir, '.servicewright'));
    await server.initialize(pulling, { readsFiles: true, disableCommand: 'x.disable' });
  });
  afterEach(async () => {
    assert.equal(await server.stop(), 0);
    await rm(dir, { recursive: true, force: true });
  });

  test('the nearest file holds, a change of it is heeded, and the command line finds the same', async () => {
    await put('.servicewright/guidelines.yaml', 'extends: []\nrules: { path-kebab-case: error }\n');
    await put('openapi.yaml', spec);
    await server.open(uri('openapi.yaml'), spec);
    assert.deepEqual(await codes(uri('openapi.yaml')), ['1 path-kebab-case']);
    const { stdout } = await cli(['lint', 'openapi.yaml'], { cwd: dir });
    assert.match(stdout, /^openapi\.yaml:4:4: error: .*\(path-kebab-case\)\n1 file: 1 error\n$/);
    await put('.servicewright/guidelines.yaml', 'extends: []\nrules: { path-kebab-case: hint }\n');
    await server.changed(uri('.servicewright/guidelines.yaml'));
    await server.until(() => (server.refreshes > 0 ? true : undefined));
    assert.deepEqual(await codes(uri('openapi.yaml')), ['4 path-kebab-case']);
    await put('.servicewright/guidelines.yaml', 'extends: []\nrule: {}\n');
    await server.changed(uri('.servicewright/guidelines.yaml'));
    assert.deepEqual(await codes(uri('openapi.yaml')), ['1 configuration']);
  });

  test('a change of another file changes nothing', async () => {
    await server.open(uri('openapi.yaml'), spec);
    await codes(uri('openapi.yaml'));
    await server.changed(uri('compose.yaml'));
    await codes(uri('openapi.yaml'));
    assert.equal(server.refreshes, 0);
  });

  test('the preset of the settings holds where there is no file', async () => {
    await server.configure({ preset: 'owasp' });
    await server.open(uri('openapi.yaml'), spec);
    assert.deepEqual(await codes(uri('openapi.yaml')), []);
  });

  test('in a virtual workspace files are read through the client', async () => {
    server.files.set(`${virtual}/.servicewright/guidelines.yaml`, 'extends: [./team.yaml]\n');
    server.files.set(
      `${virtual}/.servicewright/team.yaml`,
      'extends: []\nrules: { path-kebab-case: info }\n',
    );
    await server.open(`${virtual}/api/openapi.yaml`, spec);
    assert.deepEqual(await codes(`${virtual}/api/openapi.yaml`), ['3 path-kebab-case']);
    const text = await server.ask<string>('servicewright/effective', { uri: `${virtual}/api/openapi.yaml` });
    const effective: unknown = JSON.parse(text);
    assert.ok(isObject(effective) && isObject(effective['rules']));
    assert.equal(effective['rules']['path-kebab-case'], 'info');
    server.files.set(
      `${virtual}/.servicewright/team.yaml`,
      'extends: []\nrules: { path-kebab-case: error }\n',
    );
    await server.changed(`${virtual}/.servicewright/team.yaml`);
    assert.deepEqual(await codes(`${virtual}/api/openapi.yaml`), ['1 path-kebab-case']);
  });

  test('a configuration has its own diagnostics, as it stands in the editor', async () => {
    const config = uri('.servicewright/guidelines.yaml');
    await server.open(config, 'rules:\n  path-kebap-case: error\n');
    const [first] = await server.diagnostics(config);
    assert.match(JSON.stringify(first?.message), /perhaps `path-kebab-case` is meant/);
    assert.equal(server.document(config).getText(first?.range), 'path-kebap-case');
    await server.edit(config, 'kebap', 'kebab');
    assert.deepEqual(await server.diagnostics(config), []);
    const position = { line: 1, character: 'rules:\n  path-kebab-case: '.length - 'rules:\n'.length };
    const found = await server.ask<readonly { readonly label: string }[]>('textDocument/completion', {
      textDocument: { uri: config },
      position,
    });
    assert.ok(found.some(({ label }) => label === 'hint'));
  });

  describe('disable with a reason', () => {
    const disable = async (of: string, reason: string): Promise<WorkspaceEdit | null> => {
      const [found] = await server.diagnostics(of);
      assert.ok(found);
      const actions = await server.actions(of, found.range);
      const action = actions.find((one) => one.title === 'Disable path-kebab-case here, with a reason');
      const [silencing]: unknown[] = action?.command?.arguments ?? [];
      assert.ok(isObject(silencing), actions.map((one) => one.title).join());
      return server.ask('servicewright/disable', { ...silencing, reason });
    };

    test('a comment above the line', async () => {
      const of = uri('openapi.yaml');
      await server.open(of, spec);
      const edit = await disable(of, 'Old clients\ncall it.');
      const [change] = edit?.changes?.[of] ?? [];
      assert.ok(change);
      const after = TextDocument.applyEdits(server.document(of), [change]);
      assert.match(
        after,
        /\n {2}# servicewright-disable-next-line path-kebab-case -- Old clients call it\.\n {2}\/o/,
      );
      await server.edit(of, server.document(of).getText(), after);
      assert.deepEqual(await codes(of), []);
    });

    test('in JSON an entry of the ignore file', async () => {
      const of = uri('openapi.json');
      await server.open(of, json, 'json');
      const edit = await disable(of, 'Old clients.');
      assert.match(JSON.stringify(edit?.documentChanges), /"kind":"create".*guidelines-ignore\.yaml/);
      const last = edit?.documentChanges?.at(-1);
      assert.ok(last !== undefined && 'edits' in last);
      const [written] = last.edits;
      assert.ok(written !== undefined && 'newText' in written);
      await put('.servicewright/guidelines-ignore.yaml', written.newText);
      await server.changed(uri('.servicewright/guidelines-ignore.yaml'));
      assert.deepEqual(await codes(of), []);
    });
  });
});
