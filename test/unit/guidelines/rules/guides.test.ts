import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isMoment } from '../../../../src/guidelines/moments';
import { isPlural, namesOf, pluralOf } from '../../../../src/guidelines/resources';
import { check, checkAll, fixed, ruleOf, underlined, whole } from '../helpers';

const operation = (path: string, method: string, rest: string): string =>
  `paths:\n  ${path}:\n    ${method}:\n${rest.replaceAll(/^/gm, '      ')}\n`;

const properties = (...lines: readonly string[]): string =>
  `components:\n  schemas:\n    Thing:\n      type: object\n      properties:\n${lines.map((line) => `        ${line}\n`).join('')}`;

describe('words of paths', () => {
  test('plurals, and words that have none, stand for many', () => {
    for (const many of [
      'orders',
      'people',
      'statuses',
      'metrics',
      'apis',
      'emojis',
      'metadata',
      'codes_of_conduct',
      'order-lines',
      'series',
      'v2',
    ])
      assert.equal(isPlural(many), true, many);
    for (const one of ['order', 'status', 'address', 'analysis', 'person', 'orderLine', 'class'])
      assert.equal(isPlural(one), false, one);
  });

  test('a plural is proposed as it is written', () => {
    assert.deepEqual(['category', 'box', 'day', 'person', 'child', 'order'].map(pluralOf), [
      'categories',
      'boxes',
      'days',
      'people',
      'children',
      'orders',
    ]);
  });

  test('one parameter behind a name is an item; two, or the rest of a path, are not', () => {
    const withItems = (path: string): readonly string[] =>
      namesOf(path).flatMap(({ text, hasItem }) => (hasItem ? [text] : []));
    assert.deepEqual(withItems('/user/{id}/order/{order}'), ['user', 'order']);
    assert.deepEqual(withItems('/board/{row}/{column}'), []);
    assert.deepEqual(withItems('/proxy/{path}'), []);
  });
});

test('a name of a moment ends in what makes it one', () => {
  for (const name of ['created_at', 'updatedAt', 'birthDate', 'update_time', 'expiration_date', 'timestamp'])
    assert.equal(isMoment(name), true, name);
  for (const name of ['look_at', 'format', 'processing_time', 'update', 'candidate', 'created_by'])
    assert.equal(isMoment(name), false, name);
});

describe('path-plural', () => {
  test('underlines the segment, and leaves parameters and singletons alone', () => {
    assert.deepEqual(underlined('path-plural', 'paths:\n  /shop/{id}/basket/{line}: {}\n'), ['shop']);
    assert.deepEqual(underlined('path-plural', 'paths:\n  /me/settings: {}\n  /shops/{id}/owner: {}\n'), []);
  });
});

describe('path-param-consistent', () => {
  test('says nothing when two names are used alike often', () => {
    assert.deepEqual(
      underlined('path-param-consistent', 'paths:\n  /users/{id}: {}\n  /users/{user_id}/orders: {}\n'),
      [],
    );
    const three = 'paths:\n  /users/{id}: {}\n  /users/{user_id}/orders: {}\n  /users/{user_id}/lines: {}\n';
    assert.deepEqual(underlined('path-param-consistent', three), ['id']);
  });
});

describe('rules about types', () => {
  test('see types that are listed, and Swagger 2.0’s parameters', () => {
    const listed =
      "components:\n  schemas:\n    A: { type: [string, 'null'] }\n    B: { type: [array, object], items: { type: boolean } }\n";
    assert.equal(check('string-limit', listed).length, 1);
    assert.equal(check('array-limit', listed).length, 1);
    const old =
      "swagger: '2.0'\npaths:\n  /a:\n    get:\n      parameters:\n        - { name: q, in: query, type: string }\n";
    assert.deepEqual(underlined('string-limit', old), ['type']);
    assert.deepEqual(check('string-limit', old.replace('type: string', 'type: string, maxLength: 9')), []);
  });

  test('nullable is told as each version tells it', () => {
    const old = 'openapi: 3.0.3\ncomponents:\n  schemas:\n    A: { type: boolean, nullable: true }\n';
    assert.deepEqual(underlined('boolean-not-null', old), ['nullable']);
    assert.deepEqual(underlined('boolean-not-null', old.replace('true', 'false')), []);
  });
});

describe('rules about errors', () => {
  const errors = (schema: string): string =>
    operation(
      '/a',
      'get',
      `responses:\n  '400':\n    content:\n      application/json:\n        schema: ${schema}`,
    );

  test('look into `error`, and into each of `errors`', () => {
    assert.equal(check('error-code', errors('{ properties: { message: {} } }')).length, 1);
    assert.deepEqual(
      check('error-code', errors('{ properties: { error: { properties: { code: {}, message: {} } } } }')),
      [],
    );
    assert.deepEqual(
      check(
        'error-message',
        errors(
          '{ properties: { errors: { type: array, items: { properties: { code: {}, detail: {} } } } } }',
        ),
      ),
      [],
    );
  });

  test('say nothing of a schema that may hold more, and of what OAuth prescribes', () => {
    assert.deepEqual(check('error-code', errors('{ properties: { message: {} }, oneOf: [{}] }')), []);
    assert.deepEqual(
      check('error-documentation', errors('{ properties: { error: {}, error_description: {} } }')),
      [],
    );
  });

  test('tell a shared schema once', () => {
    const uses = ['400', '404', '409']
      .map((code) => `        '${code}': { $ref: '#/components/responses/E' }\n`)
      .join('');
    const text = `paths:\n  /a:\n    get:\n      responses:\n${uses}components:\n  responses:\n    E: { content: { application/json: { schema: { properties: { text: {} } } } } }\n`;
    assert.equal(check('error-code', text).length, 1);
  });
});

describe('rules about who may call', () => {
  const secured = (path: string, security: string): string =>
    `security: [{ token: [] }]\n${operation(path, 'post', `security: ${security}\nresponses: {}`)}`;

  test('an alternative without credentials is open; a login is meant to be', () => {
    assert.deepEqual(underlined('write-secured', secured('/orders', '[{}, { token: [] }]')), ['security']);
    assert.deepEqual(underlined('write-secured', secured('/orders', '[{ token: [] }]')), []);
    assert.deepEqual(underlined('write-secured', secured('/login', '[]')), []);
  });

  test('an API that names no credentials anywhere is told so once', () => {
    const text = 'paths:\n  /a:\n    post: { responses: {} }\n  /b:\n    post: { responses: {} }\n';
    assert.deepEqual(underlined('security-declared', text), ['paths']);
    assert.deepEqual(underlined('write-secured', text), []);
    assert.deepEqual(underlined('security-declared', `security: []\n${text}`), []);
  });
});

describe('lists', () => {
  const list = (name: string, more = ''): string =>
    operation(
      '/orders',
      'get',
      `responses:\n  '200':\n    content:\n      application/json:\n        schema:\n          properties:\n            ${name}: { type: array }\n${more}`,
    );

  test('stand under a usual name, or under that of the collection', () => {
    assert.equal(check('pagination-next', list('data')).length, 1);
    assert.equal(check('pagination-next', list('orders')).length, 1);
    assert.deepEqual(check('pagination-next', list('warnings')), []);
    assert.deepEqual(check('pagination-next', list('data', '            has_more: { type: boolean }')), []);
  });
});

describe('fixes', () => {
  test('a format comes behind the type, in the style of the text', () => {
    assert.match(
      fixed('email-format', properties('email:', '  type: string')),
      /type: string\n {10}format: email\n/,
    );
    assert.match(
      fixed('link-format-uri', properties('url: { type: string }')),
      /\{ type: string, format: uri \}/,
    );
    assert.match(
      fixed(
        'id-uuid',
        '{ "components": { "schemas": { "A": { "properties": { "id": { "type": "string" } } } } } }'
          .replace(/^\{ /, '')
          .replace(/ \}$/, ''),
      ),
      /"format": "uuid"/,
    );
  });

  test('a 401 comes behind the codes before it', () => {
    const text = operation(
      '/a',
      'get',
      "security: [{ token: [] }]\nresponses:\n  '200': { description: All }\n  '404': { description: None }",
    );
    assert.match(fixed('unauthorized-response', text), /'200': .*\n *'401':\n.*\n *'404':/);
  });
});

test('what a rule asks of the names is asked of each property once, whatever the order of its keys', () => {
  const text = properties(
    'country_code: { type: string }',
    'colour: { type: string }',
    'num_items: { type: integer }',
    'created_at: { type: integer }',
  );
  for (const [id, name] of [
    ['country-code', 'country_code'],
    ['us-english', 'colour'],
    ['count-suffix', 'num_items'],
    ['no-epoch-time', 'created_at'],
  ] as const)
    assert.deepEqual(underlined(id, text), [name]);
});

describe('options', () => {
  const withOption = (id: string, text: string, options: Readonly<Record<string, unknown>>): number =>
    checkAll(whole(text), { rules: [ruleOf(id)], options: { [id]: options } }).length;

  test('a limit, a way of writing and exceptions can be set', () => {
    const deep = 'paths:\n  /a/{a}/b/{b}/c/{c}: {}\n';
    assert.deepEqual(
      [{}, { most: 2 }].map((set) => withOption('path-nesting', deep, set)),
      [0, 1],
    );
    assert.deepEqual(
      [{}, { most: 2 }].map((set) => withOption('resource-count', deep, set)),
      [0, 1],
    );
    const query =
      'components:\n  parameters:\n    A: { name: startDate, in: query, schema: { type: string } }\n';
    assert.deepEqual(
      [{}, { casing: 'camelCase' }].map((set) => withOption('query-snake-case', query, set)),
      [1, 0],
    );
    const herd = 'paths:\n  /sheep/{id}: {}\n';
    assert.deepEqual(
      [{}, { also: ['sheep'] }].map((set) => withOption('path-plural', herd, set)),
      [1, 0],
    );
    const header =
      'components:\n  parameters:\n    A: { name: X-Shop, in: header, schema: { type: string } }\n';
    assert.deepEqual(
      [{}, { allowed: ['X-Shop'] }].map((set) => withOption('proprietary-headers', header, set)),
      [1, 0],
    );
  });
});
