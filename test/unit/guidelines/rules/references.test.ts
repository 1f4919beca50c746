import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fixed, underlined } from '../helpers';

const use = (ref: string): string =>
  `paths:\n  /a:\n    get:\n      responses:\n        '200': { description: x, content: { application/json: { schema: { $ref: '${ref}' } } } }\n`;
const schemas =
  'components:\n  schemas:\n    Order: { type: object, properties: { id: { type: string } } }\n    a/b: { type: object }\n';

describe('unresolved-ref', () => {
  const id = 'unresolved-ref';

  test('references that lead somewhere are left alone, however they are written', () => {
    for (const ref of [
      '#/components/schemas/Order',
      '#/components/schemas/Order/properties/id',
      '#/components/schemas/a~1b',
      '#/components/schemas/%4Frder',
      '#',
    ])
      assert.deepEqual(underlined(id, use(ref) + schemas), [], ref);
  });

  test('other documents and names of anchors are not this rule’s', () => {
    for (const ref of ['other.yaml', 'other.yaml#/Order', 'https://example.com/x.json', '#order'])
      assert.deepEqual(underlined(id, use(ref) + schemas), [], ref);
  });

  test('what leads nowhere is underlined, and mended when it is a slip', () => {
    for (const ref of [
      '#/components/schemas/Oder',
      '#/component/schemas/Order',
      '#/components/schemas/Oder/properties/id',
    ]) {
      assert.deepEqual(underlined(id, use(ref) + schemas), [`'${ref}'`]);
      assert.match(fixed(id, use(ref) + schemas), /'#\/components\/schemas\/Order(?:\/properties\/id)?'/);
    }
    assert.deepEqual(underlined(id, use('#/definitions/Order') + schemas), ["'#/definitions/Order'"]);
  });

  test('a $ref in an example, or a property called so, is no reference', () => {
    assert.deepEqual(
      underlined(
        id,
        "components:\n  schemas:\n    A:\n      type: object\n      properties: { $ref: { type: string } }\n      example: { $ref: '#/nowhere' }\n",
      ),
      [],
    );
  });

  test('below an $id, references start elsewhere', () => {
    assert.deepEqual(
      underlined(
        id,
        "components:\n  schemas:\n    A:\n      $id: https://example.com/a\n      $defs: { b: { type: string } }\n      allOf: [{ $ref: '#/$defs/b' }]\n",
      ),
      [],
    );
  });
});

describe('unused-component', () => {
  const id = 'unused-component';

  test('what is used only by itself or by an example still counts as used', () => {
    const own =
      "components:\n  schemas:\n    A: { type: object, properties: { a: { $ref: '#/components/schemas/A' } } }\n";
    assert.deepEqual(underlined(id, use('#/components/schemas/A') + own), []);
  });

  test('all sections are looked at, and security schemes are used by their names', () => {
    const text = `${use('#/components/schemas/A')}      security: [{ used: [] }]\ncomponents:\n  schemas: { A: { type: object } }\n  responses: { Gone: { description: x } }\n  parameters: { P: { name: p, in: query } }\n  securitySchemes:\n    used: { type: http, scheme: bearer }\n    unused: { type: http, scheme: basic }\n  x-notes: { N: 1 }\n`;
    assert.deepEqual(underlined(id, text), ['Gone', 'P', 'unused']);
  });

  test('schemas that a discriminator names are used', () => {
    const text = `${use('#/components/schemas/Pet')}components:\n  schemas:\n    Pet:\n      type: object\n      discriminator: { propertyName: kind, mapping: { dog: '#/components/schemas/Dog', bird: Bird } }\n    Dog: { type: object }\n    Bird: { type: object }\n    Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }] }\n    Fish: { type: object }\n`;
    assert.deepEqual(underlined(id, text), ['Fish']);
  });

  test('nothing is told of a library without operations, or of one file among several', () => {
    const library = 'components:\n  schemas:\n    A: { type: object }\n';
    assert.deepEqual(underlined(id, library), []);
    assert.deepEqual(underlined(id, use('other.yaml#/B') + library), []);
  });

  test('Swagger 2.0 has its own places', () => {
    const text =
      "swagger: '2.0'\npaths:\n  /a:\n    get:\n      responses: { '200': { description: x, schema: { $ref: '#/definitions/A' } } }\ndefinitions:\n  A: { type: object }\n  B: { type: object }\nresponses:\n  R: { description: x }\n";
    assert.deepEqual(underlined(id, text), ['B', 'R']);
  });
});

describe('ref-siblings', () => {
  const id = 'ref-siblings';
  const property = (siblings: string): string =>
    `components:\n  schemas:\n    B: { type: string }\n    A: { type: object, properties: { b: { $ref: '#/components/schemas/B', ${siblings} } } }\n`;

  test('a constraint is told before 3.1 and not since', () => {
    assert.deepEqual(underlined(id, `openapi: 3.0.3\n${property('nullable: true')}`), ['nullable']);
    assert.deepEqual(underlined(id, `openapi: 3.1.0\n${property('maxLength: 3')}`), []);
  });

  test('words beside a reference do no harm', () => {
    assert.deepEqual(underlined(id, `openapi: 3.0.3\n${property('description: x, x-note: y')}`), []);
  });
});
