import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findings, problemsOf } from '../config/helpers';
import { whole } from '../helpers';

const configured = (rule: string): Readonly<Record<string, string>> => ({
  '/w/redocly.yaml': `rules:\n  rule/mine:\n    ${rule.replaceAll('\n', '\n    ')}\n`,
});
const spec = whole(`tags: [{ name: b }, { name: A }]
x-owner: { team: [z, y] }
paths:
  /orders:
    description: All of them.
    get:
      operationId: list_orders
      tags: [orders, Admin]
      responses: { '200': { $ref: '#/components/responses/Orders' } }
    post:
      summary: Order.
      operationId: createOrder
      deprecated: true
      responses: { '201': { description: ok } }
components:
  responses:
    Orders:
      description: Orders.
      content:
        application/json: { schema: { $ref: '#/components/schemas/Order' } }
  schemas:
    Order: { type: object, required: [id], properties: { id: { type: string }, Next: { $ref: '#/components/schemas/Order' } } }
    Size: { type: string, enum: [S, M], minLength: 1 }
`);

/** Where a rule has something to say, and what. */
async function told(rule: string, text = spec): Promise<readonly string[]> {
  const found = await findings(configured(rule), text);
  return found.map(({ path, severity, message }) => `/${path.join('/')} ${severity}: ${message}`);
}

/** Where a rule has something to say. */
async function places(rule: string): Promise<readonly string[]> {
  return (await findings(configured(rule), spec)).map(({ path }) => `/${path.join('/')}`);
}

// What is expected was told by @redocly/cli 2.77.0; what is missing it tells at the place where it would be, we at the object.
const operations = '/paths//orders';
const cases: Readonly<Record<string, readonly (readonly [rule: string, wanted: readonly string[]])[]>> = {
  'of properties': [
    ['subject: { type: Operation, property: summary }\nassertions: { defined: true }', [`${operations}/get`]],
    [
      'subject: { type: Operation, property: summary }\nassertions: { defined: false }',
      [`${operations}/post/summary`],
    ],
    [
      'subject: { type: PathItem, property: [summary, description] }\nassertions: { nonEmpty: true }',
      [operations],
    ],
    [
      'subject: { type: Operation, property: operationId }\nassertions: { casing: camelCase }',
      [`${operations}/get/operationId`],
    ],
    [
      'subject: { type: Operation, property: summary }\nassertions: { pattern: "/[^.]$/" }',
      [`${operations}/post/summary`],
    ],
    ['subject: { type: Operation, property: summary }\nassertions: { notPattern: "^order/i" }', []],
    [
      'subject: { type: Operation, property: tags }\nassertions: { pattern: "^[a-z]" }',
      [`${operations}/get/tags`],
    ],
    [
      'subject: { type: Operation, property: tags }\nassertions: { enum: [orders] }',
      [`${operations}/get/tags/1`],
    ],
    [
      'subject: { type: Operation, property: tags }\nassertions: { sortOrder: desc, maxLength: 1 }',
      [`${operations}/get/tags`],
    ],
    [
      'subject: { type: Operation, property: tags }\nassertions: { sortOrder: asc }',
      [`${operations}/get/tags`],
    ],
    ['subject: { type: Operation, property: tags }\nassertions: { contains: [orders] }', []],
    [
      'subject: { type: Operation, property: tags }\nassertions: { contains: [other] }',
      [`${operations}/get/tags`],
    ],
    [
      'subject: { type: Root, property: tags }\nassertions: { sortOrder: { direction: asc, property: name } }',
      ['/tags'],
    ],
    [
      'subject: { type: Root, property: tags }\nassertions: { sortOrder: { direction: desc, property: name } }',
      [],
    ],
    ['subject: { type: Root, property: tags }\nassertions: { sortOrder: asc }', ['/tags']],
    ['subject: { type: Info, property: version }\nassertions: { enum: [2.0.0, 3.0.0] }', ['/info/version']],
    ['subject: { type: Info, property: title }\nassertions: { minLength: 20 }', ['/info/title']],
    [
      'subject: { type: Operation, property: deprecated }\nassertions: { const: "true" }',
      [`${operations}/post/deprecated`],
    ],
    ['subject: { type: Operation, property: deprecated }\nassertions: { const: true }', []],
    ['subject: { type: Schema, property: minLength }\nassertions: { pattern: ^1, enum: [1] }', []],
    [
      'subject: { type: Schema, property: minLength }\nassertions: { maxLength: 9 }',
      ['/components/schemas/Size/minLength'],
    ],
    ['subject: { type: Schema, property: properties }\nassertions: { pattern: ^q, enum: [q] }', []],
    ['subject: { type: MediaType, property: schema }\nassertions: { ref: true }', []],
    [
      'subject: { type: SchemaProperties, property: [id, Next] }\nassertions: { ref: false }',
      ['/components/schemas/Order/properties/Next'],
    ],
    [
      'subject: { type: SchemaProperties, property: Next }\nassertions: { ref: Other$ }',
      ['/components/schemas/Order/properties/Next'],
    ],
    [
      'subject: { type: Info, property: title }\nassertions: { schema: { type: string, maxLength: 1 } }',
      ['/info/title'],
    ],
  ],
  'of keys': [
    ['subject: { type: Operation }\nassertions: { required: [summary, responses] }', [`${operations}/get`]],
    ['subject: { type: Operation }\nassertions: { disallowed: [summary] }', [`${operations}/post/summary`]],
    ['subject: { type: PathItem }\nassertions: { mutuallyExclusive: [get, post] }', [operations]],
    [
      'subject: { type: Operation }\nassertions: { mutuallyRequired: [summary, tags] }',
      [`${operations}/get`, `${operations}/post`],
    ],
    ['subject: { type: Operation }\nassertions: { requireAny: [tags, x-a] }', [`${operations}/post`]],
    ['subject: { type: Paths }\nassertions: { pattern: ^/v1 }', [operations]],
    [
      'subject: { type: SchemaProperties }\nassertions: { casing: camelCase }',
      ['/components/schemas/Order/properties/Next'],
    ],
    [
      'subject: { type: NamedSchemas }\nassertions: { casing: flatcase }',
      ['/components/schemas/Order', '/components/schemas/Size'],
    ],
    [
      'subject: { type: MediaTypesMap }\nassertions: { enum: [application/xml] }',
      ['/components/responses/Orders/content/application/json'],
    ],
    ['subject: { type: TagList }\nassertions: { minLength: 3 }', ['/tags']],
    [
      'subject: { type: Responses }\nassertions: { maxLength: 0 }',
      [`${operations}/get/responses`, `${operations}/post/responses`],
    ],
    [
      'subject: { type: Schema }\nassertions: { ref: true }',
      ['/components/schemas/Order/properties/id', '/components/schemas/Size'],
    ],
    ['subject: { type: SpecExtension }\nassertions: { required: [email] }', ['/x-owner']],
  ],
  'of what is chosen by its key, and of anything': [
    [
      'subject: { type: Operation, filterInParentKeys: [post] }\nassertions: { required: [x-a] }',
      [`${operations}/post`],
    ],
    [
      'subject: { type: Operation, filterOutParentKeys: [post] }\nassertions: { required: [x-a] }',
      [`${operations}/get`],
    ],
    [
      'subject: { type: Operation, matchParentKeys: /^p/ }\nassertions: { required: [x-a] }',
      [`${operations}/post`],
    ],
    [
      'subject: { type: Schema, filterInParentKeys: [schema] }\nassertions: { required: [x-a] }',
      ['/components/schemas/Order'],
    ],
    [
      'subject: { type: any, property: description }\nassertions: { minLength: 3 }',
      [`${operations}/post/responses/201/description`],
    ],
    ['subject: Info\nassertions: { required: [x-a] }', ['/info']],
    ['subject: { type: Root, property: null }\nassertions: { required: [security] }', ['/']],
  ],
  'below what `where` names': [
    [
      'subject: { type: MediaType }\nwhere:\n  - subject: { type: Operation, filterInParentKeys: [get] }\n    assertions: { required: [tags] }\nassertions: { required: [example] }',
      ['/components/responses/Orders/content/application/json'],
    ],
    [
      'subject: { type: MediaType }\nwhere:\n  - subject: { type: Operation, property: deprecated }\n    assertions: { const: true, defined: true }\nassertions: { required: [example] }',
      [],
    ],
    [
      'subject: { type: Operation }\nwhere:\n  - subject: { type: PathItem, matchParentKeys: order }\n    assertions: {}\n  - subject: { type: Operation, property: deprecated }\n    assertions: { defined: true }\nassertions: { required: [x-sunset] }',
      [`${operations}/post`],
    ],
    [
      'subject: { type: Schema }\nwhere:\n  - subject: { type: Schema }\n    assertions: { required: [enum] }\nassertions: { required: [default] }',
      ['/components/schemas/Size'],
    ],
    [
      'subject: { type: Schema }\nwhere:\n  - subject: { type: SchemaProperties }\n    assertions: {}\nassertions: { required: [x-a] }',
      ['/components/schemas/Order', '/components/schemas/Order/properties/id'],
    ],
  ],
};

for (const [what, all] of Object.entries(cases))
  describe(`assertions of redocly.yaml ${what}`, () => {
    for (const [rule, wanted] of all)
      test(rule, async () => assert.deepEqual([...(await places(rule))].toSorted(), wanted.toSorted()));
  });

describe('what assertions of redocly.yaml say', () => {
  test('all that is wrong in one place, once', async () => {
    const rule =
      'subject: { type: Info, property: title }\nassertions: { minLength: 90, casing: kebab-case }';
    const [one, ...more] = await told(`${rule}\nseverity: warn`);
    assert.match(
      one ?? '',
      /^\/info\/title warning: rule\/mine: `title` must not be shorter than 90; must be in kebab-case, which "Orders" is not\.$/,
    );
    assert.deepEqual(more, []);
  });

  test('the words of the team, with its placeholders and suggestions', async () => {
    const message = '{{assertionName}} {{nodeType}} {{property}} {{key}} {{pointer}}: {{problems}} {{other}}';
    const rule = `subject: { type: Operation, property: summary }\nassertions: { defined: true }\nmessage: "${message}"\nsuggest: [Do, Undo]`;
    assert.deepEqual(await told(rule), [
      `${operations}/get error: rule/mine Operation summary get #/paths/~1orders/get: must be there {{other}} Suggestions: Do, Undo.`,
    ]);
  });

  test('something of OpenAPI only, and of what Swagger calls otherwise', async () => {
    const rule = 'subject: { type: ParameterItems }\nassertions: { required: [format] }';
    const old =
      'swagger: "2.0"\ninfo: { title: A, version: 1.0.0 }\npaths:\n  /a:\n    get:\n      parameters: [{ name: a, in: query, type: array, items: { type: string } }]\n      responses: { "200": { description: ok } }\n';
    assert.deepEqual((await told(rule, old)).length, 1);
    assert.deepEqual(await told(rule), []);
    assert.deepEqual(
      await told(
        'subject: { type: Root }\nassertions: { required: [a] }',
        'asyncapi: 3.0.0\ninfo: { title: A, version: 1.0.0 }\n',
      ),
      [],
    );
  });

  test('what comes first of several numbers is what JavaScript has first, and a text has as many keys as characters', async () => {
    const text = whole(`x-code: abc
paths:
  /a:
    get:
      responses:
        '201': { description: ok, content: { a/b: { schema: { $ref: '#/components/schemas/A' } } } }
        '200': { description: ok, content: { c/d: { schema: { $ref: '#/components/schemas/A' } } } }
components: { schemas: { A: { type: object } } }
`);
    const rule = 'subject: { type: Schema }\nassertions: { required: [x] }\nmessage: "{{key}}"';
    assert.deepEqual(await told(rule, text), ['/components/schemas/A error: schema']);
    const first = 'subject: { type: Schema }\nassertions: { ref: false }';
    assert.deepEqual(await told(first, text), [
      '/paths//a/get/responses/200/content/c/d/schema error: rule/mine: Schema must not be a $ref.',
    ]);
    const sizes = 'subject: { type: SpecExtension }\nassertions: { maxLength: 2 }';
    assert.equal((await told(sizes, text)).length, 1);
  });

  test('through aliases, merges and references in a circle', async () => {
    const rule = 'subject: { type: Schema, property: description }\nassertions: { defined: true }';
    const text = whole(`components:
  schemas:
    A: &a { type: object, description: a, properties: { b: { $ref: '#/components/schemas/B' } } }
    B: { <<: *a, title: B }
    C: { $ref: '#/components/schemas/D' }
    D: { $ref: '#/components/schemas/C' }
    E: { $ref: '#/components/schemas/Gone' }
    F: *a
    G: 7
`);
    assert.deepEqual(await told(rule, text), []);
    const keys = 'subject: { type: Schema }\nassertions: { disallowed: [description] }';
    assert.equal((await told(keys, text)).length, 1);
  });
});

describe('what is wrong with an assertion of redocly.yaml', () => {
  const wrong: readonly (readonly [rule: string, said: RegExp])[] = [
    [
      'subject: { type: Nothing }\nassertions: { defined: true }',
      /The subject `Nothing` is not understood, so this rule is not checked\./,
    ],
    [
      'subject: { type: Info }\nassertions: { mine/check: true }',
      /The assertion `mine\/check` is not run here/,
    ],
    [
      'subject: { type: Info }\nwhere: [{ subject: { type: No }, assertions: {} }]\nassertions: { defined: true }',
      /The subject `No` is not understood/,
    ],
    [
      'subject: { type: any }\nwhere: [{ subject: { type: Info }, assertions: {} }]\nassertions: { defined: true }',
      /`where` can't be used with the type `any`/,
    ],
    ['subject: { type: Info, property: a }\nassertions: { pattern: "(a" }', /`pattern` is not taken/],
    [
      'subject: { type: Info, matchParentKeys: "(a" }\nassertions: { defined: true }',
      /`matchParentKeys` is not taken/,
    ],
    [
      'subject: { type: Info, property: a }\nassertions: { casing: upper }',
      /`casing` is not taken \(casings are camelCase/,
    ],
    [
      'subject: { type: Info, property: a }\nassertions: { minLength: few }',
      /`minLength` is not taken \(a number is needed\)/,
    ],
    [
      'subject: { type: Info, property: a }\nassertions: { enum: few }',
      /`enum` is not taken \(a list is needed\)/,
    ],
    [
      'subject: { type: Info, property: a }\nassertions: { required: [b] }',
      /`required` asks for keys: it can have no `property`, so this rule is not checked/,
    ],
    [
      'subject: { type: Info }\nassertions: { nonEmpty: true }',
      /`nonEmpty` asks for values: name a `property`/,
    ],
  ];
  for (const [rule, said] of wrong)
    test(rule, async () => {
      assert.match((await problemsOf(configured(rule))).join(), said);
      assert.deepEqual(
        (await told(rule)).filter((one) => one.includes('rule/mine')),
        [],
      );
    });

  test('an assertion that is not known leaves the others', async () => {
    const rule = 'subject: { type: Info }\nassertions: { mine/check: true, required: [x-a] }';
    assert.equal((await told(rule)).filter((one) => one.includes('rule/mine')).length, 1);
  });
});
