import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, fixed, underlined } from '../helpers';

const id = 'path-params-defined';
const declared = '{ name: id, in: path, required: true, schema: { type: string } }';

test('the placeholder is underlined, once for the path when no operation declares it', () => {
  assert.deepEqual(
    underlined(id, 'paths:\n  /a/{id}/b/{other}:\n    get: { summary: x }\n    put: { summary: x }\n'),
    ['{id}', '{other}'],
  );
});

test('an operation that lacks what its neighbours declare is told at its method', () => {
  const text = `paths:\n  /a/{id}:\n    get: { parameters: [${declared}] }\n    put: { summary: x }\n`;
  assert.deepEqual(underlined(id, text), ['put']);
});

test('parameters behind references, aliases and Swagger 2.0 declarations count', () => {
  const reference = `paths:\n  /a/{id}:\n    get: { parameters: [{ $ref: '#/components/parameters/Id' }] }\ncomponents:\n  parameters:\n    Id: ${declared}\n`;
  const alias = `x-shared:\n  - &id ${declared}\npaths:\n  /a/{id}:\n    get: { parameters: [*id] }\n`;
  const old =
    "swagger: '2.0'\npaths:\n  /a/{id}:\n    get: { parameters: [{ name: id, in: path, required: true, type: string }] }\n";
  for (const text of [reference, alias, old]) assert.deepEqual(underlined(id, text), [], text);
});

test('a callback is called at an address of its own, not at the path that it stands under', () => {
  const callback = "callbacks: { done: { '{$request.query.url}': { put: { summary: x } } } }";
  assert.deepEqual(
    underlined(id, `paths:\n  /a/{id}:\n    get: { parameters: [${declared}], ${callback} }\n`),
    [],
  );
});

test('nothing is told when a parameter stands in another file', () => {
  assert.deepEqual(
    underlined(id, "paths:\n  /a/{id}:\n    get: { parameters: [{ $ref: 'shared.yaml#/Id' }] }\n"),
    [],
  );
  assert.deepEqual(underlined(id, "paths:\n  /a/{id}: { $ref: 'a.yaml' }\n"), []);
});

test('a parameter that the path does not have is underlined by its name, or by the reference to it', () => {
  assert.deepEqual(underlined(id, `paths:\n  /a:\n    get: { parameters: [${declared}] }\n`), ['id']);
  const reference = `paths:\n  /a:\n    get: { parameters: [{ $ref: '#/components/parameters/Id' }] }\ncomponents:\n  parameters:\n    Id: ${declared}\n`;
  assert.deepEqual(underlined(id, reference), ["'#/components/parameters/Id'"]);
});

test('a path parameter that is not required is told, and required: true is put behind its name', () => {
  const text =
    'paths:\n  /a/{id}:\n    parameters:\n      - name: id\n        in: path\n        schema: { type: string }\n';
  assert.deepEqual(underlined(id, text), ['name']);
  assert.match(fixed(id, text), /in: path\n {8}required: true\n {8}schema/);
  assert.deepEqual(underlined(id, text.replace('in: path', 'in: path\n        required: false')), [
    'required',
  ]);
});

test('the fix declares the parameter for the whole path, in a list that is there or in a new one', () => {
  assert.match(
    fixed(id, 'paths:\n  /a/{id}:\n    summary: x\n    get: { summary: x }\n'),
    /summary: x\n {4}parameters:\n {6}- name: id\n {8}in: path\n {8}required: true\n {8}schema:\n {10}type: string\n {4}get:/,
  );
  const listed = fixed(
    id,
    `paths:\n  /a/{id}/{b}:\n    parameters:\n      - ${declared}\n    get: { summary: x }\n`,
  );
  assert.match(listed, /- \{ name: id.*\n {6}- name: b\n/);
  assert.deepEqual(check(id, listed), []);
});

test('webhooks and callbacks have no path to fill', () => {
  assert.deepEqual(underlined(id, "webhooks:\n  '{x}':\n    post: { summary: x }\n"), []);
});

test('an operation that stands in a file of its own has its parameters there', () => {
  assert.deepEqual(underlined(id, 'paths:\n  /a/{id}:\n    get: { $ref: operations/get.yaml }\n'), []);
});
