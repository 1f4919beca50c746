import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plan } from '../../../src/scaffold/plan';
import { confine, outputPath } from '../../../src/scaffold/paths';
import { createRender } from '../../../src/scaffold/render';
import { matches } from '../../../src/scaffold/glob';
import type { TemplateFile } from '../../../src/scaffold/template';
import { file, template } from './helpers';

const context = { name: 'shop', module: 'shop_kit' };
const planned = (...sources: readonly TemplateFile[]) =>
  plan(template(...sources), context, createRender(), () => undefined);

test('only .hbs files are rendered, paths take answers, exec bits stay', () => {
  const out = planned(
    file('__module__/a.py.hbs', 'x = "{{name}}"\n'),
    file('dot_circleci/config.yml', '{{ checksum "x" }}'),
    file('ci/run', '#!', true),
    file('__module__/__init__.py', ''),
  );
  assert.deepEqual(
    out.map(({ path, bytes, executable, class: kind }) => [
      path,
      new TextDecoder().decode(bytes),
      executable,
      kind,
    ]),
    [
      ['.circleci/config.yml', '{{ checksum "x" }}', false, 'sample'],
      ['ci/run', '#!', true, 'managed'],
      ['shop_kit/__init__.py', '', false, 'sample'],
      ['shop_kit/a.py', 'x = "shop"\n', false, 'sample'],
    ],
  );
});

test('bytes of unrendered files are untouched', () => {
  const bytes = Uint8Array.from([0, 255, 13, 10, 123, 123]);
  const [only] = plan(
    template({ path: 'a.bin', bytes, executable: false }),
    context,
    createRender(),
    () => undefined,
  );
  assert.deepEqual(only?.bytes, bytes);
});

test('what exists is the same or a conflict', () => {
  const kinds = plan(
    template(file('a', '1'), file('b', '2'), file('c', '3')),
    context,
    createRender(),
    (path) => (path === 'c' ? undefined : new TextEncoder().encode('1')),
  ).map((change) => change.kind);
  assert.deepEqual(kinds, ['same', 'conflict', 'create']);
});

test('paths stay inside and can be held everywhere', () => {
  for (const path of [
    '../a',
    '/a',
    'C:/a',
    'a//b',
    'a/../b',
    'a/.',
    'nul',
    'a/COM1.txt',
    'a:b',
    'a\\b',
    'a\u001b[31m',
    'a.',
    'a ',
    '.git/hooks/x',
  ])
    assert.throws(() => confine([path]), { code: 'scaffold/unsafe-path' }, path);
  assert.throws(() => confine(['README.md', 'readme.md']), /same file as "README.md"/);
  confine(['a/b.py', '.github/x', 'a/c.py']);
});

test('an answer can not lead a path astray', () => {
  assert.throws(() => confine([outputPath('__name__/x', { name: '..' })]), { code: 'scaffold/unsafe-path' });
  assert.equal(outputPath('__init__.py', { name: 'a' }), '__init__.py');
  assert.equal(outputPath('__constructor__/x', {}), '__constructor__/x');
});

test('globs', () => {
  assert.ok(
    matches('**', 'a/b') && matches('a/**', 'a/b/c') && matches('{x,y}/**', 'y/z') && matches('*.py', 'a.py'),
  );
  assert.ok(
    matches('{scripts,.circleci}/**', '.circleci/config.yml') &&
      matches('**/x', 'x') &&
      matches('a?c', 'abc'),
  );
  assert.ok(!matches('*.py', 'a/b.py') && !matches('a.c', 'abc') && !matches('{x,y}/**', 'z/y'));
});
