import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { check, checkAll, fixed, read, underlined, whole } from '../helpers';

const messages = (id: string, text: string): readonly string[] => check(id, text).map((one) => one.message);

describe('field-type', () => {
  const id = 'field-type';

  test('says what must be there and what is there', () => {
    assert.deepEqual(
      messages(
        id,
        'tags: { name: a }\nservers: [one]\npaths:\n  /a:\n    get:\n      description:\n      deprecated: no way\n',
      ),
      [
        '`tags` must be a list, and this is a map.',
        'This must be a map, and this is a text.',
        '`description` is empty; it must be a text.',
        '`deprecated` must be true or false, and this is a text.',
      ],
    );
  });

  test('a number that was meant as text gets quotes; a number in quotes loses them', () => {
    assert.match(fixed(id, 'info:\n  title: 5\n  version: x\n'), /title: '5'/);
    const schema = 'components:\n  schemas:\n    A: { type: string, maxLength: "5", nullable: "true" }\n';
    assert.match(fixed(id, schema), /maxLength: 5,/);
  });

  test('schemas are maps, and since 3.1 true or false', () => {
    const text = 'components:\n  schemas:\n    A: true\n    B: { properties: { c: string } }\n';
    assert.deepEqual(underlined(id, `openapi: 3.1.0\n${text}`), ['c']);
    assert.deepEqual(underlined(id, `openapi: 3.0.3\n${text}`), ['A', 'c']);
  });

  test('examples, extensions and defaults may be anything', () => {
    assert.deepEqual(
      underlined(id, 'x-own: 1\ncomponents:\n  schemas:\n    A: { example: 1, default: [], x-tags: no }\n'),
      [],
    );
  });

  test('security lists scopes', () => {
    assert.deepEqual(underlined(id, 'security:\n  - key:\n'), ['key']);
  });
});

describe('field-value', () => {
  test('a usual other name for a type is known', () => {
    assert.match(fixed('field-value', 'components:\n  schemas:\n    A: { type: bool }\n'), /type: boolean/);
  });

  test('what is allowed depends on the version', () => {
    const text = 'components:\n  schemas:\n    A: { type: "null" }\n';
    assert.equal(messages('field-value', `openapi: 3.0.3\n${text}`).length, 1);
    assert.equal(messages('field-value', `openapi: 3.1.0\n${text}`).length, 0);
  });
});

describe('path-ambiguous', () => {
  const paths = (...all: readonly string[]): string =>
    `paths:\n${all.map((one) => `  ${one}: {}\n`).join('')}`;

  test('a more exact path goes first, so both are clear', () => {
    assert.deepEqual(underlined('path-ambiguous', paths('/a/{b}', '/a/c', '/{d}/{e}', '/x/y/z')), []);
    assert.deepEqual(underlined('path-ambiguous', paths('/a/{b}', '/{c}/d')), ['/{c}/d']);
  });
});

describe('formats beside OpenAPI', () => {
  test('AsyncAPI, Arazzo and Overlay are checked by their own outlines', () => {
    const told = (text: string): readonly string[] =>
      checkAll(text).map(({ rule, message }) => `${rule}: ${message}`);
    assert.deepEqual(
      told('asyncapi: 3.0.0\ninfo: { title: A, version: 1.0.0 }\nchannels:\n  a: { adress: x }\n').filter(
        (one) => one.startsWith('unknown-field'),
      ),
      [
        'unknown-field: AsyncAPI has no field `adress` in a channel, so tools ignore it. Did you mean `address`?',
      ],
    );
    assert.deepEqual(told('overlay: 1.0.0\ninfo: { title: A, version: 1.0.0 }\nactions: { target: $ }\n'), [
      'field-type: `actions` must be a list, and this is a map.',
    ]);
    assert.deepEqual(told('arazzo: 1.0.1\ninfo: { title: A, version: 1.0.0 }\nsourceDescriptions: []\n'), [
      'required-field: `workflows` is missing here, and the specification requires it.',
    ]);
    assert.equal(read('asyncapi: 2.6.0\n').version, 'asyncapi-2');
  });

  test('what is of OpenAPI alone is not asked of them', () => {
    const text =
      'asyncapi: 2.6.0\ninfo: { title: A, version: 1.0.0, description: B, contact: { name: C, url: https://c.test, email: a@c.test }, license: { name: D, url: https://c.test } }\nchannels: {}\n';
    assert.equal(whole(text), text);
    assert.deepEqual(checkAll(text), []);
  });
});

describe('items of parameters and headers in Swagger 2.0', () => {
  const inParameter = (items: string): string => `swagger: '2.0'
paths:
  /a:
    get:
      parameters:
        - { name: ids, in: query, type: array, items: ${items} }
`;
  const inHeader = (items: string): string => `swagger: '2.0'
responses:
  Found:
    description: Found
    headers:
      X-Ids: { type: array, items: ${items} }
`;
  for (const [where, text] of [
    ['a parameter', inParameter],
    ['a header', inHeader],
  ] as const)
    for (const [id, items, want] of [
      ['unknown-field', '{ type: string, formt: x }', 'formt'],
      ['field-type', '{ type: string, maxLength: long }', 'maxLength'],
      ['field-type', 'text', 'items'],
      ['field-value', '{ type: object }', 'object'],
      ['field-value', '{ type: array, items: { type: int } }', 'int'],
      ['field-value', '{ type: array, collectionFormat: multi, items: { type: string } }', 'multi'],
      ['array-items', '{ type: array }', 'type'],
      ['schema-default', '{ type: integer, default: many }', 'many'],
      ['enum-type', '{ type: string, enum: [a, 1.0] }', '1.0'],
      ['enum-duplicates', '{ type: string, enum: [a, b, a] }', 'a'],
    ] as const)
      test(`${id} looks at those of ${where}: ${items}`, () => {
        assert.deepEqual(underlined(id, text(items)), [want]);
      });

  test('have a type', () => {
    assert.deepEqual(
      check('required-field', inParameter('{ type: array, items: { format: x } }'))
        .map((one) => one.message)
        .filter((message) => message.includes('`type`')),
      ['`type` is missing here, and the specification requires it.'],
    );
  });

  test('those of a body are those of a schema', () => {
    const text = `swagger: '2.0'\ndefinitions:\n  A: { type: array, items: { type: object, properties: {} } }\n`;
    for (const id of ['unknown-field', 'field-value', 'required-field'])
      assert.deepEqual(
        check(id, text).filter((one) => one.path.includes('items')),
        [],
      );
  });
});
