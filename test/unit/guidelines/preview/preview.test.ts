import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SchemaRow } from '../../../../src/guidelines/preview/protocol';
import {
  isHostMessage,
  isOperation,
  isOutline,
  isPageMessage,
  isSchemaRows,
} from '../../../../src/guidelines/preview/protocol';
import { operationAt, outlineOf, pointerOf } from '../../../../src/guidelines/preview/outline';
import { operationView } from '../../../../src/guidelines/preview/operation';
import { rowsIn } from '../../../../src/guidelines/preview/schema';
import { sampleText } from '../../../../src/guidelines/preview/sample';
import { read, whole } from '../helpers';

const text = whole(`servers: [{ url: 'https://example.com/v1' }]
tags:
  - { name: Carts }
  - { name: Orders, description: What was ordered. }
paths:
  /orders/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string, format: uuid } }
    get:
      tags: [Orders]
      summary: Get an order
      security: [{ key: [] }, {}]
      responses:
        '200':
          description: The order
          headers: { ETag: { schema: { type: string } } }
          content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } }
        '404': { $ref: '#/components/responses/Missing' }
    put:
      deprecated: true
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/Order' }, example: { id: 7 } } }
      responses: { '204': { description: Done } }
webhooks:
  paid:
    post: { responses: { '204': { description: Taken } } }
components:
  responses:
    Missing: { description: There is none. }
  schemas:
    Order:
      type: object
      required: [id]
      properties:
        id: { type: integer, minimum: 1, maximum: 99 }
        lines: { type: array, items: { $ref: '#/components/schemas/Line' } }
        parent: { $ref: '#/components/schemas/Order' }
        kind: { oneOf: [{ type: string }, { $ref: '#/components/schemas/Line' }] }
    Line: { type: object, properties: { note: { type: [string, 'null'], maxLength: 5, readOnly: true } } }
`);
const spec = read(text);
const at = (pointer: string): ReturnType<typeof read>['root'] => {
  const node = spec.resolve(`#${pointer}`);
  assert.ok(node, pointer);
  return node;
};
const brief = (rows: readonly SchemaRow[]): readonly string[] =>
  rows.map((row) =>
    [row.name, row.type, row.required ? 'required' : '', ...row.facts, row.opens ? '+' : '']
      .filter((one) => one !== '')
      .join('|'),
  );

describe('the outline', () => {
  const outline = outlineOf(spec);
  test('has the operations by tag, in the order of the tags', () => {
    assert.ok(isOutline(JSON.parse(JSON.stringify(outline))));
    assert.deepEqual(
      outline.groups.map(({ name, operations }) => [
        name,
        operations.map((one) => `${one.method} ${one.path}`),
      ]),
      [
        ['Orders', ['GET /orders/{id}']],
        ['Other operations', ['PUT /orders/{id}']],
        ['Webhooks', ['POST paid']],
      ],
    );
    assert.deepEqual(outline.servers, ['https://example.com/v1']);
    assert.deepEqual(
      outline.schemas.map((one) => one.name),
      ['Order', 'Line'],
    );
  });

  test('each operation is found by where it stands, and stands where it is found', () => {
    for (const { pointer } of outline.groups.flatMap((group) => group.operations)) {
      const node = at(pointer);
      const found = operationAt(spec, node.keySpan?.start ?? 0);
      assert.ok(found);
      assert.equal(pointerOf(found, spec), pointer);
    }
    assert.equal(operationAt(spec, 0), undefined);
  });
});

describe('an operation', () => {
  test('has its parameters, security, responses, and samples', () => {
    const view = operationView(at('/paths/~1orders~1{id}/get'), spec);
    assert.ok(isOperation(JSON.parse(JSON.stringify(view))));
    assert.deepEqual(view.security, ['key', 'nothing']);
    assert.deepEqual(brief(view.parameters.map((one) => one.schema)), ['id|string (uuid)|required']);
    assert.deepEqual(
      view.responses.map((one) => `${one.code} ${one.description}`),
      ['200 The order', '404 There is none.'],
    );
    assert.deepEqual(brief(view.responses[0]?.headers ?? []), ['ETag|string']);
    const media = view.responses[0]?.media[0];
    assert.equal(media?.schema?.type, 'Order');
    assert.match(media?.examples[0]?.text ?? '', /^\{\n {2}"id": 1,\n {2}"lines": \[/);
  });

  test('has its body with what is written as an example', () => {
    const { body } = operationView(at('/paths/~1orders~1{id}/put'), spec);
    assert.equal(body?.required, true);
    assert.deepEqual(body?.media[0]?.examples, [{ name: '', text: '{\n  "id": 7\n}' }]);
  });
});

describe('the tree of a schema', () => {
  test('opens one step at a time, so that circles don’t matter', () => {
    const rows = rowsIn(at('/components/schemas/Order'), spec);
    assert.ok(isSchemaRows(JSON.parse(JSON.stringify(rows))));
    assert.deepEqual(brief(rows), [
      'id|integer|required|at least 1|at most 99',
      'lines|array of Line|+',
      'parent|Order|+',
      'kind|one of string, Line|+',
    ]);
    const [, lines, parent, kind] = rows;
    assert.deepEqual(brief(rowsIn(at(parent?.pointer ?? ''), spec)), brief(rows));
    assert.deepEqual(brief(rowsIn(at(lines?.pointer ?? ''), spec)), [
      'note|string or null|length at most 5|read only',
    ]);
    assert.deepEqual(brief(rowsIn(at(kind?.pointer ?? ''), spec)), ['either|string', 'or Line|Line|+']);
  });

  test('a sample ends, and so does a list of lists of itself', () => {
    assert.ok(sampleText(at('/components/schemas/Order'), spec).length < 20_000);
    const knot = read(
      whole("components:\n  schemas:\n    L: { type: array, items: { $ref: '#/components/schemas/L' } }\n"),
    );
    const node = knot.resolve('#/components/schemas/L');
    assert.ok(node);
    assert.ok(rowsIn(node, knot).length <= 1);
    assert.match(sampleText(node, knot), /^\[/);
  });

  test('what is written a thousandfold by aliases is cut', () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) =>
        `  x-${level}: &a${level} [${Array.from({ length: 9 }, () => (level === 0 ? 'x' : `*a${level - 1}`)).join(', ')}]`,
    );
    const bomb = read(
      whole(`x-bomb:\n${levels.join('\n')}\ncomponents:\n  schemas:\n    A: { example: *a8 }\n`),
    );
    const node = bomb.resolve('#/components/schemas/A');
    assert.ok(node);
    assert.ok(sampleText(node, bomb).length < 2_000_000);
  });
});

describe('messages', () => {
  test('others than ours are none', () => {
    assert.ok(isPageMessage({ type: 'ready' }));
    assert.ok(isPageMessage({ type: 'reveal', pointer: '/paths' }));
    for (const wrong of [
      { type: 'open' },
      { type: 'reveal' },
      { type: 'reveal', pointer: 1 },
      { type: 'ready', more: 1 },
      'ready',
      null,
    ])
      assert.ok(!isPageMessage(wrong));
    assert.ok(isHostMessage({ type: 'select', pointer: '' }));
    assert.ok(!isHostMessage({ type: 'select' }));
  });
});
