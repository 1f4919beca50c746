import assert from 'node:assert/strict';
import { test } from 'node:test';
import Handlebars from 'handlebars';
import { UserError } from '../../../src/base/errors';
import { createRender, namesIn } from '../../../src/scaffold/render';

const render = createRender();
const values = { name: 'order-items', empty: '', template: { id: 'tiny', version: '1.2.3' } };
const say = (text: string, context: Readonly<Record<string, unknown>> = values): string =>
  render(text, context, 'files/x.hbs');

const refused = (text: string, why: RegExp, line = 0): void =>
  assert.throws(
    () => say(text),
    (error: unknown) => {
      assert.ok(error instanceof UserError, text);
      assert.equal(error.code, 'scaffold/broken-template', text);
      assert.match(
        error.message,
        /^The template file files\/x\.hbs, line \d+, can't be used: .*[^.]\.$/,
        text,
      );
      assert.match(error.message, why, text);
      assert.deepEqual(error.fix, { kind: 'file', label: 'Open Template', path: 'files/x.hbs', line }, text);
      return true;
    },
  );

/** What Handlebars alone makes of a text: the reason why the renderer looks at each template first. */
const alone = (text: string, strict: boolean): string =>
  Handlebars.create().compile(text, { noEscape: true, strict })({ name: 'orders' });

test('Handlebars alone empties the expressions of CI files in silence; here they are refused or kept', () => {
  assert.equal(alone('${{ github.ref }}', false), '$');
  assert.equal(alone('v1-{{ arch }}', false), 'v1-');
  assert.equal(alone('f"{{literal}}"', false), 'f""');
  refused(
    '${{ github.ref }}',
    /github\.ref is neither asked nor computed; a literal brace is written \\\{\{/,
  );
  refused('v1-{{ arch }}', /arch is neither asked nor computed/);
  refused('f"{{literal}}"', /literal is neither asked nor computed/);
  refused('{{ checksum "uv.lock" }}', /checksum is no helper; known are snake, kebab/);
  refused("docker inspect -f '{{.State.X}}'", /is not a template; a literal brace is written/);
  assert.equal(say('\\{{ checksum "a.txt" }} {{name}}'), '{{ checksum "a.txt" }} order-items');
});

test('strict mode alone is not enough: a missing name is empty as a condition', () => {
  assert.equal(alone('{{#if nope}}a{{/if}}', true), '');
  assert.equal(alone('{{#each nope}}a{{/each}}', true), '');
  refused('{{#if nope}}a{{/if}}', /nope is neither asked nor computed/);
  refused('{{#unless nope}}a{{/unless}}', /nope is neither asked/);
  refused(
    '{{#each nope}}a{{/each}}',
    /\{\{#each\}\} is no block of a template; known are if, unless and raw/,
  );
  refused('{{title nope}}', /nope is neither asked/);
  refused('{{title (snake nope)}}', /nope is neither asked/);
  refused('{{#if name}}a{{else}}{{nope}}{{/if}}', /nope is neither asked/);
});

test('a raw block keeps its content, which Handlebars alone would drop', () => {
  assert.equal(alone('a{{{{raw}}}}{{ arch }}{{{{/raw}}}}b', false), 'ab');
  assert.equal(say('{{{{raw}}}}{{ arch }} ${{ github.ref }}{{{{/raw}}}}'), '{{ arch }} ${{ github.ref }}');
});

test('nothing is escaped for HTML', () => {
  assert.equal(say('{{name}} {{{name}}}', { name: `a & "b" <c>` }), 'a & "b" <c> a & "b" <c>');
});

test('a backslash before a brace escapes it, and two stand for one', () => {
  assert.equal(say('C:\\{{name}}'), 'C:{{name}}');
  assert.equal(say('C:\\\\{{name}}'), 'C:\\order-items');
});

test('names can be spelled', () => {
  assert.equal(
    say(
      '{{snake name}} {{kebab name}} {{pascal name}} {{title name}} {{upper (snake name)}} {{title "a-b"}}',
    ),
    'order_items order-items OrderItems Order Items ORDER_ITEMS A B',
  );
  assert.equal(say('{{template.id}} {{template.version}}'), 'tiny 1.2.3');
});

test('whole-line blocks and comments take their line with them; tabs and CRLF stay', () => {
  assert.equal(say('a:\n{{#if name}}\n\tb\n{{else}}\n\tc\n{{/if}}\n{{! no }}\nd\r\n'), 'a:\n\tb\nd\r\n');
  assert.equal(say('{{#if empty}}a{{else if name}}b{{/if}}{{#unless empty}}c{{/unless}}'), 'bc');
});

test('prototypes, the surroundings and code are out of reach', () => {
  refused('{{constructor.name}}', /constructor\.name is neither asked/);
  refused('{{__proto__}}', /__proto__ is neither asked/);
  refused('{{name.length}}', /name\.length is neither asked/);
  refused('{{name.constructor.constructor "return 1"}}', /is no helper/);
  refused('{{#with name}}{{this.constructor}}{{/with}}', /is no block/);
  refused('{{lookup this "constructor"}}', /lookup is no helper/);
  refused('{{log name}}', /log is no helper/);
  refused('{{this}}', /\{\{this\}\} is no name of a value/);
  refused('{{@root.name}}', /is no name of a value/);
  refused('{{#if name}}{{../name}}{{/if}}', /is no name of a value/);
  refused('{{> other}}', /partials and decorators are no part of a template/);
  refused('{{#> other}}{{/other}}', /partials and decorators/);
  refused('{{* inline}}', /partials and decorators/);
});

test('what can not be text is refused', () => {
  refused('{{template}}', /template is no text/);
  refused('{{title}}', /title is neither asked nor computed, but a helper, as in \{\{title name\}\}/);
  refused('{{title name name}}', /title takes one value/);
  refused('{{title name a=1}}', /title takes one value/);
  refused('{{title 12}}', /only values, texts in quotes and helpers/);
  refused('{{12}}', /only the name of a value/);
  refused('{{#if}}a{{/if}}', /\{\{#if\}\} takes one value/);
  refused('{{#raw name}}a{{/raw}}', /\{\{#raw\}\} takes no value/);
});

test('the line of what is wrong is told', () => {
  refused('one\n\n  {{nope}}\n', /nope/, 2);
  refused('one\n{{#if}\n', /is not a template/, 1);
  refused('{{#if name}}\n\n', /a block is not closed/, 2);
  refused('a\n{{#if name}}b{{/unless}}', /if doesn't match unless/, 1);
});

test('the names that an expression needs are found without running it', () => {
  assert.deepEqual(namesIn('{{title (snake name)}} {{#if a}}{{b}}{{else}}{{c.d}}{{/if}}', 'x'), [
    'name',
    'a',
    'b',
    'c',
  ]);
  assert.throws(() => namesIn('{{', 'x'), { code: 'scaffold/broken-template' });
});
