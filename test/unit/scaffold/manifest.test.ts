import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAnswers, parseTemplate } from '../../../src/scaffold/manifest';
import { manifestText } from './helpers';

const broken = (text: string, why: RegExp): void =>
  assert.throws(
    () => parseTemplate(text, '/t/template.yaml'),
    (error: { code?: string; message: string }) => {
      assert.equal(error.code, 'scaffold/broken-template');
      assert.match(error.message, why);
      return true;
    },
  );

test('a template is read', () => {
  const read = parseTemplate(manifestText, 'template.yaml');
  assert.deepEqual(
    [read.id, read.version, read.inputs.map((one) => one.key)],
    ['tiny', '1.2.3', ['name', 'description']],
  );
  assert.deepEqual(read.computed, [['module', '{{snake name}}']]);
});

test('what is wrong with a template is said', () => {
  broken('- a', /must be a mapping/);
  broken('id: [', /template.yaml/);
  broken('id: a', /version must be a text/);
  const one = (input: string): string => `id: a\nversion: '1'\ntitle: a\ndescription: a\ninputs: [${input}]`;
  broken(one('{key: name, title: a}'), /prompt must be a text/);
  broken(one('{key: template, title: a, prompt: b}'), /can't be called template/);
  broken(one('{key: __proto__, title: a, prompt: b}'), /can't be called/);
  broken(one('{key: a, title: a, prompt: b, type: secret}'), /this version knows string/);
  broken(one('{key: a, title: a, prompt: b, pattern: "("}'), /no regular expression/);
  broken(one('{key: a, title: a, prompt: b}, {key: a, title: a, prompt: b}'), /asks a twice/);
  broken(one('') + '\nactions: [rm-rf]', /rm-rf is no action; known are git-init, open/);
});

test('a file of answers may be YAML or JSON', () => {
  assert.deepEqual(parseAnswers('name: a\nport: 80\non: true\n', 'x'), { name: 'a', port: '80', on: 'true' });
  assert.deepEqual(parseAnswers('{"name": "a"}', 'x'), { name: 'a' });
  assert.throws(() => parseAnswers('name: [a]', 'x'), { code: 'scaffold/broken-answers' });
  assert.throws(() => parseAnswers('- a', 'x'), { code: 'scaffold/broken-answers' });
});
