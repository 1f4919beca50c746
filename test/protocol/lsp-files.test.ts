import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { DidChangeWorkspaceFoldersNotification } from 'vscode-languageserver-protocol';
import { Server, pulling, pushed } from './lsp-client';

const files: Readonly<Record<string, string>> = {
  'api/openapi.yaml': `openapi: 3.1.0
info: { title: Shop, version: 1.0.0, description: Sells., contact: { name: Shop team } }
tags: [{ name: orders, description: Orders. }]
paths:
  /orders: { $ref: ./paths/orders.yaml }
components:
  schemas:
    Order: { $ref: schemas.json#/Order }
`,
  'api/paths/orders.yaml': `get:
  operationId: listOrders
  summary: List orders
  tags: [odrers]
  responses:
    '200':
      description: The orders
      content:
        application/json:
          schema: { $ref: ../openapi.yaml#/components/schemas/Order }
`,
  'api/schemas.json': '{ "Order": { "type": "objct" }, "Alone": { "type": "objct" } }',
  'secret.yaml': 'Order: { type: object }',
};

const running = new Set<Server>();

async function started(
  capabilities = pulling,
  folders: readonly string[] = [],
  options?: unknown,
): Promise<Server> {
  const server = new Server();
  running.add(server);
  await server.initialize(capabilities, options, folders);
  return server;
}

afterEach(async () => {
  for (const server of running) if (server.process.exitCode === null) await server.stop();
  running.clear();
});

const brief = (diagnostics: readonly Diagnostic[]): readonly string[] =>
  diagnostics.map((one) => `${one.range.start.line}:${one.range.start.character} ${String(one.code)}`);

const textOf = ({ message }: Diagnostic): string => (typeof message === 'string' ? message : message.value);

describe('a description in several files', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'servicewright files '));
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
  });
  after(() => rm(folder, { recursive: true, force: true }));
  const uri = (path: string): string => pathToFileURL(join(folder, path)).href;
  const text = (path: string): string => files[path] ?? '';

  test('is checked where each part is written, with what is open or saved', async () => {
    const server = await started(pulling, [uri('api')]);
    await server.open(uri('api/openapi.yaml'), text('api/openapi.yaml'));
    assert.deepEqual(brief(await server.diagnostics(uri('api/openapi.yaml'))), []);
    await server.open(uri('api/paths/orders.yaml'), text('api/paths/orders.yaml'));
    assert.deepEqual(brief(await server.diagnostics(uri('api/paths/orders.yaml'))), ['3:9 tags-defined']);
    await server.open(uri('api/schemas.json'), text('api/schemas.json'), 'json');
    assert.deepEqual(brief(await server.diagnostics(uri('api/schemas.json'))), ['0:21 field-value']);
  });

  test('has its other files checked again when one changes, in the editor and on disk', async () => {
    const server = await started(pushed, [uri('api')]);
    await server.open(uri('api/openapi.yaml'), text('api/openapi.yaml'));
    await server.open(uri('api/paths/orders.yaml'), text('api/paths/orders.yaml'));
    const rules = (path: string, wanted: readonly string[]): Promise<unknown> =>
      server.until(() => server.latest(uri(path), (one) => brief(one.diagnostics).join() === wanted.join()));
    await rules('api/paths/orders.yaml', ['3:9 tags-defined']);
    await server.edit(uri('api/openapi.yaml'), '{ name: orders,', '{ name: odrers,');
    await rules('api/paths/orders.yaml', []);
    await server.edit(uri('api/openapi.yaml'), 'schemas.json#/Order', 'schemas.json#/Ordre');
    await rules('api/openapi.yaml', ['7:19 unresolved-ref']);
    await server.open(uri('api/schemas.json'), text('api/schemas.json'), 'json');
    await server.edit(uri('api/schemas.json'), '"Order"', '"Ordre"');
    await rules('api/openapi.yaml', []);
    await rules('api/schemas.json', ['0:21 field-value']);
    await server.close(uri('api/schemas.json'));
    await rules('api/openapi.yaml', ['7:19 unresolved-ref']);
    await writeFile(join(folder, 'api/schemas.json'), '{ "Ordre": { "type": "object" } }');
    await server.changed(uri('api/schemas.json'));
    await rules('api/openapi.yaml', []);
    await writeFile(join(folder, 'api/schemas.json'), text('api/schemas.json'));
  });

  test('says what is missing, and what it does not follow', async () => {
    const server = await started(pulling, [uri('api')]);
    const path = 'api/other.yaml';
    await symlink('../secret.yaml', join(folder, 'api/out.yaml'));
    await server.open(
      uri(path),
      `openapi: 3.1.0
info: { title: Shop, version: 1.0.0, description: Sells., contact: { name: Shop team } }
paths: {}
components:
  schemas:
    A: { $ref: gone.yaml }
    B: { $ref: ../secret.yaml#/Order }
    C: { $ref: 'https://example.com/schemas.yaml' }
    D: { $ref: schemas.json#/Alon }
    E: { $ref: paths }
    F: { $ref: out.yaml }
`,
    );
    const found = await server.diagnostics(uri(path));
    assert.deepEqual(brief(found), [
      '5:15 unresolved-ref',
      '6:15 unfollowed-ref',
      '7:15 unfollowed-ref',
      '8:15 unresolved-ref',
      '9:15 unresolved-ref',
      '10:15 unfollowed-ref',
    ]);
    const messages = found.map(textOf);
    assert.match(messages[0] ?? '', /no file `gone\.yaml`/);
    assert.match(messages[1] ?? '', /out of the workspace folder/);
    assert.match(messages[2] ?? '', /leads to a URL/);
    assert.match(messages[5] ?? '', /is a symbolic link out of the workspace folder, to `.*secret\.yaml`/);
    assert.match(messages[3] ?? '', /`schemas\.json` has no `Alon`\. Did you mean `Alone`/);
  });

  test('is followed into a folder that is added to the workspace', async () => {
    const server = await started(pulling, [uri('api')]);
    const path = 'api/more.yaml';
    await server.open(
      uri(path),
      `${text('api/openapi.yaml').split('components')[0]}components:\n  schemas:\n    B: { $ref: ../secret.yaml#/Order }\n`,
    );
    assert.deepEqual(brief(await server.diagnostics(uri(path))), ['7:15 unfollowed-ref']);
    await server.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
      event: {
        added: [{ uri: pathToFileURL(folder).href, name: 'all' }],
        removed: [{ uri: uri('api'), name: 'api' }],
      },
    });
    // Now all is known that could use it.
    assert.deepEqual(brief(await server.diagnostics(uri(path))), ['7:4 unused-component']);
  });

  test('is found for a part that is opened alone, when the client finds files', async () => {
    const server = await started(pushed, [uri('api')], { findsFiles: true });
    server.found = Object.keys(files).map(uri);
    await server.open(uri('api/paths/orders.yaml'), text('api/paths/orders.yaml'));
    await server.until(() =>
      server.latest(
        uri('api/paths/orders.yaml'),
        (one) => brief(one.diagnostics).join() === '3:9 tags-defined',
      ),
    );
  });

  test('of a file system of the client is read through it', async () => {
    const server = await started(pulling, ['vscode-vfs://github/w'], { readsFiles: true });
    for (const [path, content] of Object.entries(files))
      server.files.set(`vscode-vfs://github/w/${path}`, content);
    const main = 'vscode-vfs://github/w/api/openapi.yaml';
    await server.open(main, text('api/openapi.yaml').replace('#/Order', '#/Oder'));
    const [found] = await server.diagnostics(main);
    assert.match(
      found === undefined ? '' : textOf(found),
      /`schemas\.json` has no `Oder`\. Did you mean `Order`/,
    );
  });
});
