import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { check, fixed, underlined } from '../helpers';

const schema = (text: string): string =>
  `components:\n  schemas:\n    A:\n${text.replaceAll(/^/gm, '      ')}\n`;

describe('unknown-field', () => {
  const id = 'unknown-field';

  test('fields of later versions, extensions and examples are left alone', () => {
    assert.deepEqual(
      underlined(
        id,
        'openapi: 3.0.3\nwebhooks: {}\nx-own: { anything: 1 }\ncomponents:\n  schemas:\n    A: { type: object, myKeyword: 1, example: { sumary: 1 } }\n  mediaTypes: {}\n',
      ),
      [],
    );
  });

  test('fields of the other family are told, without a guess', () => {
    const [finding] = check(id, "swagger: '2.0'\npaths:\n  /a:\n    post: { requestBody: {} }\n");
    assert.match(finding?.message ?? '', /Swagger 2\.0 has no field `requestBody`/);
    assert.equal(finding?.fix, undefined);
  });

  test('a slip is renamed in its own quotes, unless the right name is there already', () => {
    assert.match(fixed(id, 'paths:\n  /a:\n    "gte": { summary: x }\n'), /"get": /);
    assert.equal(check(id, 'paths:\n  /a:\n    get: { summary: x, sumary: y }\n')[0]?.fix, undefined);
  });

  test('in a schema only what looks like a slip is told', () => {
    assert.deepEqual(underlined(id, schema('type: string\nmaxLenght: 3\nid: x\nunit: kg')), ['maxLenght']);
  });

  test('properties and definitions may have any name', () => {
    assert.deepEqual(
      underlined(id, schema('type: object\nproperties: { sumary: { type: string }, typ: {} }')),
      [],
    );
  });
});

describe('required-field', () => {
  const id = 'required-field';

  test('a response gets the usual words for its code', () => {
    assert.match(
      fixed(id, "paths:\n  /a:\n    get:\n      responses:\n        '404':\n          content: {}\n"),
      /'404':\n {10}description: Not Found\n {10}content/,
    );
  });

  test('what is required depends on the version', () => {
    const bare = 'paths:\n  /a:\n    get:\n      summary: x\n';
    assert.deepEqual(underlined(id, `openapi: 3.0.3\n${bare}`), ['get']);
    assert.deepEqual(underlined(id, `openapi: 3.1.0\n${bare}`), []);
    const response = "paths:\n  /a:\n    get:\n      responses: { '200': { summary: x } }\n";
    assert.deepEqual(underlined(id, `openapi: 3.2.0\n${response}`), []);
    assert.equal(underlined(id, `openapi: 3.1.0\n${response}`).length, 1);
  });

  test('references have no fields of their own', () => {
    assert.deepEqual(
      underlined(
        id,
        "paths:\n  /a:\n    get:\n      parameters: [{ $ref: 'x.yaml', description: y, schema: {} }]\n      responses: { '200': { $ref: 'y.yaml' } }\n",
      ),
      [],
    );
  });
});

describe('enum-type', () => {
  const id = 'enum-type';

  test('whole numbers are numbers, null is allowed where it is said', () => {
    for (const text of [
      'type: number\nenum: [1, 2.5]',
      'type: integer\nenum: [1, 2.0]',
      "type: [string, 'null']\nenum: [a, null]",
      'type: string\nnullable: true\nenum: [a, null]',
      'enum: [a, 1, null]',
    ])
      assert.deepEqual(underlined(id, schema(text)), [], text);
    assert.deepEqual(underlined(id, schema('type: string\nenum: [a, null, 1, true, 2020-01-01]')), [
      'null',
      '1',
      'true',
    ]);
  });

  test('a value without quotes gets those of the format', () => {
    assert.match(fixed(id, schema('type: string\nenum: [1.10]')), /enum: \['1\.10'\]/);
  });
});

describe('enum-duplicates', () => {
  test('1 and "1" are two values', () => {
    assert.deepEqual(underlined('enum-duplicates', schema('enum: [1, "1", a, 1]')), ['1']);
    assert.match(fixed('enum-duplicates', schema('enum: [1, "1", a, 1]')), /enum: \[1, "1", a\]/);
  });
});

describe('array-items', () => {
  test('tuples, lists of types and compositions', () => {
    const id = 'array-items';
    assert.deepEqual(underlined(id, schema('type: [array, string]')), ['type']);
    for (const rest of ['prefixItems: []', 'items: {}', 'allOf: []', 'enum: [[1]]'])
      assert.deepEqual(underlined(id, schema(`type: array\n${rest}`)), [], rest);
  });
});

describe('required-defined', () => {
  const id = 'required-defined';

  test('says nothing where the property may come from elsewhere', () => {
    for (const rest of [
      "allOf: [{ $ref: '#/components/schemas/B' }]",
      'additionalProperties: true',
      'patternProperties: {}',
    ])
      assert.deepEqual(underlined(id, schema(`required: [b]\nproperties: { a: {} }\n${rest}`)), [], rest);
    assert.deepEqual(underlined(id, schema('anyOf:\n  - required: [b]\n    properties: { a: {} }')), []);
    assert.deepEqual(underlined(id, schema('required: [b]')), []);
    assert.deepEqual(
      underlined(id, schema('required: [b]\nproperties: { a: {} }\nadditionalProperties: false')),
      ['b'],
    );
  });
});

describe('property-casing', () => {
  const id = 'property-casing';
  const all = (...names: readonly string[]): string =>
    schema(`type: object\nproperties:\n${names.map((name) => `  "${name}": { type: string }`).join('\n')}`);

  test('an API that speaks camelCase goes on to do so', () => {
    assert.deepEqual(
      underlined(id, all('orderId', 'createdAt', 'unitPrice', 'lineTotal', 'shipTo', 'bill_to')),
      ['"bill_to"'],
    );
    assert.deepEqual(underlined(id, all('order_id', 'createdAt')), ['"createdAt"']);
  });

  test('names of other kinds are left alone', () => {
    assert.deepEqual(underlined(id, all('_links', '@type', 'x-note', 'foo.bar', 'größe', 'id')), []);
  });
});

describe('unsupported-keyword', () => {
  test('each version has its own', () => {
    const id = 'unsupported-keyword';
    assert.deepEqual(
      underlined(
        id,
        `openapi: 3.0.3\n${schema("type: [string, 'null']\nconst: a\nexclusiveMinimum: 1\nnullable: true")}`,
      ),
      ['type', 'const', 'exclusiveMinimum'],
    );
    assert.deepEqual(
      underlined(
        id,
        `openapi: 3.1.0\n${schema('type: [string]\nconst: a\nexclusiveMinimum: true\nnullable: true')}`,
      ),
      ['exclusiveMinimum', 'nullable'],
    );
    assert.deepEqual(
      underlined(id, "swagger: '2.0'\npaths: {}\ndefinitions:\n  A: { oneOf: [], x-nullable: true }\n"),
      ['oneOf'],
    );
  });
});

describe('duplicate-key', () => {
  test('is found in large and small objects, in examples, and in JSON', () => {
    const id = 'duplicate-key';
    const many = Array.from({ length: 40 }, (_, at) => `k${at}: 1`).join('\n        ');
    assert.deepEqual(underlined(id, schema(`example:\n  k7: 0\n  ${many.replaceAll('        ', '  ')}`)), [
      'k7',
    ]);
    assert.deepEqual(underlined(id, 'x-a: { a: 1, b: 2, a: 3 }\n'), ['a']);
    assert.deepEqual(underlined(id, 'x-a: { 1: a, "1": b }\n'), ['"1"']);
  });
});

describe('servers', () => {
  test('plain HTTP is fine on one’s own machine and in one’s own network', () => {
    const id = 'server-https';
    const server = (url: string): string => `servers:\n  - url: ${url}\n`;
    for (const url of [
      'http://localhost:8000',
      'http://127.0.0.1',
      'http://web:8000/api',
      'http://10.1.2.3',
      'http://api.local',
      '/v1',
      'http://[::1]:80',
    ])
      assert.deepEqual(underlined(id, server(url)), [], url);
    for (const url of ['http://api.example.com', 'http://{region}.example.com/v1'])
      assert.deepEqual(underlined(id, server(url)), ['http'], url);
    assert.match(
      fixed(id, server('http://api.example.com')),
      /url: https:\/\/api\.example\.com|'https:\/\/api\.example\.com'/,
    );
  });

  test('Swagger 2.0 has schemes and a base path', () => {
    const old = (rest: string): string => `swagger: '2.0'\npaths: {}\nhost: api.example.com\n${rest}`;
    assert.deepEqual(underlined('server-https', old('schemes: [https, http]\n')), ['http']);
    assert.deepEqual(
      underlined('server-https', old('schemes: [http]\n').replace('api.example.com', 'localhost:80')),
      [],
    );
    assert.deepEqual(underlined('server-trailing-slash', old('basePath: /v1/\n')), ['/']);
    assert.deepEqual(underlined('server-trailing-slash', old('basePath: /\n')), []);
  });
});

describe('tags-defined', () => {
  const id = 'tags-defined';
  const used = (tag: string): string => `paths:\n  /a:\n    get: { tags: [${tag}] }\n`;

  test('says nothing where no tag is declared', () => {
    assert.deepEqual(underlined(id, used('orders')), []);
  });

  test('renames a slip, declares a new one', () => {
    const tags = 'tags:\n  - name: orders\n';
    assert.match(fixed(id, tags + used('ordres')), /tags: \[orders\]/);
    assert.match(fixed(id, tags + used('baskets')), /- name: orders\n {2}- name: baskets\n/);
  });
});

describe('security-scheme-exists', () => {
  test('Swagger 2.0, and addresses since 3.2', () => {
    const id = 'security-scheme-exists';
    assert.deepEqual(
      underlined(
        id,
        "swagger: '2.0'\npaths: {}\nsecurity: [{ a: [] }, { b: [] }]\nsecurityDefinitions: { a: { type: basic } }\n",
      ),
      ['b'],
    );
    assert.deepEqual(
      underlined(id, "openapi: 3.2.0\nsecurity: [{ 'https://example.com/s.yaml#/a': [] }]\n"),
      [],
    );
  });
});

describe('paths', () => {
  test('the odd segment is underlined in any quotes, and with escapes the whole key', () => {
    const id = 'path-kebab-case';
    for (const key of ['/a/orderItems/{itemId}', "'/a/orderItems'", '"/a/orderItems"'])
      assert.deepEqual(underlined(id, `paths:\n  ${key}: {}\n`), ['orderItems']);
    assert.deepEqual(underlined(id, 'paths:\n  "/\\u00e9/orderItems": {}\n'), ['"/\\u00e9/orderItems"']);
    assert.match(
      fixed(id, 'paths:\n  "/a/orderItems/{itemId}": {}\n'),
      /"\/a\/order-items\/\{itemId\}": \{\}/,
    );
  });

  test('no fix makes two paths of one', () => {
    assert.equal(
      check('path-kebab-case', 'paths:\n  /orderItems: {}\n  /order-items: {}\n')[0]?.fix,
      undefined,
    );
    assert.equal(check('path-no-trailing-slash', 'paths:\n  /a/: {}\n  /a: {}\n')[0]?.fix, undefined);
  });

  test('the root is a path, two slashes are not', () => {
    const id = 'path-no-trailing-slash';
    assert.deepEqual(underlined(id, 'paths:\n  /: {}\n  /a//b: {}\n  /c/: {}\n'), ['//', '/']);
    assert.match(fixed(id, 'paths:\n  /a//b/: {}\n'), /\/a\/b: \{\}/);
  });

  test('nouns that begin as verbs do, and the two ways to name an action, are fine', () => {
    const id = 'path-no-verbs';
    for (const path of [
      '/gets',
      '/updates',
      '/creations',
      '/lists',
      '/posts',
      '/orders/{id}/actions/create',
      '/orders/{id}:delete',
      '/settings',
      '/get-started',
    ])
      assert.deepEqual(underlined(id, `paths:\n  ${path}: {}\n`), [], path);
    for (const [path, part] of [
      ['/getOrders', 'getOrders'],
      ['/orders/delete', 'delete'],
      ['/orders/{id}/update_state', 'update_state'],
    ] as const)
      assert.deepEqual(underlined(id, `paths:\n  ${path}: {}\n`), [part], path);
  });

  test('a query and a fragment are underlined to the end', () => {
    assert.deepEqual(underlined('path-no-query', 'paths:\n  "/a?b={c}": {}\n  "/a#b": {}\n'), [
      '?b={c}',
      '#b',
    ]);
  });
});
