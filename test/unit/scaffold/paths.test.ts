import assert from 'node:assert/strict';
import { test } from 'node:test';
import { globMatcher } from '../../../src/base/glob';
import { confine, outputPath } from '../../../src/scaffold/paths';

const refused = (paths: readonly string[], why: RegExp): void =>
  assert.throws(() => confine(paths), { code: 'scaffold/unsafe-path', message: why }, paths.join(' | '));

test('a path takes answers, dots and loses .hbs', () => {
  const context = { name: 'shop', module: 'shop_kit', template: { id: 'x' } };
  assert.equal(outputPath('__module__/tests/test___name__.py.hbs', context), 'shop_kit/tests/test_shop.py');
  assert.equal(outputPath('dot_circleci/config.yml', context), '.circleci/config.yml');
  assert.equal(outputPath('a/dot_gitignore.hbs', context), 'a/.gitignore');
  assert.equal(outputPath('a/not_dot_x', context), 'a/not_dot_x');
  assert.equal(outputPath('a.hbs/b.hbs.txt', context), 'a.hbs/b.hbs.txt');
  assert.equal(outputPath('__init__.py', context), '__init__.py');
  assert.equal(outputPath('a/__main__.py', context), 'a/__main__.py');
});

test('a key in a path that nobody answered is refused instead of left there', () => {
  for (const path of ['__modul__/x', 'a/__constructor__', '__template__/x'])
    assert.throws(() => outputPath(path, { module: 'a', template: {} }), {
      code: 'scaffold/unsafe-path',
      message: /which is neither asked nor computed/,
    });
});

test('an answer can not lead a path astray', () => {
  for (const name of ['..', '../../x', '/x', 'a/../..', '', '.git', 'nul', 'a\\..\\b'])
    assert.throws(
      () => confine([outputPath('__name__/x', { name })]),
      { code: 'scaffold/unsafe-path' },
      name,
    );
});

test('paths stay in the folder of the service', () => {
  for (const path of ['../a', 'a/../b', 'a/.', 'a//b', '', './a', 'a/']) refused([path], /leaves the folder/);
  for (const path of ['/a', 'C:/a', 'c:a']) refused([path], /is an absolute path/);
});

test('paths can be held by every system', () => {
  for (const path of ['nul', 'a/COM1.txt', 'lpt9', 'COM¹', 'con.tar.gz', 'CONIN$'])
    refused([path], /names a device on Windows/);
  for (const path of [
    'ab:c',
    'a\\b',
    'a?',
    'a*',
    'a|b',
    '<a>',
    'a"b',
    'a\u001b[31m',
    'a\nb',
    'a\u202eb',
    '.g\u200cit',
  ])
    refused([path], /holds a character that file names may not hold everywhere/);
  for (const path of ['a.', 'a ', 'a./b']) refused([path], /ends with a dot or a space/);
  refused(['a'.repeat(256)], /too long/);
  refused(['ü'.repeat(128)], /too long/);
  confine(['a'.repeat(255), 'common', 'comma.txt', 'nulls', '.gitignore', 'a b', 'ünï']);
});

test('a template brings nothing that git runs', () => {
  for (const path of ['.git', '.git/hooks/post-commit', 'a/.GIT/config', '.Git/x', 'git~1/hooks'])
    refused([path], /belongs to git/);
  confine(['.github/workflows/x.yml', '.gitattributes', 'a/.gitkeep']);
});

test('two paths are not the same to any system', () => {
  refused(['README.md', 'readme.md'], /in the way of "README\.md"/);
  refused(['a', 'a'], /in the way of "a"/);
  refused(['caf\u00e9', 'cafe\u0301'], /in the way of/);
  refused(['Docs/a', 'docs/b'], /in the way of "Docs"/);
  refused(['a', 'a/b'], /in the way of "a"/);
  refused(['a/b', 'a'], /in the way of "a"/);
  confine(['a/b', 'a/c', 'ab', 'b/a/b']);
});

test('globs', () => {
  const yes: readonly (readonly [string, string])[] = [
    ['**', 'a/b'],
    ['a/**', 'a/b/c'],
    ['{x,y}/**', 'y/z'],
    ['*.py', 'a.py'],
    ['{scripts,.circleci}/**', '.circleci/config.yml'],
    ['**/x', 'x'],
    ['**/x', 'a/b/x'],
    ['a?c', 'abc'],
    ['(a)[b]+', '(a)[b]+'],
  ];
  for (const [glob, path] of yes) assert.ok(globMatcher(glob)(path), `${glob} matches ${path}`);
  const no: readonly (readonly [string, string])[] = [
    ['*.py', 'a/b.py'],
    ['a.c', 'abc'],
    ['{x,y}/**', 'z/y'],
    ['a/**', 'b/a/c'],
    ['a?c', 'a/c'],
  ];
  for (const [glob, path] of no) assert.ok(!globMatcher(glob)(path), `${glob} does not match ${path}`);
});
