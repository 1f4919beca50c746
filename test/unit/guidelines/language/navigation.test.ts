import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { definitionAt } from '../../../../src/guidelines/language/definition';
import { linksIn } from '../../../../src/guidelines/language/links';
import { referencesAt } from '../../../../src/guidelines/language/references';
import { countsIn } from '../../../../src/guidelines/language/counts';
import { mark, marked, shown } from './helpers';

const shop: Readonly<Record<string, string>> = {
  'openapi.yaml': `openapi: 3.1.0
info: { title: Shop, version: '1' }
tags:
  - name: orders
security:
  - bearer: []
paths:
  /orders: { $ref: paths.yaml#/orders }
  /pets:
    get:
      operationId: getPet
      tags: [orders]
      responses:
        '200':
          description: A pet
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Pet' }
          links:
            next: { operationId: listOrders }
components:
  securitySchemes:
    bearer: { type: http, scheme: bearer }
  schemas:
    Pet:
      discriminator:
        propertyName: kind
        mapping:
          cat: Cat
          dog: '#/components/schemas/Dog'
      oneOf:
        - $ref: '#/components/schemas/Cat'
        - $ref: '#/components/schemas/Dog'
    Cat: { type: object }
    Dog: { type: object }
`,
  'paths.yaml': `orders:
  get:
    operationId: listOrders
    tags: [orders]
    security:
      - bearer: []
    responses:
      '200':
        description: Orders
        content:
          application/json:
            schema: { $ref: 'schemas.json#/Order' }
`,
  'schemas.json': `{
  "Order": {
    "type": "object",
    "properties": { "pet": { "$ref": "openapi.yaml#/components/schemas/Pet" }, "next": { "$ref": "#/Order" } }
  }
}
`,
};

/** The shop with the cursor in the first place of a part of a file's text, behind its first character. */
function at(path: string, part: string, inside = part): Readonly<Record<string, string>> {
  const text = shop[path] ?? '';
  const start = text.indexOf(part) + part.indexOf(inside) + 1;
  assert.ok(text.includes(part), part);
  return { ...shop, [path]: text.slice(0, start) + mark + text.slice(start) };
}

const all = ['openapi.yaml'];

describe('go to definition', () => {
  for (const [what, path, part, inside, wanted] of [
    ['a reference', 'openapi.yaml', "schema: { $ref: '#/comp", '#/comp', 'openapi.yaml:24:4 Pet'],
    ['a reference to another file', 'openapi.yaml', 'paths.yaml#/orders', 'paths', 'paths.yaml:0:0 orders'],
    ['a reference from YAML to JSON', 'paths.yaml', "'schemas.json", 'sch', 'schemas.json:1:2 "Order"'],
    ['a reference from JSON to YAML', 'schemas.json', '"openapi.yaml', 'open', 'openapi.yaml:24:4 Pet'],
    ['a reference within JSON', 'schemas.json', '"#/Order', '#/O', 'schemas.json:1:2 "Order"'],
    ['a tag', 'paths.yaml', 'tags: [orders', 'orders', 'openapi.yaml:3:10 orders'],
    ['a security scheme', 'paths.yaml', 'bearer: []', 'bearer', 'openapi.yaml:22:4 bearer'],
    [
      'the operation of a link',
      'openapi.yaml',
      'operationId: listOrders',
      'list',
      'paths.yaml:2:17 listOrders',
    ],
    ['a mapping by name', 'openapi.yaml', 'cat: Cat', 'Cat', 'openapi.yaml:33:4 Cat'],
    ['a mapping by reference', 'openapi.yaml', "dog: '#/comp", '#/comp', 'openapi.yaml:34:4 Dog'],
  ] as const)
    test(`of ${what}`, async () => {
      const { files, offset } = await marked(at(path, part, inside), all);
      const found = definitionAt(files.spec, offset);
      assert.deepEqual(found?.targets.map(shown), [wanted]);
    });

  test('is nothing where nothing is named, and where a reference leads nowhere', async () => {
    const { files, offset } = await marked(at('openapi.yaml', 'title: Shop', 'Shop'));
    assert.equal(definitionAt(files.spec, offset), undefined);
    const broken = await marked({
      ...shop,
      'openapi.yaml': `openapi: 3.1.0\ncomponents:\n  schemas:\n    A: { $ref: 'no${mark}.yaml' }\n`,
    });
    assert.equal(definitionAt(broken.files.spec, broken.offset), undefined);
  });
});

describe('find references', () => {
  const references = async (
    texts: Readonly<Record<string, string>>,
    withDefinition = false,
  ): Promise<readonly string[]> => {
    const { files, offset } = await marked(texts, all);
    return (referencesAt(files, offset, withDefinition) ?? []).map(shown).toSorted();
  };

  test('of a schema, from its definition and from a use, in all files', async () => {
    const wanted = [
      "openapi.yaml:17:30 '#/components/schemas/Pet'",
      'schemas.json:3:37 "openapi.yaml#/components/schemas/Pet"',
    ];
    assert.deepEqual(await references(at('openapi.yaml', '    Pet:\n', 'Pet')), wanted);
    assert.deepEqual(await references(at('schemas.json', '"openapi.yaml')), wanted);
    assert.deepEqual(
      await references(at('schemas.json', '"openapi.yaml'), true),
      ['openapi.yaml:24:4 Pet', ...wanted].toSorted(),
    );
  });

  test('of what a part holds, in JSON', async () => {
    assert.deepEqual(await references(at('schemas.json', '"Order"')), [
      "paths.yaml:11:28 'schemas.json#/Order'",
      'schemas.json:3:97 "#/Order"',
    ]);
  });

  test('of a mapped schema counts its name in the mapping', async () => {
    assert.deepEqual(await references(at('openapi.yaml', '    Cat:', 'Cat')), [
      'openapi.yaml:28:15 Cat',
      "openapi.yaml:31:16 '#/components/schemas/Cat'",
    ]);
  });

  test('of tags, security schemes and operations', async () => {
    assert.deepEqual(await references(at('openapi.yaml', 'name: orders', 'orders'), true), [
      'openapi.yaml:11:13 orders',
      'openapi.yaml:3:10 orders',
      'paths.yaml:3:11 orders',
    ]);
    assert.deepEqual(await references(at('paths.yaml', 'bearer: []')), [
      'openapi.yaml:5:4 bearer',
      'paths.yaml:5:8 bearer',
    ]);
    assert.deepEqual(await references(at('paths.yaml', 'listOrders')), ['openapi.yaml:19:33 listOrders']);
  });
});

test('above components stands how often each is referred to, here and elsewhere', async () => {
  const { files, project } = await marked(at('openapi.yaml', 'Shop'));
  const said = (one: typeof files): readonly string[] =>
    countsIn(one).map((count) => `${shown(count)} ${count.count}`);
  assert.deepEqual(said(files), [
    'openapi.yaml:22:4 bearer 2',
    'openapi.yaml:24:4 Pet 2',
    'openapi.yaml:33:4 Cat 2',
    'openapi.yaml:34:4 Dog 2',
  ]);
  const spec = project.find('/w/schemas.json')?.spec;
  assert.ok(spec);
  assert.deepEqual(said({ spec, around: project.specsAround('/w/schemas.json') }), [
    'schemas.json:1:2 "Order" 2',
  ]);
});

test('references to other files are links', async () => {
  const { files, project } = await marked(at('openapi.yaml', 'Shop'));
  const said = (spec: typeof files.spec): readonly string[] =>
    linksIn(spec).map(({ span, target }) => `${spec.source.slice(span.start, span.end)} → ${shown(target)}`);
  assert.deepEqual(said(files.spec), ['paths.yaml#/orders → paths.yaml:0:0 orders']);
  const spec = project.find('/w/schemas.json')?.spec;
  assert.ok(spec);
  assert.deepEqual(said(spec), ['openapi.yaml#/components/schemas/Pet → openapi.yaml:24:4 Pet']);
});
