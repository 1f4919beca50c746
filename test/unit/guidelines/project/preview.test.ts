import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operationView } from '../../../../src/guidelines/preview/operation';
import { nodeAt, outlineOf } from '../../../../src/guidelines/preview/outline';
import { rowsIn } from '../../../../src/guidelines/preview/schema';
import { projectOf, specAt } from './helpers';

test('the preview shows what stands in other files, and asks about it by where it stands', async () => {
  const project = await projectOf(
    {
      'openapi.yaml':
        'openapi: 3.1.0\ninfo: { title: Shop }\npaths:\n  /orders: { $ref: paths/orders.yaml }\n',
      'paths/orders.yaml':
        "get:\n  summary: List\n  responses:\n    '200':\n      description: All\n      content: { a/b: { schema: { $ref: '../schemas.yaml#/Order' } } }\n",
      'schemas.yaml':
        'Order: { type: object, properties: { id: { type: string }, next: { $ref: "#/Order" } } }\n',
    },
    ['openapi.yaml'],
  );
  const spec = specAt(project, 'openapi.yaml');
  const [row] = outlineOf(spec).groups.flatMap(({ operations }) => operations);
  assert.equal(row?.summary, 'List');
  assert.equal(row.pointer, '/w/paths/orders.yaml#/get');
  const operation = nodeAt(row.pointer, spec);
  assert.ok(operation);
  const [media] = operationView(operation, spec).responses.flatMap((one) => one.media);
  assert.ok(media?.schema);
  assert.equal(media.schema.type, 'Order');
  const schema = nodeAt(media.schema.pointer, spec);
  assert.ok(schema);
  const rows = rowsIn(schema, spec);
  assert.deepEqual(
    rows.map(({ name, type, pointer }) => [name, type, pointer]),
    [
      ['id', 'string', '/w/schemas.yaml#/Order/properties/id'],
      ['next', 'Order', '/w/schemas.yaml#/Order/properties/next'],
    ],
  );
  assert.equal(nodeAt('/nowhere.yaml#/x', spec), undefined);
});
