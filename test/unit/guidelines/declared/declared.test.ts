import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { faults, findings } from '../config/helpers';
import { underline } from './helpers';

const own = '/w/.servicewright/guidelines.yaml';
const spec = `openapi: 3.1.0
info: { title: Orders, version: 1.0.0 }
tags: [{ name: b }, { name: a }]
paths:
  /orders:
    get:
      operationId: listOrders
      parameters:
        - $ref: '#/components/parameters/Limit'
      responses:
        '200': { description: ok }
  /order_items:
    post:
      operationId: create_item
      summary: Make an item
components:
  parameters:
    Limit: { name: Limit, in: query, schema: { type: integer, enum: [1, b] } }
`;

/** What a rule underlines in the description, with its message. */
async function told(rule: string): Promise<readonly string[]> {
  const config = `extends: []\ncustom:\n  my-rule:\n    ${rule.trim().replaceAll('\n', '\n    ')}\n`;
  assert.deepEqual(await faults(config), []);
  return (await findings({ [own]: config }, spec)).map((one) => `${underline(spec, one)}: ${one.message}`);
}

describe('a declared rule', () => {
  const cases: readonly (readonly [name: string, rule: string, wanted: readonly string[]])[] = [
    [
      'truthy on a field that is not there',
      'message: No {{property}}.\ngiven: $.paths[*][get,post]\nthen: { field: summary, function: truthy }',
      ['get: No summary.'],
    ],
    [
      'keys',
      'message: "{{value}}: {{error}}"\ngiven: $.paths[*]~\nthen: { function: pattern, functionOptions: { notMatch: _ } }',
      ['/order_items: /order_items: "/order_items" must not match _'],
    ],
    [
      '@key',
      'message: "{{property}}"\ngiven: $.paths\nthen: { field: "@key", function: pattern, functionOptions: { match: "^/[a-z-]+$" } }',
      ['/order_items: /order_items'],
    ],
    [
      'through a $ref, where it is written',
      'message: "{{value}}"\ngiven: $.paths[*][*].parameters[*].name\nthen: { function: casing, functionOptions: { type: camel } }',
      ['name: Limit'],
    ],
    [
      'a $ref is left where it is when it is not to be followed',
      'resolved: false\ngiven: $.paths[*][*].parameters[*].name\nthen: { function: casing, functionOptions: { type: camel } }',
      [],
    ],
    [
      'anywhere below',
      'message: x\ngiven: $..operationId\nthen: { function: casing, functionOptions: { type: camel } }',
      ['operationId: x'],
    ],
    [
      'a filter on the key',
      "message: x\ngiven: $.paths[*][?(@property === 'post')]\nthen: { field: responses, function: defined }",
      ['post: x'],
    ],
    [
      'a filter on a value',
      'message: x\ngiven: $.paths[*][?(@.operationId.match(/^list/))]\nthen: { field: tags, function: truthy }',
      ['get: x'],
    ],
    [
      'a filter through a $ref',
      "message: x\ngiven: $.paths[*][*].parameters[?(@.in == 'query' && @.schema.type == 'integer')]\nthen: { field: description, function: truthy }",
      ['Limit: x'],
    ],
    [
      'alphabetical',
      'message: "{{error}}"\ngiven: $.tags\nthen: { function: alphabetical, functionOptions: { keyedBy: name } }',
      ['tags: "a" must stand before "b"'],
    ],
    [
      'length and enumeration',
      'message: "{{error}}"\ngiven: $.info\nthen:\n  - { field: title, function: length, functionOptions: { max: 3 } }\n  - { field: version, function: enumeration, functionOptions: { values: [2.0.0] } }',
      ['title: it must not be longer than 3', 'version: "1.0.0" is none of 2.0.0'],
    ],
    [
      'xor',
      'message: "{{error}}"\ngiven: $.info\nthen: { function: xor, functionOptions: { properties: [title, version] } }',
      ['info: exactly one of title, version must be there'],
    ],
    [
      'typedEnum',
      'message: "{{error}}"\ngiven: $..schema\nthen: { function: typedEnum }',
      ['b: an enum value is not of the type integer'],
    ],
    [
      'schema',
      'message: "{{error}}"\ngiven: $.info\nthen: { function: schema, functionOptions: { allErrors: true, schema: { type: object, required: [contact], properties: { version: { pattern: ^2 } } } } }',
      ['info: `contact` is missing', 'version: it must match ^2'],
    ],
    [
      'schema of what is written behind a $ref',
      'message: x\ngiven: $.paths[*][*].parameters[*]\nthen: { function: schema, functionOptions: { schema: { required: [style] } } }',
      ['Limit: x'],
    ],
    [
      'a field of what has no fields is the value itself',
      'message: "{{value}}"\ngiven: $.paths[*].get.operationId\nthen: { field: name, function: pattern, functionOptions: { notMatch: list } }',
      ['operationId: listOrders'],
    ],
    [
      'a way that ends early is told where it ends',
      "message: x\ngiven: $.paths[*].get.responses\nthen: { field: '200.content', function: truthy }",
      ["'200': x"],
    ],
    ['formats of other versions', 'formats: [oas2]\ngiven: $\nthen: { field: host, function: truthy }', []],
    [
      'without a message',
      'summary: Each operation has tags.\ngiven: $.paths[*].get\nthen: { field: tags, function: truthy }',
      ['get: Each operation has tags: `tags`, it must be there and not be empty.'],
    ],
  ];
  for (const [name, rule, wanted] of cases)
    test(name, async () => assert.deepEqual(await told(rule), wanted));
});

describe('what is wrong with a declared rule is told at its line', () => {
  const rule = (text: string): string => `custom:\n  my-rule:\n    ${text.replaceAll('\n', '\n    ')}\n`;
  const sound = 'then: { function: truthy }';
  const cases: readonly (readonly [text: string, fault: RegExp])[] = [
    [rule('given: $'), /^2: A rule needs a `then`/],
    [rule(sound), /^2: A rule needs a `given`/],
    [rule(`given: paths\n${sound}`), /^3: This is not taken: a path starts with \$/],
    [rule(`given: $.paths[\n${sound}`), /^3: /],
    [rule(`given: $.a[?(process.exit())]\n${sound}`), /^3: This is not taken: "process" is not understood/],
    [rule(`given: $.a[(@.name)]\n${sound}`), /^3: This is not taken: computed names/],
    [
      rule('given: $\nthen: { function: truhty }'),
      /^4: There is no function `truhty`; perhaps `truthy` is meant/,
    ],
    [
      rule('given: $\nthen: { function: pattern, functionOptions: { match: "(a)\\\\1" } }'),
      /^4: .*backreference/,
    ],
    [rule('given: $\nthen: { function: casing }'), /^4: .*casing needs a `type`/],
    [rule('given: $\nthen: {}'), /^4: A `then` needs a `function`/],
    [
      rule(`given: $\n${sound}\nseverty: error`),
      /^5: The key `severty` is not known here; perhaps `severity`/,
    ],
    [
      'custom:\n  operation-id: { given: $, then: { function: truthy } }\n',
      /^2: `operation-id` is a rule already/,
    ],
    [
      'custom:\n  My Rule: { given: $, then: { function: truthy } }\n',
      /^2: The name of a rule is lower-case/,
    ],
  ];
  for (const [text, fault] of cases)
    test(JSON.stringify(text), async () => assert.match((await faults(text))[0] ?? '', fault));
});

test('a rule of the team can be given another severity, be ignored and be named in a comment', async () => {
  const config = `extends: []
custom:
  my-rule: { given: '$.paths[*][*]', then: { field: summary, function: truthy }, message: No summary. }
rules: { my-rule: error }
`;
  const [found] = await findings({ [own]: config }, spec);
  assert.equal(found?.severity, 'error');
  const disabled = spec.replace(
    '    get:',
    '    # servicewright-disable-next-line my-rule -- soon\n    get:',
  );
  assert.deepEqual(await findings({ [own]: config }, disabled), []);
});
