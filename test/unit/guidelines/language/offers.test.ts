import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { proposalsAt } from '../../../../src/guidelines/language/completion';
import { offeringOf } from '../../../../src/guidelines/language/offers';
import { mark, marked } from './helpers';

describe('what a file has to offer to references', () => {
  const offers = (text: string): readonly string[] =>
    offeringOf('/w/a.yaml', text).offers.map(({ type, pointer }) => `${type} ${pointer}`);
  const cases: readonly (readonly [what: string, text: string, offers: readonly string[]])[] = [
    [
      'a schema',
      'type: object\nproperties: { a: {} }\n$defs:\n  Inner: { type: string }\n',
      ['schema ', 'schema /$defs/Inner'],
    ],
    [
      'schemas by name',
      'Order: { type: object }\nItem: { allOf: [] }\nnote: text\n',
      ['schema /Order', 'schema /Item'],
    ],
    ['definitions', '{ "definitions": { "A": { "enum": [1] } } }', ['schema /definitions/A']],
    [
      'parts by kind',
      'schemas: { A: { type: string } }\nparameters: { Limit: { name: limit, in: query } }\n',
      ['schema /schemas/A', 'parameter /parameters/Limit'],
    ],
    ['a path item', 'get: { responses: {} }\n', ['pathItem ']],
    ['a response', 'description: Failed\ncontent: { a/b: {} }\n', ['response ']],
    [
      'a body, a header, an example, a scheme',
      'A: { content: {} }\nB: { schema: { type: string } }\nC: { value: 1 }\nD: { type: http, scheme: basic }\n',
      ['requestBody /A', 'header /B', 'example /C', 'securityScheme /D'],
    ],
    [
      'a description',
      'openapi: 3.1.0\ncomponents:\n  schemas: { A: {} }\n  responses: { B: { description: b } }\n',
      ['schema /components/schemas/A', 'response /components/responses/B'],
    ],
    ['a name with a slash', 'a/b: { type: string }\n', ['schema /a~1b']],
    ['other YAML', 'services: { web: { image: x, ports: [1] } }\nversion: 3\n', []],
    ['a list', '- type: string\n', []],
    ['what can’t be read', 'a: [\n{{', []],
    ['nothing', '', []],
  ];
  for (const [what, text, wanted] of cases) test(what, () => assert.deepEqual(offers(text), wanted));

  test('no more than anybody chooses from', () => {
    const many = Array.from({ length: 2000 }, (_, at) => `S${at}: { type: string }\n`).join('');
    assert.equal(offers(many).length, 500);
  });
});

describe('completion of references to files that nothing leads to yet', () => {
  const head =
    "openapi: 3.1.0\ninfo: { title: Shop, version: '1' }\ncomponents:\n  schemas:\n    Own: {}\n    A:\n";
  const elsewhere = [
    offeringOf('/w/parts/order.yaml', 'type: object\ndescription: An order.\n'),
    offeringOf(
      '/w/common.yaml',
      'openapi: 3.0.0\ncomponents: { schemas: { Problem: {} }, parameters: { P: {} } }\n',
    ),
    offeringOf('/w/old.yaml', "swagger: '2.0'\ndefinitions: { Old: {} }\n"),
    offeringOf('/w/used.yaml', 'Used: { type: string }\n'),
  ];
  const labels = async (ref: string): Promise<readonly string[]> => {
    const { files, offset } = await marked({
      'openapi.yaml': `${head}${ref}    B: { $ref: 'used.yaml#/Used' }\n`,
      'used.yaml': 'Used: { type: string }\n',
    });
    return proposalsAt({ ...files, elsewhere }, offset).map(({ label }) => label);
  };

  test('proposes them last, what fits, and no file twice', async () => {
    assert.deepEqual(await labels(`      $ref: ${mark}\n`), [
      '#/components/schemas/Own',
      '#/components/schemas/A',
      '#/components/schemas/B',
      './used.yaml#/Used',
      './parts/order.yaml',
      './common.yaml#/components/schemas/Problem',
    ]);
  });
});
