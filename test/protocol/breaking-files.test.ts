import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { cli } from '../helpers/cli';
import type { Repository } from '../helpers/git-repository';
import { makeRepository } from '../helpers/git-repository';
import { Server, pushed } from './lsp-client';

const head = (title: string): string =>
  `openapi: 3.1.0\ninfo: { title: ${title}, version: 1.0.0, description: Takes orders., contact: { name: Shop team } }\n`;

const files: Readonly<Record<string, string>> = {
  'api/openapi.yaml': `${head('Orders')}paths:
  /orders/{orderId}/items/{itemId}: { $ref: paths/item.yaml }
  /orders: { $ref: paths/orders.yaml }
`,
  'api/paths/item.yaml': `get:
  operationId: getItem
  summary: Get an item
  parameters:
    - { name: orderId, in: path, required: true, schema: { type: integer, format: int64 } }
    - { name: itemId, in: path, required: true, schema: { type: string } }
  responses:
    '200': { description: The item }
    default: { description: Failed }
`,
  'api/paths/orders.yaml': `get:
  operationId: listOrders
  summary: List orders
  parameters:
    - { name: limit, in: query, schema: { $ref: ../schemas/limit.yaml } }
  responses:
    '200':
      description: The orders
      content:
        application/json:
          schema: { type: object, properties: { items: { type: array, items: { $ref: ../schemas/order.yaml } } } }
    default: { description: Failed }
`,
  'api/schemas/limit.yaml': 'type: integer\nformat: int32\nmaximum: 100\n',
  'api/schemas/order.yaml': `type: object
required: [id]
properties:
  id: { type: string }
  note: { type: string }
  # Orders can be made of orders.
  parts: { type: array, items: { $ref: order.yaml } }
`,
  'api/other.yaml': `${head('Reports')}paths:
  /reports:
    get:
      operationId: listReports
      summary: List reports
      responses:
        '200':
          description: The orders
          content:
            application/json:
              schema: { type: object, properties: { orders: { type: array, items: { $ref: schemas/order.yaml } } } }
        default: { description: Failed }
`,
};

describe('breaking changes of descriptions in several files', () => {
  let dir = '';
  let repository: Repository;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'servicewright-breaking-files-'));
    repository = makeRepository(dir);
    repository.commit(files);
  });
  afterEach(() => rmSync(dir, { recursive: true }));
  const change = (path: string, part: string, by: string): string => {
    const text = (files[path] ?? '').replace(part, by);
    assert.notEqual(text, files[path]);
    writeFileSync(join(dir, path), text);
    return text;
  };
  const order = (): string => change('api/schemas/order.yaml', '  note: { type: string }\n', '');

  describe('on the command line', () => {
    const broken = async (...args: readonly string[]): Promise<readonly string[]> => {
      const { stdout, stderr } = await cli(['lint', ...args, '--base', 'main'], { cwd: dir });
      assert.equal(stderr, '');
      return stdout
        .split('\n')
        .filter((line) => line.includes('(breaking-'))
        .map((line) => line.replace(/^(\S+:\d+):\d+: \w+: (.*) \((breaking-.*)\)$/, '$1 $3'));
    };

    test('nothing is told where nothing changed', async () => {
      assert.deepEqual(await broken('api/openapi.yaml', 'api/other.yaml'), []);
    });

    test('they are told of in the file that they are written in, once', async () => {
      change('api/schemas/limit.yaml', '100', '50');
      order();
      change('api/paths/item.yaml', 'type: integer, format: int64', 'type: string');
      assert.deepEqual(await broken('api/openapi.yaml'), [
        'api/paths/item.yaml:5 breaking-type',
        'api/schemas/limit.yaml:3 breaking-request-bounds',
        'api/schemas/order.yaml:3 breaking-response-property-removed',
      ]);
      const both = await broken('api/openapi.yaml', 'api/other.yaml');
      assert.equal(both.filter((one) => one.includes('order.yaml')).length, 1);
    });

    test('what stood in another file is shown with its name', async () => {
      change(
        'api/paths/orders.yaml',
        '$ref: ../schemas/limit.yaml',
        'type: integer, format: int32, maximum: 50',
      );
      const { stdout } = await cli(['lint', 'api/openapi.yaml', '--base', 'main', '--format', 'json'], {
        cwd: dir,
      });
      assert.match(stdout, /"from": ?"main at [0-9a-f]{7}, in \.\.\/schemas\/limit\.yaml"/);
      assert.match(stdout, /maximum: 100/);
    });

    test('what moved breaks nobody: a part, and the description itself', async () => {
      repository.git('mv', 'api/schemas/order.yaml', 'api/order.yaml');
      change('api/paths/orders.yaml', '../schemas/order.yaml', '../order.yaml');
      assert.deepEqual(await broken('api/openapi.yaml'), []);
      repository.git('mv', 'api/openapi.yaml', 'api/api.yaml');
      assert.deepEqual(await broken('api/api.yaml'), []);
      change('api/schemas/limit.yaml', '100', '50');
      assert.deepEqual(await broken('api/api.yaml'), ['api/schemas/limit.yaml:3 breaking-request-bounds']);
    });

    test('what is gone is told of where it was referred to', async () => {
      change('api/openapi.yaml', '  /orders: { $ref: paths/orders.yaml }\n', '');
      change('api/paths/item.yaml', 'get:', 'put:');
      assert.deepEqual(await broken('api/openapi.yaml'), [
        'api/openapi.yaml:3 breaking-path-removed',
        'api/paths/item.yaml:1 breaking-operation-removed',
      ]);
    });

    test('a part that is not in git is compared with itself', async () => {
      writeFileSync(join(dir, '.gitignore'), 'api/schemas/limit.yaml\n');
      repository.git('rm', '--quiet', '--cached', 'api/schemas/limit.yaml');
      repository.commit({});
      change('api/schemas/limit.yaml', '100', '50');
      assert.deepEqual(await broken('api/openapi.yaml'), []);
    });
  });

  describe('in the editor', () => {
    let server: Server;
    beforeEach(() => {
      server = new Server();
    });
    afterEach(() => server.stop());
    const uri = (path: string): string => pathToFileURL(join(dir, path)).href;
    const rules = (path: string, wanted: string): Promise<unknown> =>
      server.until(() =>
        server.latest(
          uri(path),
          ({ diagnostics }) => diagnostics.map(({ code }) => String(code)).join() === wanted,
        ),
      );
    const open = (path: string): Promise<void> => server.open(uri(path), files[path] ?? '');

    test('they come and go in the file that is typed in, and in no other', async () => {
      await server.initialize(pushed, { mayRunGit: true }, [uri('.')]);
      await open('api/openapi.yaml');
      await open('api/schemas/limit.yaml');
      await open('api/schemas/order.yaml');
      await server.edit(uri('api/schemas/limit.yaml'), '100', '50');
      await rules('api/schemas/limit.yaml', 'breaking-request-bounds');
      await rules('api/openapi.yaml', '');
      await server.edit(uri('api/schemas/limit.yaml'), '50', '500');
      await rules('api/schemas/limit.yaml', '');
      await server.edit(uri('api/schemas/order.yaml'), '  note: { type: string }\n', '');
      await rules('api/schemas/order.yaml', 'breaking-response-property-removed');
    });

    test('they are known though only a part is open, and told once when two descriptions lead there', async () => {
      server.found = [uri('api/openapi.yaml'), uri('api/other.yaml')];
      await server.initialize(pushed, { mayRunGit: true, findsFiles: true }, [uri('.')]);
      const path = 'api/schemas/order.yaml';
      await server.open(uri(path), order());
      await rules(path, 'breaking-response-property-removed');
      await open('api/other.yaml');
      await open('api/openapi.yaml');
      await rules(path, 'breaking-response-property-removed');
      await server.edit(uri(path), 'properties:\n', 'properties:\n  note: { type: string }\n');
      await rules(path, '');
    });

    test('they go with the description that led to them', async () => {
      server.found = [uri('api/openapi.yaml')];
      await server.initialize(pushed, { mayRunGit: true, findsFiles: true }, [uri('.')]);
      const path = 'api/schemas/order.yaml';
      await server.open(uri(path), order());
      await rules(path, 'breaking-response-property-removed');
      change('api/openapi.yaml', '  /orders: { $ref: paths/orders.yaml }\n', '');
      await server.changed(uri('api/openapi.yaml'));
      await rules(path, '');
    });
  });
});
