import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { proposalsAt } from '../../../../src/guidelines/language/completion';
import type { Texts } from '../project/helpers';
import { mark, marked } from './helpers';

const head = "openapi: 3.1.0\ninfo: { title: Shop, version: '1' }\n";
const tail = `components:
  schemas:
    Order: { description: An order. }
    Item: {}
  parameters:
    Limit: { name: limit, in: query }
  securitySchemes:
    bearer: { type: http, scheme: bearer }
`;

async function labels(texts: Texts | string, open: readonly string[] = []): Promise<readonly string[]> {
  const { files, offset } = await marked(typeof texts === 'string' ? { 'openapi.yaml': texts } : texts, open);
  return proposalsAt(files, offset).map(({ label }) => label);
}

/** The text after the proposal of this label was taken. */
async function taken(text: string, label: string, path = 'openapi.yaml'): Promise<string> {
  const { files, offset } = await marked({ [path]: text });
  const found = proposalsAt(files, offset).find((one) => one.label === label);
  assert.ok(found, `${label} is proposed`);
  const { start, end } = found.span;
  const plain = text.replace(mark, '');
  return plain.slice(0, start) + found.text + plain.slice(end);
}

const inOperation = (text: string): string =>
  `${head}tags: [{ name: orders }]\npaths:\n  /orders:\n    get:\n${text}${tail}`;

describe('completion of references', () => {
  const schemas = ['#/components/schemas/Order', '#/components/schemas/Item'];
  const inSchema = (ref: string): string =>
    `${head}${tail}    X: { $ref: '#/x' }\n`.replace(
      'Item: {}',
      `Item:\n      properties:\n        a:\n          ${ref}`,
    );

  test('proposes what fits, in block YAML, flow YAML and JSON', async () => {
    assert.deepEqual(await labels(inSchema(`$ref: ${mark}`)), schemas);
    assert.deepEqual(await labels(inSchema(`$ref: '#/comp${mark}'`)), schemas);
    assert.deepEqual(await labels(inSchema(`{ $ref: "${mark}" }`)), schemas);
    assert.deepEqual(await labels(inOperation(`      parameters:\n        - $ref: ${mark}\n`)), [
      '#/components/parameters/Limit',
    ]);
    const json = `{ "openapi": "3.1.0", "components": { "schemas": { "A": { "$ref": "${mark}" }, "B": {} } } }`;
    assert.deepEqual(await labels({ 'a.json': json }), ['#/components/schemas/A', '#/components/schemas/B']);
  });

  test('proposes them while the text is broken', async () => {
    assert.deepEqual(await labels(inSchema(`$ref: '#/comp${mark}`)), schemas);
    assert.deepEqual(
      await labels({
        'a.json': `{ "openapi": "3.1.0", "components": { "schemas": { "A": {}, "B": { "$ref": "#/${mark}`,
      }),
      ['#/components/schemas/A', '#/components/schemas/B'],
    );
  });

  test('proposes what other files of the description hold', async () => {
    const main = `${head}components:\n  schemas:\n    A: { $ref: parts/a.json#/A }\n    B:\n      $ref: ${mark}\n`;
    const texts = { 'openapi.yaml': main, 'parts/a.json': '{ "A": { "$ref": "#/C" }, "C": {}, "D": {} }' };
    const wanted = ['A', 'C', 'D'].map((name) => `./parts/a.json#/${name}`);
    assert.deepEqual(
      (await labels(texts)).toSorted(),
      ['#/components/schemas/A', '#/components/schemas/B', ...wanted].toSorted(),
    );
    const part = {
      'openapi.yaml': main.replace(mark, "'#/x'"),
      'parts/a.json': `{ "A": { "$ref": "${mark}" }, "C": {} }`,
    };
    const inPart = await labels(part, ['openapi.yaml']);
    assert.deepEqual(
      inPart.toSorted(),
      [
        '../openapi.yaml#/components/schemas/A',
        '../openapi.yaml#/components/schemas/B',
        '#/A',
        '#/C',
      ].toSorted(),
    );
  });

  test('writes quotes where there are none', async () => {
    const [label = ''] = schemas;
    assert.equal(await taken(inSchema(`$ref: ${mark}`), label), inSchema(`$ref: '${label}'`));
    assert.equal(await taken(inSchema(`$ref: '#/co${mark}mp'`), label), inSchema(`$ref: '${label}'`));
    assert.equal(await taken(inSchema(`{ $ref: "${mark}" }`), label), inSchema(`{ $ref: "${label}" }`));
  });
});

describe('completion of names and words', () => {
  test('of tags, security schemes, operation ids and mappings', async () => {
    assert.deepEqual(await labels(inOperation(`      tags: [${mark}]\n`)), ['orders']);
    assert.deepEqual(await labels(inOperation(`      tags:\n        - ${mark}\n`)), ['orders']);
    assert.deepEqual(await labels(inOperation(`      security:\n        - ${mark}\n`)), ['bearer']);
    assert.deepEqual(await labels(inOperation(`      security:\n        - { ${mark} }\n`)), ['bearer']);
    const link = `      operationId: getIt\n      responses:\n        '200':\n          links:\n            next: { operationId: ${mark} }\n`;
    assert.deepEqual(await labels(inOperation(link)), ['getIt']);
    const mapping = `${head}components:\n  schemas:\n    Pet:\n      discriminator:\n        mapping:\n          cat: ${mark}\n`;
    assert.deepEqual(await labels(mapping), ['#/components/schemas/Pet']);
  });

  test('of words, flags and properties', async () => {
    assert.deepEqual(
      await labels(inOperation(`      parameters:\n        - name: a\n          in: ${mark}\n`)),
      ['query', 'header', 'path', 'cookie'],
    );
    assert.deepEqual(await labels(inOperation(`      deprecated: ${mark}\n`)), ['true', 'false']);
    const required = (text: string): string =>
      `${head}components:\n  schemas:\n    A:\n      required: ${text}\n      properties: { id: {}, name: {} }\n`;
    assert.deepEqual(await labels(required(`[id, ${mark}]`)), ['name']);
    const types = await labels(`${head}components:\n  schemas:\n    A: { type: ${mark} }\n`);
    assert.deepEqual(types, ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null']);
    assert.equal(
      await taken(inOperation(`      deprecated: ${mark}\n`), 'true'),
      inOperation('      deprecated: true\n'),
    );
  });
});

describe('completion of keys', () => {
  test('proposes what the version knows and is not there', async () => {
    const info = await labels(`openapi: 3.0.3\ninfo:\n  title: Shop\n  ${mark}\npaths: {}\n`);
    assert.deepEqual(info.toSorted(), ['contact', 'description', 'license', 'termsOfService', 'version']);
    assert.ok((await labels(`openapi: 3.1.0\ninfo:\n  ti${mark}\npaths: {}\n`)).includes('summary'));
    const root = await labels(`openapi: 3.0.3\ninfo: {}\n${mark}`);
    assert.ok(
      root.includes('paths') &&
        !root.includes('info') &&
        !root.includes('webhooks') &&
        !root.includes('swagger'),
    );
    const json = await labels({ 'a.json': `{ "openapi": "3.1.0", "info": { "title": "a", "${mark}" } }` });
    assert.ok(json.includes('license') && !json.includes('title'));
  });

  test('proposes status codes, media types, and fields in lists', async () => {
    const responses = await labels(inOperation(`      responses:\n        '200': {}\n        ${mark}\n`));
    assert.ok(responses.includes('404') && responses.includes('default') && !responses.includes('200'));
    const content = await labels(inOperation(`      requestBody:\n        content:\n          ${mark}\n`));
    assert.ok(content.includes('application/json'));
    const parameter = await labels(inOperation(`      parameters:\n      - name: a\n        ${mark}\n`));
    assert.ok(parameter.includes('schema') && !parameter.includes('name'));
    assert.ok((await labels(inOperation(`      parameters:\n      - ${mark}\n`))).includes('name'));
  });

  test('writes the colon, and quotes where they are needed', async () => {
    assert.equal(
      await taken(`openapi: 3.1.0\ninfo:\n  ti${mark}\npaths: {}\n`, 'title'),
      'openapi: 3.1.0\ninfo:\n  title: \npaths: {}\n',
    );
    assert.equal(
      await taken(inOperation(`      responses:\n        ${mark}\n`), '404'),
      inOperation(`      responses:\n        '404': \n`),
    );
    const json = (key: string): string => `{ "openapi": "3.1.0", "info": { ${key} } }`;
    assert.equal(await taken(json(`"ti${mark}"`), 'title', 'a.json'), json('"title"'));
    assert.equal(await taken(json(mark), 'title', 'a.json'), json('"title": '));
  });

  test('proposes in a part what is expected there', async () => {
    const main = `${head}paths:\n  /a: { $ref: item.yaml }\n`;
    const keys = await labels({ 'openapi.yaml': main, 'item.yaml': `get:\n  summary: A\n  ${mark}\n` }, [
      'openapi.yaml',
    ]);
    assert.ok(keys.includes('responses') && !keys.includes('summary'));
  });

  test('proposes nothing in comments, in texts of several lines, and where anything may stand', async () => {
    assert.deepEqual(await labels(`${head}# ${mark}\npaths: {}\n`), []);
    assert.deepEqual(await labels(`openapi: 3.1.0\ninfo:\n  description: |\n    a ${mark}\npaths: {}\n`), []);
    assert.deepEqual(await labels(`openapi: 3.1.0\ninfo:\n  description: a ${mark}\npaths: {}\n`), []);
    assert.deepEqual(await labels(`${head}x-own:\n  ${mark}\npaths: {}\n`), []);
  });
});
