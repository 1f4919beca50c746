import assert from 'node:assert/strict';
import { test } from 'node:test';
import Handlebars from 'handlebars';
import { UserError } from '../../../src/base/errors';
import { parseTemplate } from '../../../src/scaffold/manifest';
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
  refused('{{#each nope}}a{{/each}}', /nope is neither asked nor computed/);
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
  refused('{{> other}}', /there is no partials\/other\.hbs; known are none/);
  refused('{{#> other}}{{/other}}', /decorators and blocks of partials are no part/);
  refused('{{* inline}}', /decorators and blocks of partials are no part/);
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

const given = {
  ...values,
  yes: true,
  no: false,
  ci: ['circleci', 'github'],
  none: [],
  paas: 'heroku',
};
const told = (text: string): string => say(text, given);
const wrong = (text: string, message: RegExp): void =>
  assert.throws(() => told(text), { code: 'scaffold/broken-template', message }, text);

test('conditions compare, join and turn around', () => {
  for (const yes of [
    '(eq paas "heroku")',
    '(has ci "github")',
    '(not (has ci "gitlab"))',
    '(and yes (eq paas "heroku") name)',
    '(or no none (has ci "circleci"))',
    '(not (or no none empty))',
    'yes',
    'ci',
  ]) {
    assert.equal(told(`{{#if ${yes}}}a{{else}}b{{/if}}`), 'a', yes);
    assert.equal(told(`{{#unless ${yes}}}a{{else}}b{{/unless}}`), 'b', yes);
  }
  for (const no of ['no', 'none', 'empty', '(and yes none)', '(eq paas "x")'])
    assert.equal(told(`{{#if ${no}}}a{{else if yes}}b{{/if}}`), 'b', no);
  wrong('{{#if (eq paas heroku)}}a{{/if}}', /eq takes a value and a word in quotes/);
  wrong('{{#if (eq ci "github")}}a{{/if}}', /ci holds several values; write ci has github/);
  wrong('{{#if (has paas "x")}}a{{/if}}', /write paas == x/);
  wrong('{{#if (eq yes "true")}}a{{/if}}', /yes is yes or no/);
  wrong('{{#if (gt paas "x")}}a{{/if}}', /gt is no helper of a condition; known are eq, has/);
  wrong('{{#if (not yes no)}}a{{/if}}', /not takes one value/);
  wrong('{{#if (and yes)}}a{{/if}}', /and takes two values/);
  wrong('{{#if "x"}}a{{/if}}', /only values and helpers in parentheses/);
  wrong('{{eq paas "heroku"}}', /only conditions of if and unless take it/);
  wrong(`{{#if ${'(not '.repeat(80)}yes${')'.repeat(80)}}}a{{/if}}`, /nested more than 64 deep/);
});

test('a list is gone through, with all other values in reach', () => {
  assert.equal(
    told('{{#each ci}}- {{this}} of {{name}}\n{{/each}}'),
    '- circleci of order-items\n- github of order-items\n',
  );
  assert.equal(told('{{#each ci}}{{#if (eq this "github")}}{{upper this}}{{/if}}{{/each}}'), 'GITHUB');
  assert.equal(told('{{#each none}}a{{else}}nothing for {{name}}{{/each}}'), 'nothing for order-items');
  assert.equal(
    told('{{#each ci}}{{#each ci}}{{this}} {{/each}}{{/each}}'),
    'circleci github circleci github ',
  );
  assert.equal(told('{{yes}} {{pascal no}}'), 'true False');
  wrong('{{ci}}', /ci is a list; go through it with \{\{#each ci\}\}/);
  wrong('{{#each paas}}a{{/each}}', /paas is no list/);
  wrong('{{#each ci}}{{this.constructor}}{{/each}}', /is no name of a value/);
  wrong('{{#each ci}}{{@index}}{{/each}}', /is no name of a value/);
  wrong('{{#each ci as |one|}}{{one}}{{/each}}', /takes no names between bars/);
  wrong('{{#each ci}}{{#each this}}a{{/each}}{{/each}}', /this is one word/);
});

const partials = (texts: Readonly<Record<string, string>>) =>
  createRender({
    partials: new Map(
      Object.entries(texts).map(([name, text]) => [name, { text, from: `/t/partials/${name}.hbs` }]),
    ),
  });

test('a partial is put in with the indent of its line, and no spaces on empty lines', () => {
  const render = partials({
    job: 'run: {{name}}\n\nwith:\n  {{> inner}}\n',
    inner: 'a: 1\n{{#if yes}}\nb: 2\n{{/if}}\n',
    item: '- {{this}}\n',
  });
  assert.equal(
    render('jobs:\n    {{> job}}\nend {{> inner}}', given, 'x'),
    'jobs:\n    run: order-items\n\n    with:\n      a: 1\n      b: 2\nend a: 1\nb: 2\n',
  );
  assert.equal(render('{{#each ci}}\n  {{> item}}\n{{/each}}', given, 'x'), '  - circleci\n  - github\n');
  assert.throws(() => render('{{> item}}', given, 'x'), {
    message: /partials\/item\.hbs, line 1,.*no name of a value/,
  });
  assert.throws(() => render('{{> job name}}', given, 'x'), { message: /takes the name of one of partials/ });
  assert.throws(() => render('{{> (title name)}}', given, 'x'), {
    message: /takes the name of one of partials/,
  });
});

test('what is wrong in a partial is told with its own path and line', () => {
  const render = partials({ a: 'x\n{{> b}}', b: 'x\n\n{{nope}}' });
  assert.throws(() => render('{{> a}}', given, 'files/x'), {
    message: /^The template file \/t\/partials\/b\.hbs, line 3, can't be used: nope is neither asked/,
  });
});

test('partials that hold themselves, or go too deep, are refused before anything is rendered', () => {
  const endless = partials({ a: '{{#if no}}{{> b}}{{/if}}', b: '{{> c}}', c: '{{> a}}', me: '{{> me}}' });
  for (const text of ['{{> a}}', '{{> b}}', '{{> me}}'])
    assert.throws(() => endless(text, given, 'x'), { message: /holds itself, by way of/ }, text);
  const chain = Object.fromEntries(
    Array.from({ length: 9 }, (_, at) => [`p${at}`, at === 0 ? 'end' : `{{> p${at - 1}}}`]),
  );
  assert.equal(partials(chain)('{{> p7}}', given, 'x'), 'end');
  for (const text of ['{{> p8}}', '{{> p3}}{{> p8}}'])
    assert.throws(() => partials(chain)(text, given, 'x'), { message: /nested more than 8 deep/ }, text);
});

test('a text that multiplies itself is stopped', () => {
  const many = { ...given, ci: Array.from({ length: 400 }, (_, at) => `v${at}`) };
  const loops = (depth: number, inner: string): string =>
    '{{#each ci}}'.repeat(depth) + inner + '{{/each}}'.repeat(depth);
  assert.throws(() => render(loops(3, name200), many, 'x'), { message: /it renders more than 50 MB/ });
  assert.throws(() => render(loops(5, '{{#if no}}{{/if}}'), many, 'x'), { message: /more than 50 MB/ });
  const twice = Object.fromEntries(
    Array.from({ length: 7 }, (_, at) => [`p${at}`, at === 0 ? name200 : `{{> p${at - 1}}}`.repeat(20)]),
  );
  assert.throws(() => partials(twice)('{{> p6}}', given, 'x'), { message: /more than 50 MB/ });
});
const name200 = 'x'.repeat(200);

test('a word that can never be the answer is refused when the inputs are known', () => {
  const [input] = parseTemplate(
    'id: a\nversion: 1.0.0\ntitle: A\ndescription: A.\ninputs:\n  - { key: paas, type: choice, title: P, prompt: P., choices: [heroku, none] }\n',
    'x',
  ).inputs;
  const strict = createRender({ inputs: input ? [input] : [] });
  assert.equal(strict('{{#if (eq paas "none")}}a{{/if}}', given, 'x'), '');
  assert.throws(() => strict('{{#if (eq paas "heruko")}}a{{/if}}', given, 'x'), {
    message: /paas can never be heruko, perhaps heroku is meant/,
  });
});
