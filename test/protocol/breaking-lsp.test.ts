import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { PublishDiagnosticsParams } from 'vscode-languageserver-protocol';
import type { Repository } from '../helpers/git-repository';
import { makeRepository } from '../helpers/git-repository';
import { Server, pulling, pushed } from './lsp-client';

const text = `openapi: 3.1.0
info: { title: Orders, version: 1.0.0, description: Takes orders., contact: { name: Shop team } }
paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      parameters:
        - { name: limit, in: query, schema: { type: integer, maximum: 100 } }
      responses:
        '200': { description: The orders }
        default: { description: Failed }
`;
const narrowed = text.replace('maximum: 100', 'maximum: 50');

describe('breaking changes in the language server', () => {
  let dir = '';
  let uri = '';
  let repository: Repository;
  let server: Server;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'servicewright-breaking-lsp-'));
    repository = makeRepository(dir);
    repository.commit({ 'openapi.yaml': text });
    uri = pathToFileURL(join(dir, 'openapi.yaml')).href;
    server = new Server();
  });
  afterEach(async () => {
    await server.stop();
    rmSync(dir, { recursive: true });
  });

  const rules = (params: PublishDiagnosticsParams | undefined): string =>
    (params?.diagnostics ?? []).map((one) => String(one.code)).join();

  test('they come when nobody types, stay at their place while somebody does, and go when mended', async () => {
    await server.initialize(pushed, { mayRunGit: true });
    await server.open(uri, narrowed);
    const found = await server.until(() =>
      server.latest(uri, (one) => rules(one) === 'breaking-request-bounds'),
    );
    const [diagnostic] = found.diagnostics;
    assert.ok(diagnostic);
    assert.equal(server.document(uri).getText(diagnostic.range), '50');
    const hover = await server.hover(uri, diagnostic.range.start);
    assert.match(JSON.stringify(hover), /In main at [0-9a-f]{7}\*\*, line 9:[^]*maximum: 100/);

    await server.edit(uri, 'openapi: 3.1.0\n', 'openapi: 3.1.0\n\n\n');
    const moved = await server.published(uri, 2);
    assert.equal(rules(moved), 'breaking-request-bounds');
    assert.equal(moved.diagnostics[0]?.range.start.line, diagnostic.range.start.line + 2);

    await server.edit(uri, 'maximum: 50', 'maximum: 500');
    await server.until(() => server.latest(uri, (one) => one.version === 3 && rules(one) === ''));
  });

  test('git is not run before the workspace is trusted', async () => {
    await server.initialize(pushed, { mayRunGit: false });
    await server.open(uri, narrowed);
    assert.equal(rules(await server.published(uri, 1)), '');
    await server.connection.sendNotification('servicewright/bases', { mayRunGit: true });
    await server.until(() => server.latest(uri, (one) => rules(one) === 'breaking-request-bounds'));
  });

  test('what is compared with follows git and the setting', async () => {
    repository.git('checkout', '--quiet', '-b', 'feature');
    writeFileSync(join(dir, 'openapi.yaml'), narrowed);
    repository.git('commit', '--quiet', '--all', '--message', 'narrow');
    await server.initialize(pulling, { mayRunGit: true });
    await server.open(uri, narrowed);
    await server.until(() => (server.refreshes > 0 ? true : undefined));
    assert.deepEqual(
      (await server.diagnostics(uri)).map((one) => one.code),
      ['breaking-request-bounds'],
    );
    const { refreshes } = server;
    await server.configure({ breakingBase: 'HEAD' });
    // The settings themselves refresh once, the comparison once more.
    await server.until(() => (server.refreshes >= refreshes + 2 ? true : undefined));
    assert.deepEqual(await server.diagnostics(uri), []);
    await server.configure({ breakingBase: 'main' });
    await server.until(() => (server.refreshes >= refreshes + 4 ? true : undefined));
    repository.git('checkout', '--quiet', 'main');
    repository.git('merge', '--quiet', 'feature');
    await server.connection.sendNotification('servicewright/bases', { mayRunGit: true });
    await server.until(() => (server.refreshes >= refreshes + 5 ? true : undefined));
    assert.deepEqual(await server.diagnostics(uri), []);
  });

  test('a reference that does not exist is said once, in the log', async () => {
    server.settings = { breakingBase: 'nowhere' };
    await server.initialize(pulling, { mayRunGit: true });
    await server.open(uri, narrowed);
    await server.until(() => server.logged.find((one) => one.includes('git knows no commit "nowhere"')));
  });
});
