import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { misfitsOf } from '../../../src/guidelines/json-schema/check';
import { hasFormat, hasPattern } from '../../../src/guidelines/json-schema/strings';
import { read, whole } from './helpers';

/** What does not fit when `value` is checked against the schema A. */
function misfits(schema: string, value: string, version = '3.1.0'): readonly string[] {
  const text = whole(
    `openapi: ${version}\ncomponents:\n  schemas:\n    A: ${schema}\n    B: { type: object, required: [kind], properties: { kind: { const: b } } }\n    C: { type: object, required: [kind, size], properties: { kind: { const: c }, size: { type: integer } } }\nx-value: ${value}\n`,
  );
  const spec = read(text);
  const [node, at] = [spec.resolve('#/x-value'), spec.resolve('#/components/schemas/A')];
  if (node === undefined || at === undefined) throw new Error(text);
  return misfitsOf(node, at, spec).map((one) => one.message);
}

const ref = (name: string): string => `{ $ref: '#/components/schemas/${name}' }`;

describe('values against schemas', () => {
  const rows: readonly (readonly [string, string, readonly RegExp[]])[] = [
    ['{ type: integer }', '1.0', []],
    ['{ type: integer }', '1.5', [/must be a whole number/]],
    ['{ type: string }', '12', [/without quotes/]],
    ['{ type: [string, "null"] }', 'null', []],
    ['{ enum: [a, b] }', 'c', [/must be a or b/]],
    ['{ const: { x: [1] } }', '{ x: [1] }', []],
    ['{ required: [a], properties: { a: { readOnly: true } } }', '{}', []],
    ['{ required: [a] }', '{}', [/lacks `a`/]],
    ['{ additionalProperties: false, properties: { size: {} } }', '{ sise: 1 }', [/did you mean `size`/]],
    ['{ additionalProperties: { type: integer } }', '{ a: x }', [/must be a whole number/]],
    ['{ patternProperties: { "^x": { type: integer } } }', '{ xa: x, b: y }', [/must be a whole number/]],
    ['{ items: { type: integer }, maxItems: 1 }', '[1, 2]', [/at most 1 items, and has 2/]],
    ['{ prefixItems: [{ type: integer }], items: { type: string } }', '[1, 2]', [/must be a text/]],
    ['{ uniqueItems: true }', '[{ a: 1 }, { a: 1 }]', [/stands in the list already/]],
    ['{ minimum: 3, exclusiveMaximum: 5 }', '5', [/less than 5/]],
    ['{ multipleOf: 0.1 }', '0.3', []],
    ['{ minLength: 2 }', '"𝄞"', [/at least 2 characters, and has 1/]],
    ['{ format: date-time }', '2024-01-01', [/format `date-time`/]],
    [`{ oneOf: [${ref('B')}, ${ref('C')}] }`, '{ kind: c, size: x }', [/must be a whole number|fits none/]],
    [
      `{ oneOf: [${ref('B')}, ${ref('C')}], discriminator: { propertyName: kind, mapping: { c: C } } }`,
      '{ kind: c }',
      [/lacks `size`/],
    ],
    ['{ oneOf: [{ type: integer }, { type: number }] }', '1', [/fits 2 of the schemas/]],
    ['{ anyOf: [{ type: integer }, { type: array }] }', 'x', [/fits none of the 2/]],
    ['{ allOf: [{ required: [a] }, { required: [b] }] }', '{ a: 1 }', [/lacks `b`/]],
    ['{ not: { type: string } }', 'x', [/`not` forbids/]],
    ['{ if: { required: [a] }, then: { required: [b] } }', '{ a: 1 }', [/lacks `b`/]],
    ["{ $ref: 'other.yaml#/A' }", 'anything', []],
    ['{ type: string }', "{ $ref: '#/x' }", []],
  ];
  for (const [schema, value, wanted] of rows)
    test(`${value} against ${schema}`, () => {
      const found = misfits(schema, value);
      assert.equal(found.length, wanted.length, found.join('; '));
      for (const [at, pattern] of wanted.entries()) assert.match(found[at] ?? '', pattern);
    });

  test('beside a reference the rest counts only since 3.1', () => {
    const schema = "{ $ref: '#/components/schemas/B', required: [more] }";
    assert.deepEqual(misfits(schema, '{ kind: b }', '3.0.3'), []);
    assert.equal(misfits(schema, '{ kind: b }').length, 1);
  });

  test('circles and long lists come to an end', () => {
    assert.deepEqual(misfits(`{ allOf: [${ref('A')}] }`, '1'), []);
    assert.deepEqual(
      misfits('{ items: { anyOf: [{ type: string }] } }', `[${'1, '.repeat(9000)}1]`).length > 0,
      true,
    );
    const nested = `${'['.repeat(200)}1${']'.repeat(200)}`;
    assert.deepEqual(misfits(`{ items: ${ref('A')} }`, nested), []);
  });
});

describe('patterns and formats', () => {
  test('a pattern that could take for ever is not tried', () => {
    assert.equal(hasPattern(`${'a'.repeat(60)}!`, '^(a+)+$'), true);
    assert.equal(hasPattern(`${'a'.repeat(60)}!`, '^(a|aa)+$'), true);
    assert.equal(hasPattern(`${'a'.repeat(9000)}!`, '^a*a*a*a*$'), true);
    assert.equal(hasPattern('A1', '^[a-z]+$'), false);
    assert.equal(hasPattern('x', '['), true);
  });

  test('formats', () => {
    assert.equal(hasFormat('2024-02-30', 'date'), false);
    assert.equal(hasFormat('2024-02-29T10:00:00Z', 'date-time'), true);
    assert.equal(hasFormat('/relative', 'uri'), false);
    assert.equal(hasFormat('anything', 'own-format'), true);
  });
});
