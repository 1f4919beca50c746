import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { CompletionItem, Location, Position, WorkspaceEdit } from 'vscode-languageserver-protocol';
import {
  CodeActionKind,
  CodeLensRequest,
  CompletionRequest,
  DefinitionRequest,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
} from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Server, pulling } from './lsp-client';

const files: Readonly<Record<string, string>> = {
  'openapi.yaml': `openapi: 3.1.0
info: { title: Shop, version: 1.0.0 }
paths:
  /orders: { $ref: paths/orders.json }
components:
  schemas:
    Order: { type: object, properties: { note: { type: string } } }
`,
  'paths/orders.json': `{
  "get": {
    "operationId": "listOrders",
    "responses": {
      "200": {
        "description": "The orders",
        "content": { "application/json": { "schema": { "$ref": "../openapi.yaml#/components/schemas/Order" } } }
      }
    }
  }
}
`,
  'other.yaml': 'services: { web: { image: x } }\n',
};

const running = new Set<Server>();

afterEach(async () => {
  for (const server of running) if (server.process.exitCode === null) await server.stop();
  running.clear();
});

describe('the language server, of descriptions in several files', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'servicewright-language-'));
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
  });
  after(() => rm(folder, { recursive: true, force: true }));
  const uri = (path: string): string => pathToFileURL(join(folder, path)).href;

  async function opened(...paths: readonly string[]): Promise<Server> {
    const server = new Server();
    running.add(server);
    await server.initialize(pulling, { referencesCommand: 'x.references' }, [pathToFileURL(folder).href]);
    for (const path of paths)
      await server.open(uri(path), files[path] ?? '', path.endsWith('.json') ? 'json' : 'yaml');
    return server;
  }

  /** Inside of the first place of a part. */
  function inside(
    server: Server,
    path: string,
    part: string,
  ): { textDocument: { uri: string }; position: Position } {
    const document = server.document(uri(path));
    const at = document.getText().indexOf(part);
    assert.ok(at >= 0, part);
    return { textDocument: { uri: uri(path) }, position: document.positionAt(at + 1) };
  }

  const shown = (one: Location): string =>
    `${one.uri.slice(pathToFileURL(folder).href.length + 1)}:${one.range.start.line}:${one.range.start.character}`;

  function changed(edit: WorkspaceEdit | null | undefined): Readonly<Record<string, string>> {
    return Object.fromEntries(
      Object.entries(edit?.changes ?? {}).map(([at, edits]) => {
        const path = at.slice(pathToFileURL(folder).href.length + 1);
        return [path, TextDocument.applyEdits(TextDocument.create(at, 'yaml', 1, files[path] ?? ''), edits)];
      }),
    );
  }

  test('finds definitions and references, in files that are open and others', async () => {
    const server = await opened('openapi.yaml');
    const definition = await server.connection.sendRequest(
      DefinitionRequest.type,
      inside(server, 'openapi.yaml', 'paths/orders.json'),
    );
    assert.ok(Array.isArray(definition));
    assert.deepEqual(
      definition.flatMap((one) => ('uri' in one ? [shown(one)] : [])),
      ['paths/orders.json:0:0'],
    );
    const references = await server.connection.sendRequest(ReferencesRequest.type, {
      ...inside(server, 'openapi.yaml', 'Order: {'),
      context: { includeDeclaration: true },
    });
    assert.deepEqual(references?.map(shown), ['openapi.yaml:6:4', 'paths/orders.json:6:63']);
  });

  test('renames in all files, and says why it can not', async () => {
    const server = await opened('openapi.yaml', 'paths/orders.json');
    const at = inside(server, 'paths/orders.json', 'Order" }');
    const prepared = await server.connection.sendRequest(PrepareRenameRequest.type, at);
    assert.deepEqual(prepared && 'placeholder' in prepared ? prepared.placeholder : undefined, 'Order');
    const edit = await server.connection.sendRequest(RenameRequest.type, { ...at, newName: 'Purchase' });
    assert.deepEqual(changed(edit), {
      'openapi.yaml': files['openapi.yaml']?.replace('Order:', 'Purchase:'),
      'paths/orders.json': files['paths/orders.json']?.replace('schemas/Order', 'schemas/Purchase'),
    });
    const property = inside(server, 'openapi.yaml', 'note:');
    await assert.rejects(
      () => server.connection.sendRequest(PrepareRenameRequest.type, property),
      /`note` is a property: its name goes over the wire/,
    );
    await assert.rejects(
      () => server.connection.sendRequest(RenameRequest.type, { ...at, newName: 'a b' }),
      /only letters, digits/,
    );
  });

  test('completes references and keys in JSON and YAML while the text is broken', async () => {
    const server = await opened('openapi.yaml', 'paths/orders.json');
    await server.edit(uri('paths/orders.json'), '"../openapi.yaml#/components/schemas/Order" }', '"');
    const at = inside(server, 'paths/orders.json', '": "');
    const text = server.document(uri('paths/orders.json'));
    const end = text.getText().indexOf('"$ref": "') + '"$ref": "'.length;
    const labels = async (position: Position, path: string): Promise<readonly string[]> => {
      const found = await server.connection.sendRequest(CompletionRequest.type, {
        ...at,
        textDocument: { uri: uri(path) },
        position,
      });
      assert.ok(Array.isArray(found));
      return found.map((one: CompletionItem) => one.label);
    };
    assert.deepEqual(await labels(text.positionAt(end), 'paths/orders.json'), [
      '../openapi.yaml#/components/schemas/Order',
    ]);
    await server.edit(uri('openapi.yaml'), 'paths:\n', 'ta\npaths:\n');
    assert.ok((await labels({ line: 2, character: 2 }, 'openapi.yaml')).includes('tags'));
  });

  test('tells symbols, folds and links', async () => {
    const server = await opened('openapi.yaml', 'other.yaml');
    const textDocument = { uri: uri('openapi.yaml') };
    const symbols = await server.connection.sendRequest(DocumentSymbolRequest.type, { textDocument });
    assert.deepEqual(
      symbols?.map((one) => one.name),
      ['openapi', 'info', 'paths', 'components'],
    );
    const folds = await server.connection.sendRequest(FoldingRangeRequest.type, { textDocument });
    assert.deepEqual(
      folds?.map((one) => `${one.startLine}-${one.endLine}`),
      ['2-3', '4-6', '5-6'],
    );
    const links = await server.connection.sendRequest(DocumentLinkRequest.type, { textDocument });
    assert.deepEqual(
      links?.map((one) => one.target),
      [`${uri('paths/orders.json')}#L1,1`],
    );
  });

  test('counts references, and moves a schema into components', async () => {
    const server = await opened('openapi.yaml');
    const textDocument = { uri: uri('openapi.yaml') };
    const [lens] = (await server.connection.sendRequest(CodeLensRequest.type, { textDocument })) ?? [];
    assert.equal(lens?.command?.title, '1 reference');
    const asked: unknown = lens?.command?.arguments?.[0];
    assert.deepEqual((await server.ask<Location[]>('servicewright/references', asked)).map(shown), [
      'paths/orders.json:6:63',
    ]);
    const { position } = inside(server, 'openapi.yaml', 'type: string');
    const [action] = await server.actions(textDocument.uri, { start: position, end: position }, [
      CodeActionKind.RefactorExtract,
    ]);
    assert.equal(action?.title, 'Extract schema to component Note');
    assert.match(
      changed(action?.edit)['openapi.yaml'] ?? '',
      /note: \{ \$ref: '#\/components\/schemas\/Note' \}.*\n {4}Note: \{ type: string \}/,
    );
  });

  test('shows no counts when they are not wanted, and leaves other files alone', async () => {
    const server = await opened('openapi.yaml', 'other.yaml');
    await server.configure({ codeLens: false });
    const textDocument = { uri: uri('openapi.yaml') };
    assert.equal(await server.connection.sendRequest(CodeLensRequest.type, { textDocument }), null);
    const other = { textDocument: { uri: uri('other.yaml') } };
    assert.equal(await server.connection.sendRequest(DocumentSymbolRequest.type, other), null);
    assert.equal(await server.connection.sendRequest(FoldingRangeRequest.type, other), null);
    const position = { line: 0, character: 3 };
    assert.equal(await server.connection.sendRequest(CompletionRequest.type, { ...other, position }), null);
    assert.equal(await server.connection.sendRequest(DefinitionRequest.type, { ...other, position }), null);
  });

  test('proposes files of the workspace that nothing leads to yet, as they are by then', async () => {
    const common = join(folder, 'common.yaml');
    await writeFile(common, 'Problem: { type: object, description: What went wrong. }\n');
    const server = new Server();
    running.add(server);
    server.found = [uri('common.yaml'), uri('other.yaml'), uri('openapi.yaml')];
    await server.initialize(pulling, { findsFiles: true }, [pathToFileURL(folder).href]);
    const text = `${files['openapi.yaml']}    X: { $ref: '' }\n`;
    await server.open(uri('openapi.yaml'), text);
    const at = { textDocument: { uri: uri('openapi.yaml') }, position: { line: 7, character: 16 } };
    const found = async (): Promise<readonly string[]> => {
      const answer = await server.connection.sendRequest(CompletionRequest.type, at);
      const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
      return items.map(({ label, detail }) => `${label} ${detail ?? ''}`.trim());
    };
    const own = ['#/components/schemas/Order', '#/components/schemas/X'];
    assert.deepEqual(await found(), [...own, './common.yaml#/Problem What went wrong.']);
    await writeFile(common, 'Fault: { type: object }\n');
    await server.changed(uri('common.yaml'));
    assert.deepEqual((await found()).slice(2), ['./common.yaml#/Fault']);
  });
});
