import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { allRules } from '../../../../src/guidelines';
import { Check } from '../../../../src/guidelines/engine';
import { finish } from '../../../../src/guidelines/steps';
import { createRandom } from '../../../helpers/random';
import { randomEdit } from '../edits';
import { complete, foundIn, isChecked, projectOf, specAt } from './helpers';

const shop: Readonly<Record<string, string>> = {
  'openapi.yaml': `openapi: 3.1.0
info: { title: Shop, version: '1', description: Sells., contact: { name: Shop team } }
tags:
- { name: orders, description: Orders. }
security:
- bearer: []
paths:
  /orders:
    $ref: paths/orders.yaml
  /orders/{id}:
    $ref: 'paths/item.json#/item'
  /parts:
    get:
      operationId: getOrder
      responses:
        '200': { $ref: 'common.yaml#/responses/Parts' }
components:
  securitySchemes:
    bearer: { type: http, scheme: bearer }
  schemas:
    Order: { $ref: common.yaml#/schemas/Order }
    Base:
      type: object
      properties: { order_id: { type: string } }
`,
  'paths/orders.yaml': `get:
  operationId: listOrders
  tags: [orders]
  parameters:
  - $ref: ../common.yaml#/parameters/Limit
  responses:
    '200':
      description: All
      content:
        application/json:
          schema:
            type: array
            items: { $ref: ../common.yaml#/schemas/Order }
`,
  'paths/item.json': `{
  "item": {
    "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
    "get": {
      "operationId": "getOrder",
      "responses": { "200": { "$ref": "../common.yaml#/responses/Parts" } }
    }
  }
}
`,
  'common.yaml': `parameters:
  Limit: { name: limit, in: query, schema: { type: integer, minimum: 9, maximum: 1 } }
responses:
  Parts:
    description: Parts
    content:
      application/json:
        schema: { $ref: '#/schemas/Order' }
        example: { id: 1 }
schemas:
  Order:
    allOf:
    - $ref: openapi.yaml#/components/schemas/Base
    type: object
    required: [id]
    properties:
      id: { type: string }
      next: { $ref: '#/schemas/Order' }
      item: { $ref: ./item.yaml }
`,
  'item.yaml': `type: object
properties:
  note: { type: strin }
  up: { $ref: common.yaml#/schemas/Order }
`,
};
const paths = Object.keys(shop);

async function run(seed: number, count: number): Promise<void> {
  const { int } = createRandom(seed);
  const next = (): number => int(2 ** 30) / 2 ** 30;
  const texts = new Map(Object.entries(shop));
  const edited = await projectOf(texts, paths);
  const checks = new Map(paths.map((path) => [path, new Check(specAt(edited, path), { rules: allRules })]));
  for (let edits = 1; edits <= count; edits += 1) {
    const path = paths[int(paths.length)] ?? '';
    const before = texts.get(path) ?? '';
    const original = shop[path] ?? '';
    // Texts that hold together are put back now and then, or soon nothing leads anywhere.
    const change =
      int(6) === 0 ? { start: 0, end: before.length, text: original } : randomEdit(before, original, next);
    texts.set(path, before.slice(0, change.start) + change.text + before.slice(change.end));
    specAt(edited, path).edit(change);
    // Sometimes the files are looked at in the middle, sometimes several edits come at once.
    if (int(3) === 0) finish(edited.updateSteps());
    if (edits % 4 !== 0) continue;
    await complete(edited);
    const fresh = await projectOf(texts, paths);
    for (const one of paths) {
      const where = `seed ${seed}, edit ${edits} of ${path} ${JSON.stringify(change)}: ${one}`;
      assert.equal(isChecked(edited, one), isChecked(fresh, one), `${where} is checked`);
      if (!isChecked(fresh, one)) continue;
      const mine = foundIn(edited, one, {}, checks.get(one));
      assert.deepEqual(mine, foundIn(fresh, one, { rules: allRules }), where);
    }
  }
}

describe('after edits in any file the findings of all are those of a fresh reading', () => {
  for (const seed of [1, 2, 3, 4]) test(`seed ${seed}`, () => run(seed, 160));
});
