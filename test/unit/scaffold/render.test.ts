import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRender } from '../../../src/scaffold/render';

const render = createRender();
const say = (text: string, context = { name: 'order-items' }): string => render(text, context, 'x.hbs');

test('a literal of a CI file is kept when it is escaped and refused when it is not', () => {
  assert.equal(
    say('\\{{ checksum "requirements.txt" }} {{name}}'),
    '{{ checksum "requirements.txt" }} order-items',
  );
  assert.equal(say('${{{{raw}}}}x{{{{/raw}}}}'), '$x');
  assert.throws(() => say('${{ github.ref }}'), { code: 'scaffold/broken-template' });
  assert.throws(() => say('v1-{{ arch }}'), { code: 'scaffold/broken-template' });
  assert.throws(() => say('{{ checksum "x" }}'), { code: 'scaffold/broken-template' });
});

test('a raw block keeps its content, which Handlebars alone would drop', () => {
  assert.equal(say('{{{{raw}}}}{{ arch }} ${{ github.ref }}{{{{/raw}}}}'), '{{ arch }} ${{ github.ref }}');
});

test('nothing is escaped for HTML', () => {
  assert.equal(say('{{name}}', { name: `a & "b" <c>` }), `a & "b" <c>`);
});

test('names can be spelled', () => {
  assert.equal(
    say('{{snake name}} {{kebab name}} {{pascal name}} {{title name}} {{upper name}}'),
    'order_items order-items OrderItems Order Items ORDER-ITEMS',
  );
});

test('prototypes are out of reach', () => {
  for (const expression of [
    '{{constructor.name}}',
    '{{__proto__}}',
    '{{name.constructor.constructor "return 1"}}',
  ])
    assert.throws(() => say(expression), { code: 'scaffold/broken-template' }, expression);
});

test('a broken template is told with its line', () => {
  assert.throws(
    () => say('one\n{{#if}\n'),
    (error: { fix?: { line?: number } }) => error.fix?.line === 1,
  );
});
