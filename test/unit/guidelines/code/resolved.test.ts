import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainDocument } from '../../../../src/guidelines/code/plain';
import { at, resolved } from '../../../../src/guidelines/code/worker/resolved';
import { Spec } from '../../../../src/guidelines/spec';
import { finish } from '../../../../src/guidelines/steps';

function documentOf(text: string): ReturnType<typeof plainDocument> {
  const spec = new Spec(text);
  finish(spec.updateSteps());
  return plainDocument(spec);
}

const text = `openapi: 3.1.0
info: &info { title: a, __proto__: { evil: true } }
x-same: *info
x-merged: { <<: *info, title: b }
paths:
  /a: { get: { responses: { '200': { $ref: '#/components/responses/Ok' } } } }
components:
  responses:
    Ok: { description: fine, content: { a/b: { schema: { $ref: '#/components/schemas/Tree' } } } }
  schemas:
    Tree: { properties: { left: { $ref: '#/components/schemas/Tree' }, gone: { $ref: '#/nowhere' }, self: { $ref: '#/components/schemas/Loop' } } }
    Loop: { $ref: '#/components/schemas/Loop' }
`;

test('a document as plain values: aliases are one object, merges are in their maps, keys are only keys', () => {
  const { data, links } = documentOf(text);
  assert.equal(at(data, ['info']), at(data, ['x-same']));
  assert.equal(at(data, ['x-merged', 'title']), 'b');
  assert.deepEqual(at(data, ['x-merged', '__proto__']), { evil: true });
  assert.equal(Object.getPrototypeOf(at(data, ['info'])), Object.prototype);
  assert.equal(at(data, ['info', 'toString']), undefined);
  assert.equal(links.size, 0);
});

test('references are followed; those that lead back, around, or to nothing stay', () => {
  const { data, links } = documentOf(text);
  const all = resolved(structuredClone({ data, links }));
  const ok = ['paths', '/a', 'get', 'responses', '200'];
  assert.equal(at(all, [...ok, 'description']), 'fine');
  assert.equal(at(all, ok), at(all, ['components', 'responses', 'Ok']));
  const tree = [...ok, 'content', 'a/b', 'schema', 'properties'];
  assert.deepEqual(at(all, [...tree, 'left']), { $ref: '#/components/schemas/Tree' });
  assert.deepEqual(at(all, [...tree, 'gone']), { $ref: '#/nowhere' });
  assert.deepEqual(at(all, [...tree, 'self']), { $ref: '#/components/schemas/Loop' });
  assert.doesNotThrow(() => JSON.stringify(all));
});

test('references into other files are followed by what was found there', () => {
  const from = { $ref: 'other.yaml#/Ok' };
  const other = { description: 'there', schema: { $ref: '#/Inner' } };
  const links = new Map<object, unknown>([
    [from, other],
    [other.schema, { type: 'string' }],
  ]);
  assert.deepEqual(resolved({ data: { a: from, Inner: 'not this' }, links }), {
    a: { description: 'there', schema: { type: 'string' } },
    Inner: 'not this',
  });
});

test('deep and hostile texts come to an end', () => {
  const deep = `openapi: 3.1.0\nx: ${'['.repeat(450)}${']'.repeat(450)}\n`;
  assert.doesNotThrow(() => resolved(documentOf(deep)));
  const laughs = Array.from({ length: 30 }, (_, at) => `x${at + 1}: &x${at + 1} [*x${at}, *x${at}]\n`).join(
    '',
  );
  const { data } = documentOf(`openapi: 3.1.0\nx0: &x0 lol\n${laughs}`);
  assert.ok(Array.isArray(at(data, ['x30'])));
});
