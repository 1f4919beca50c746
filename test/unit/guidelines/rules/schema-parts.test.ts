import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { check, underlined } from '../helpers';

describe('required-defined', () => {
  const id = 'required-defined';
  const message = (parts: string): string => `components:
  schemas:
    Base: { type: object, required: [ref, to], properties: { ref: { type: string } } }
    Message: { allOf: [{ $ref: '#/components/schemas/Base' }${parts}] }
`;

  test('what a part requires may be defined beside it', () => {
    assert.deepEqual(underlined(id, message(', { properties: { to: { type: string } } }')), []);
    const behind = `${message(", { $ref: '#/components/schemas/More' }")}    More: { oneOf: [{ properties: { to: {} } }] }\n`;
    assert.deepEqual(underlined(id, behind), []);
  });

  test('what no whole defines is told', () => {
    assert.deepEqual(underlined(id, message('')), ['to']);
  });

  test('schemas that are parts of each other have an end', () => {
    const circle = `components:
  schemas:
    A: { type: object, required: [x], properties: { a: {} } }
    B: { allOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }] }
`;
    assert.deepEqual(underlined(id, circle), ['x']);
  });
});

describe('parameters and headers of Swagger 2.0 are schemas themselves', () => {
  const old = `swagger: '2.0'
paths:
  /a:
    get:
      parameters:
        - { name: x, in: query, type: integer, enum: [1, many, 1] }
      responses:
        '200': { description: x, headers: { X-Y: { type: string, enum: [a, 2, a] } } }
`;

  test('their enums are looked at', () => {
    assert.deepEqual(underlined('enum-type', old), ['many', '2']);
    assert.deepEqual(underlined('enum-duplicates', old), ['1', 'a']);
  });
});

describe('security-scopes-defined', () => {
  const text = (version: string): string => `openapi: ${version}
security:
  - key: [read]
  - login: [write]
components:
  securitySchemes:
    key: { type: apiKey, name: k, in: header }
    login: { type: oauth2, flows: { clientCredentials: { tokenUrl: https://a.test/t, scopes: { write: x } } } }
`;

  test('only OAuth 2 and OpenID Connect have scopes before OpenAPI 3.1', () => {
    assert.deepEqual(underlined('security-scopes-defined', text('3.0.3')), ['key']);
    assert.deepEqual(underlined('security-scopes-defined', text('3.1.0')), []);
    const [finding] = check('security-scopes-defined', text('3.0.3'));
    assert.match(finding?.message ?? '', /type `apiKey` knows no scopes/);
  });
});

describe('unused-component', () => {
  test('a schema at an address of the web uses nothing of this file', () => {
    const text = `paths:
  /a:
    get:
      responses:
        '200':
          description: x
          content: { application/json: { schema: { $ref: 'https://example.com/schema.json' } } }
components:
  schemas:
    Left: { type: object }
`;
    assert.deepEqual(underlined('unused-component', text), ['Left']);
    assert.deepEqual(underlined('unused-component', text.replace('https://example.com/', './')), []);
  });
});

describe('schema-type-keywords', () => {
  test('what generators write to every parameter is let alone', () => {
    const schema = 'components:\n  schemas:\n    A: { type: string, uniqueItems: true, minItems: 1 }\n';
    assert.deepEqual(underlined('schema-type-keywords', schema), ['minItems']);
  });
});

describe('path-method-order', () => {
  test('each step back is told', () => {
    const methods = ['delete', 'get', 'options', 'patch']
      .map((one) => `    ${one}: { summary: x }\n`)
      .join('');
    assert.deepEqual(underlined('path-method-order', `paths:\n  /a:\n${methods}`), ['get', 'patch']);
  });
});
