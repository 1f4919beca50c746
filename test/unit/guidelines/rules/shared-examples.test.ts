import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, read, textAt, underlined, whole } from '../helpers';

const json = (schema: string): string =>
  `content: { application/json: { schema: ${schema}, examples: { wrong: { $ref: '#/components/examples/Wrong' } } } }`;
const order = "{ $ref: '#/components/schemas/Order' }";
const text = (schemas: readonly string[]): string =>
  [
    'paths:',
    ...schemas.flatMap((schema, at) => [
      `  /${at}:`,
      '    get:',
      `      responses: { '200': { description: x, ${json(schema)} } }`,
    ]),
    'components:',
    '  schemas:',
    '    Order: { type: object, properties: { code: { type: string } } }',
    '  examples:',
    '    Wrong:',
    '      value: { code: 422 }',
    '',
  ].join('\n');

const id = 'media-type-example';

test('an example that many responses share is told once, where it stands', () => {
  assert.deepEqual(underlined(id, text([order, order, order])), ['422']);
  assert.deepEqual(
    check(id, text([order])).map(({ path }) => path.join('/')),
    ['components/examples/Wrong/value/code'],
  );
});

test('another schema that it does not fit is told as well', () => {
  const other = '{ type: object, properties: { code: { type: boolean } } }';
  assert.deepEqual(
    check(id, text([order, order, other])).map(
      ({ message }) => /must be (?:a text|true or false)/.exec(message)?.[0],
    ),
    ['must be a text', 'must be true or false'],
  );
});

test('it is told wherever the first response that shows it went', () => {
  const all = text([order, order]);
  const after = all.replace(/ {2}\/0:\n.*\n.*\n/, '');
  assert.notEqual(after, all);
  assert.deepEqual(underlined(id, after), ['422']);
});

test('what is left out is underlined at its key, or at the dash', () => {
  const empty = 'components:\n  schemas:\n    A:\n      allOf:\n        -\n        - type: object\n';
  assert.deepEqual(underlined('field-type', empty), ['-']);
  const info = 'openapi: 3.1.0\ninfo:\n  title: x\n  version:\npaths: {}\n';
  const [finding] = check('semantic-version', info);
  assert.equal(finding && textAt(whole(info), finding.range), 'version');
  assert.equal(read(info).version, '3.1');
});

test('a callback may be a reference', () => {
  const callback = `paths:
  /a:
    get: { callbacks: { done: { $ref: '#/components/callbacks/Done' } } }
components:
  callbacks:
    Done: { '{$request.query.url}': { post: { summary: x } } }
`;
  assert.deepEqual(underlined('field-type', callback), []);
});

test('Swagger 2.0 takes a list of types, OpenAPI 3.0 does not', () => {
  const schema = (head: string, place: string): string =>
    `${head}\n${place}\n    A:\n      type: [array, string]\n`;
  const old = schema("swagger: '2.0'", 'definitions:')
    .replaceAll('    A', '  A')
    .replaceAll('      type', '    type');
  const between = schema('openapi: 3.0.3', 'components:\n  schemas:');
  for (const rule of ['field-type', 'unsupported-keyword']) {
    assert.deepEqual(underlined(rule, old), [], rule);
    assert.equal(underlined(rule, between).length, 1, rule);
  }
});
