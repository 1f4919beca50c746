import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, underlined } from '../helpers';

const property = (siblings: string, version = 'openapi: 3.0.3'): string =>
  `${version}\ncomponents:\n  schemas:\n    A: { type: object }\n    B:\n      properties:\n        a: { $ref: '#/components/schemas/A', ${siblings} }\n`;

test('the constraints beside a reference are told once, and the rest by the rule that asks for nothing beside it', () => {
  const text = property('nullable: true, description: x, maxLength: 3, x-note: y, title: z');
  assert.deepEqual(underlined('ref-siblings', text), ['nullable']);
  assert.match(
    check('ref-siblings', text)[0]?.message ?? '',
    /ignores `nullable` and `maxLength` because they stand/,
  );
  assert.deepEqual(underlined('ref-alone', text), ['description', 'maxLength', 'x-note', 'title']);
});

test('since 3.1 both stand side by side, and in a path item always', () => {
  const item = "openapi: 3.0.3\npaths:\n  /a: { $ref: 'a.yaml', summary: x, get: { summary: y } }\n";
  for (const text of [property('nullable: true, description: x', 'openapi: 3.1.0'), item])
    for (const rule of ['ref-siblings', 'ref-alone']) assert.deepEqual(underlined(rule, text), [], rule);
});

test('the message names the version', () => {
  const old =
    "swagger: '2.0'\ndefinitions:\n  A: { $ref: '#/definitions/B', description: x }\n  B: { type: object }\n";
  const [finding] = check('ref-alone', old);
  assert.match(finding?.message ?? '', /^Swagger 2\.0 ignores `description`/);
});
