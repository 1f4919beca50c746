import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UserError } from '../../../src/base/errors';
import { parseAnswers, parseTemplate } from '../../../src/scaffold/manifest';
import { manifestText } from './helpers';

/** `line` is as people count, from 1. */
const broken = (text: string, why: RegExp, line: number): void =>
  assert.throws(
    () => parseTemplate(text, '/t/template.yaml'),
    (error: unknown) => {
      assert.ok(error instanceof UserError);
      assert.equal(error.code, 'scaffold/broken-template');
      assert.match(error.message, why);
      assert.ok(
        error.message.startsWith(`The template file /t/template.yaml, line ${line}, can't be used: `),
        error.message,
      );
      return true;
    },
  );

const head = 'id: tiny\nversion: 1.2.3\ntitle: Tiny\ndescription: Small.\n';
const name = 'inputs:\n  - key: name\n    title: Name\n    prompt: A name.\n';

test('a template is read', () => {
  const read = parseTemplate(manifestText, 'template.yaml');
  assert.deepEqual(
    [read.id, read.version, read.inputs.map((one) => one.key)],
    ['tiny', '1.2.3', ['name', 'description']],
  );
  assert.deepEqual(read.computed, [['module', '{{snake name}}']]);
  assert.deepEqual(read.files, [{ match: '{ci,kit}/**', class: 'managed' }]);
  assert.deepEqual(
    read.actions.map((one) => one.type),
    ['git-init'],
  );
  assert.deepEqual(read.next, ['make setup']);
});

test('what is not said has a sensible value', () => {
  const read = parseTemplate(head + name, 'template.yaml');
  const [input] = read.inputs;
  assert.ok(input?.type === 'string');
  assert.equal(input?.message, 'A name.');
  assert.equal(input?.maxLength, 200);
  assert.equal(input?.reserved.size, 0);
  assert.deepEqual([read.computed, read.files, read.actions, read.next], [[], [], [], []]);
});

test('a text that is no mapping is told with its line', () => {
  broken('- a', /a mapping is needed here/, 1);
  broken('id: a\ntitle: [', /template\.yaml/, 2);
  broken('id: a\nid: b', /unique/, 2);
  broken('a: &a [x]\n'.padEnd(20) + 'b: *nope', /template\.yaml/, 2);
});

test('a key that is missing, unknown or of the wrong kind is told', () => {
  broken('id: tiny', /version must be a text/, 1);
  broken(head.replace('tiny', 'Tiny One'), /id must be lower-case words/, 1);
  broken(head.replace('1.2.3', '1.2'), /version must be a text; put it in quotes, as in '1\.2'/, 2);
  broken(head.replace('1.2.3', "'1.2'"), /version must be three numbers, as in 1\.0\.0/, 2);
  broken(`${head}input: []`, /the key input is not known; perhaps inputs is meant/, 5);
  broken(`${head}hooks: []`, /the key hooks is not known; known are id, version/, 5);
  broken(`${head}inputs: a`, /inputs must be a list/, 5);
  broken(`${head}inputs:\n  - a`, /a mapping is needed here/, 6);
  broken(`${head}next: [make, 1]`, /each of next must be a text; put it in quotes, as in '1'/, 5);
  broken(`${head}next: make`, /next must be a list/, 5);
  broken(`${head}computed: [a]`, /a mapping is needed here/, 5);
});

test('an input that can not be asked is told', () => {
  const input = (more: string): string => `${head}${name}    ${more}\n`;
  broken(input('prompts: a'), /the key prompts is not known; perhaps prompt is meant/, 9);
  broken(input('type: text'), /the type text is not known; write string, secret, choice/, 9);
  broken(input("pattern: '('"), /the pattern is no regular expression/, 9);
  broken(input('maxLength: many'), /maxLength must be a whole number from 1 to 1000/, 9);
  broken(input('maxLength: 0'), /maxLength must be a whole number from 1 to 1000/, 9);
  broken(input('reserved: [a, null]'), /each of reserved must be a text; put it in quotes, as in 'null'/, 9);
  broken(`${head}${name.replace('    prompt: A name.\n', '')}`, /prompt must be a text/, 6);
});

test('names are taken once, and not from helpers or from Python', () => {
  for (const key of ['template', 'title', 'if', 'init', '__proto__', 'order-items', 'Name'])
    broken(head + name.replace('key: name', `key: ${key}`), /nothing can be called/, 6);
  broken(`${head}${name}${name.replace('inputs:\n', '')}`, /name is there twice/, 9);
  broken(`${head}${name}computed:\n  name: a`, /name is there twice/, 10);
  broken(`${head}${name}computed:\n  title: a`, /nothing can be called title/, 10);
});

test('an expression names only what is known before it', () => {
  broken(`${head}${name}    default: 'The {{name}}'`, /name is neither asked nor computed before this/, 9);
  broken(`${head}${name}computed:\n  a: '{{b}}'\n  b: x`, /b is neither asked nor computed before this/, 10);
  broken(`${head}${name}computed:\n  a: '{{nmae}}'`, /nmae is neither/, 10);
  parseTemplate(`${head}${name}computed:\n  a: '{{template.id}} {{name}}'\n  b: '{{a}}'`, 'template.yaml');
});

test('rules and actions are of the known kinds', () => {
  broken(
    `${head}files:\n  - match: a\n    class: mine`,
    /the class mine is not known; write managed, sample/,
    7,
  );
  broken(`${head}files:\n  - class: managed`, /match must be a text/, 6);
  broken(`${head}actions: [git-init, rm-rf]`, /"?rm-rf"? is no action; known are git-init, lock/, 5);
});

test('aliases that multiply themselves are refused', () => {
  const levels = 'abcdefghi'.split('');
  const bomb = levels.map((key, index) => {
    const before = levels[index - 1];
    const items = before === undefined ? 'x,x,x,x,x,x,x,x,x' : Array(9).fill(`*${before}`).join(',');
    return `${key}: &${key} [${items}]`;
  });
  assert.throws(() => parseTemplate(bomb.join('\n'), 't'), {
    code: 'scaffold/broken-template',
    message: /Excessive alias count/,
  });
});

test('a file of answers may be YAML or JSON', () => {
  assert.deepEqual(parseAnswers('name: a\nport: 80\non: true\n', 'x'), { name: 'a', port: '80', on: true });
  assert.deepEqual(parseAnswers('{"name": "a"}', 'x'), { name: 'a' });
  for (const text of ['name: {a: b}', 'name: [[a]]', '- a', 'name: {', 'name:', ''])
    assert.throws(() => parseAnswers(text, 'x'), { code: 'scaffold/broken-answers' }, text);
});
