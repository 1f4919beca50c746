import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, afterEach, beforeEach, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { DefinitionRequest, DocumentLinkRequest, RenameRequest } from 'vscode-languageserver-protocol';
import { cli } from '../helpers/cli';
import { WebServer } from '../helpers/web-server';
import { Server, pulling, pushed } from './lsp-client';

const description = (url: string): string => `openapi: 3.1.0
info: { title: Shop, version: 1.0.0, description: Sells., contact: { name: Shop team } }
paths: {}
components:
  schemas:
    Problem:
      $ref: '${url}common/problem.yaml#/Problem'
    Broken:
      $ref: '${url}common/problem.yaml#/Problme'
    Gone:
      $ref: '${url}common/gone.yaml'
    Other:
      $ref: '${url}other.yaml'
`;

/** \`common/problem.yaml\`: a part that leads on, and that holds something wrong which is not ours to mend. */
const problem = `Problem:
  type: object
  properties:
    cause: { $ref: ./cause.yaml }
    wrong: { type: objct }
`;

describe('references to the web', () => {
  const servers: WebServer[] = [];
  const editors: Server[] = [];
  const folders: string[] = [];
  let web = new WebServer();
  let dir = '';
  beforeEach(async () => {
    web = new WebServer();
    servers.push(web);
    await web.start();
    web.pages.set('/common/problem.yaml', problem);
    web.pages.set('/common/cause.yaml', 'type: string\n');
    web.pages.set('/other.yaml', 'type: string\n');
    dir = await mkdtemp(join(tmpdir(), 'servicewright-web-refs-'));
    folders.push(dir);
    await write('openapi.yaml', description(web.url));
  });
  afterEach(async () => {
    for (const one of editors.splice(0)) if (one.process.exitCode === null) await one.stop();
  });
  after(async () => {
    for (const one of servers) await one.stop();
    for (const one of folders) await rm(one, { recursive: true, force: true });
  });

  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  };
  const allow = (more = ''): Promise<void> =>
    write('.servicewright/guidelines.yaml', `refs:\n  urls: ['${web.url}common/']\n${more}`);
  const uri = (path: string): string => pathToFileURL(join(dir, path)).href;
  const lines = (diagnostics: readonly Diagnostic[]): readonly string[] =>
    diagnostics.map((one) => `${one.range.start.line + 1} ${String(one.code)}`);
  const followed = ['9 unresolved-ref', '11 unfollowed-ref', '13 unfollowed-ref'];
  const untouched = ['7 unfollowed-ref', '9 unfollowed-ref', '11 unfollowed-ref', '13 unfollowed-ref'];

  const lint = async (...args: readonly string[]): Promise<readonly string[]> => {
    const { stdout } = await cli(['lint', 'openapi.yaml', ...args], { cwd: dir });
    return stdout.trimEnd().split('\n').slice(0, -1);
  };

  test('are not followed unless a configuration lists where they lead', async () => {
    const found = await lint();
    assert.equal(found.length, 4);
    for (const one of found) assert.match(one, /leads to a URL.*list its https address under `refs\.urls`/);
    assert.deepEqual(web.asked, []);
  });

  test('are followed by the command line where they are listed, and from there on', async () => {
    await allow();
    const found = await lint();
    assert.equal(found.length, 3, found.join('\n'));
    assert.match(
      found[0] ?? '',
      /^openapi\.yaml:9:13: error: .*problem\.yaml` has no `Problme`\. Did you mean `Problem`/,
    );
    assert.match(
      found[1] ?? '',
      /^openapi\.yaml:11:13: info: .*since what it leads to answers 404\. \(unfollowed-ref\)/,
    );
    assert.match(found[2] ?? '', /^openapi\.yaml:13:13: info: .*below none of those in `refs\.urls`/);
    assert.deepEqual(web.asked.map(({ path }) => path).toSorted(), [
      '/common/cause.yaml',
      '/common/gone.yaml',
      '/common/problem.yaml',
    ]);
    for (const { headers } of web.asked) assert.ok(!('cookie' in headers || 'authorization' in headers));
  });

  test('are left alone with --offline, and where the configuration is not the one that holds', async () => {
    await allow();
    for (const one of await lint('--offline')) assert.match(one, /nothing is fetched with `--offline`/);
    for (const one of await lint('--preset', 'recommended')) assert.match(one, /leads to a URL/);
    assert.deepEqual(web.asked, []);
  });

  test('are told of in the configuration when they are not addresses', async () => {
    await write(
      '.servicewright/guidelines.yaml',
      "refs:\n  urls: ['*.example.com', 'https://me@x.org/']\n  hosts: []\n",
    );
    const { code, stderr } = await cli(['lint', 'openapi.yaml'], { cwd: dir });
    assert.equal(code, 2);
    assert.match(stderr, /guidelines\.yaml:2:.*`\*\.example\.com` is no address/);
    assert.match(stderr, /credentials are never sent/);
    assert.match(stderr, /key `hosts` is not known here/);
  });

  const opened = async (capabilities = pulling, isTrusted = true): Promise<Server> => {
    const server = new Server();
    editors.push(server);
    await server.initialize(capabilities, { isTrusted }, [uri('.')]);
    await server.open(uri('openapi.yaml'), description(web.url));
    return server;
  };

  test('are followed in the editor while nobody waits for them', async () => {
    await allow();
    const answers: (() => void)[] = [];
    web.pages.set('/common/problem.yaml', (reply) => void answers.push(() => reply.end(problem)));
    web.pages.set('/common/gone.yaml', (reply) => void answers.push(() => reply.writeHead(404).end()));
    const server = await opened();
    // What is not here yet is told of neither as missing nor as found.
    assert.deepEqual(lines(await server.diagnostics(uri('openapi.yaml'))), ['13 unfollowed-ref']);
    await web.askedFor('/common/problem.yaml');
    await web.askedFor('/common/gone.yaml');
    for (const answer of answers) answer();
    await web.askedFor('/common/cause.yaml');
    await server.until(() => (server.refreshes > 0 ? true : undefined));
    assert.deepEqual(lines(await server.diagnostics(uri('openapi.yaml'))), followed);
  });

  test('lead to a browser, and are not renamed', async () => {
    await allow();
    const server = await opened(pushed);
    const document = { textDocument: { uri: uri('openapi.yaml') } };
    await server.until(() =>
      server.latest(uri('openapi.yaml'), (one) => lines(one.diagnostics).join() === followed.join()),
    );
    const links = await server.connection.sendRequest(DocumentLinkRequest.type, document);
    assert.deepEqual(
      links?.map(({ target }) => target),
      [`${web.url}common/problem.yaml`, `${web.url}common/problem.yaml`],
    );
    const at = { ...document, position: { line: 6, character: 60 } };
    assert.deepEqual(await server.connection.sendRequest(DefinitionRequest.type, at), []);
    await assert.rejects(
      server.connection.sendRequest(RenameRequest.type, { ...at, newName: 'Fault' }),
      /`Problem` is defined at http:.*, where nothing can be written from here/,
    );
  });

  test('are followed in no workspace that is not trusted, and at once when it is', async () => {
    await allow();
    const server = await opened(pushed, false);
    const latest = (wanted: readonly string[]): Promise<{ diagnostics: Diagnostic[] }> =>
      server.until(() =>
        server.latest(uri('openapi.yaml'), (one) => lines(one.diagnostics).join() === wanted.join()),
      );
    const { diagnostics } = await latest(untouched);
    for (const { message } of diagnostics)
      assert.match(JSON.stringify(message), /this workspace is not trusted/);
    // No setting turns it on.
    await server.configure({ refs: { urls: [web.url] }, runFunctions: true });
    await latest(untouched);
    assert.deepEqual(web.asked, []);
    await server.connection.sendNotification('servicewright/trust', { isTrusted: true });
    await latest(followed);
  });

  test('are looked at again when the configuration is saved', async () => {
    const server = await opened(pushed);
    const latest = (wanted: readonly string[]): Promise<unknown> =>
      server.until(() =>
        server.latest(uri('openapi.yaml'), (one) => lines(one.diagnostics).join() === wanted.join()),
      );
    await latest(untouched);
    await allow();
    await server.changed(uri('.servicewright/guidelines.yaml'));
    await latest(followed);
    // What was missing may be there by now: a save is a moment to look again.
    web.pages.set('/common/gone.yaml', 'type: string\n');
    await server.save(uri('openapi.yaml'));
    await latest(followed.filter((one) => !one.startsWith('11')));
  });
});
