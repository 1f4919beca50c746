import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { extractionsAt } from '../../../../src/guidelines/language/extract';
import type { Texts } from '../project/helpers';
import { edited, mark, marked } from './helpers';

const head = "openapi: 3.1.0\ninfo: { title: Shop, version: '1' }\n";

async function extracted(
  texts: Texts,
  which = 0,
): Promise<{ readonly title: string; readonly texts: Texts }> {
  const { files, offset } = await marked(texts, ['openapi.yaml']);
  const found = extractionsAt(files.spec, offset)[which];
  assert.ok(found, 'something can be extracted');
  return { title: found.title, texts: edited(found.edits()) };
}

const titles = async (text: string): Promise<readonly string[]> => {
  const { files, offset } = await marked({ 'openapi.yaml': text });
  return extractionsAt(files.spec, offset).map(({ title }) => title);
};

describe('extract to component', () => {
  test('moves a schema behind the last one, with its comments and texts', async () => {
    const text = (schema: string, more: string): string => `${head}components:
  schemas:
    Order:
      type: object
      properties:
        # Where to.
        address:
          ${schema}
        id: { type: string }
    Last: {}
${more}paths: {}
`;
    const inline = `type: obj${mark}ect
          # With a house.
          description: |
            Where it goes.
              Really.
          properties:
            street: { type: string }`;
    const component = `    Address:
      type: object
      # With a house.
      description: |
        Where it goes.
          Really.
      properties:
        street: { type: string }
`;
    assert.deepEqual(await extracted({ 'openapi.yaml': text(inline, '') }), {
      title: 'Extract schema to component Address',
      texts: { 'openapi.yaml': text("$ref: '#/components/schemas/Address'", component) },
    });
  });

  test('makes the section that is missing, and names what has no name after its operation', async () => {
    const text = (response: string, more: string): string => `${head}paths:
  /orders:
    get:
      operationId: listOrders
      responses:
        '200':
          ${response}
${more}`;
    const inline = `description: T${mark}he orders\n          content: {}`;
    const found = await extracted({ 'openapi.yaml': text(inline, '') });
    assert.equal(found.title, 'Extract response to component ListOrdersResponse');
    assert.equal(
      found.texts['openapi.yaml'],
      text(
        "$ref: '#/components/responses/ListOrdersResponse'",
        'components:\n  responses:\n    ListOrdersResponse:\n      description: The orders\n      content: {}\n',
      ),
    );
  });

  test('moves parameters of lists, and what stands between brackets', async () => {
    const text = (parameter: string, more: string): string =>
      `${head}paths:\n  /a:\n    get:\n      parameters:\n        - ${parameter}\ncomponents:\n  parameters:\n    Page: {}\n${more}`;
    const block = `name: lim${mark}it\n          in: query`;
    assert.deepEqual((await extracted({ 'openapi.yaml': text(block, '') })).texts, {
      'openapi.yaml': text(
        "$ref: '#/components/parameters/Limit'",
        '    Limit:\n      name: limit\n      in: query\n',
      ),
    });
    const flow = `{ name: lim${mark}it, in: query }`;
    assert.deepEqual((await extracted({ 'openapi.yaml': text(flow, '') })).texts, {
      'openapi.yaml': text(
        "{ $ref: '#/components/parameters/Limit' }",
        '    Limit: { name: limit, in: query }\n',
      ),
    });
  });

  test('moves JSON', async () => {
    const text = (schema: string, more: string): string =>
      `{\n  "openapi": "3.1.0",\n  "components": {\n    "schemas": {\n      "A": { "properties": { "b": ${schema} } }${more}\n    }\n  }\n}\n`;
    const found = await extracted({ 'openapi.yaml': text(`{ "type": "str${mark}ing" }`, '') });
    assert.equal(
      found.texts['openapi.yaml'],
      text('{ "$ref": "#/components/schemas/B" }', ',\n      "B": { "type": "string" }'),
    );
  });

  test('from a part moves into the description', async () => {
    const main = `${head}paths:\n  /a: { $ref: item.yaml }\n`;
    const part = (schema: string): string =>
      `get:\n  operationId: getA\n  requestBody:\n    content:\n      application/json:\n        schema:\n          ${schema}\n`;
    const found = await extracted({ 'openapi.yaml': main, 'item.yaml': part(`type: str${mark}ing`) });
    assert.deepEqual(found.texts, {
      'item.yaml': part("$ref: './openapi.yaml#/components/schemas/GetARequest'"),
      'openapi.yaml': `${main}components:\n  schemas:\n    GetARequest:\n      type: string\n`,
    });
  });

  test('takes a name that is free', async () => {
    const found = await titles(
      `${head}components:\n  schemas:\n    Name: {}\n    A: { properties: { name: { ty${mark}pe: string } } }\n`,
    );
    assert.deepEqual(found, ['Extract schema to component Name2']);
  });

  test('offers nothing for what is a component, a reference, or would lose its meaning', async () => {
    assert.deepEqual(await titles(`${head}components:\n  schemas:\n    A: { ty${mark}pe: string }\n`), []);
    assert.deepEqual(
      await titles(`${head}components:\n  schemas:\n    A: { properties: { b: { $r${mark}ef: '#/x' } } }\n`),
      [],
    );
    assert.deepEqual(
      await titles(
        `${head}components:\n  schemas:\n    A: { properties: { b: &b { ty${mark}pe: string } } }\n`,
      ),
      [],
    );
  });
});
