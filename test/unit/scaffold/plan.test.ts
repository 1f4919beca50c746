import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Standing } from '../../../src/scaffold/plan';
import { compareFiles, renderFiles } from '../../../src/scaffold/plan';
import { createRender } from '../../../src/scaffold/render';
import type { TemplateFile } from '../../../src/scaffold/template';
import { file, template } from './helpers';

const context = { name: 'shop', module: 'shop_kit' };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const planned = (sources: readonly TemplateFile[], standing: Readonly<Record<string, Standing>> = {}) =>
  compareFiles(renderFiles(template(...sources), context, createRender()), (path) => standing[path]);

test('only .hbs files are rendered, paths take answers, exec bits and classes stay', () => {
  const out = planned([
    file('__module__/a.py.hbs', 'x = "{{name}}"\n'),
    file('dot_circleci/config.yml', '{{ checksum "x" }}'),
    file('ci/run', '#!', true),
    file('__module__/__init__.py', ''),
  ]);
  assert.deepEqual(
    out.map((one) => [one.path, new TextDecoder().decode(one.bytes), one.executable, one.class, one.kind]),
    [
      ['.circleci/config.yml', '{{ checksum "x" }}', false, 'sample', 'create'],
      ['ci/run', '#!', true, 'managed', 'create'],
      ['shop_kit/__init__.py', '', false, 'sample', 'create'],
      ['shop_kit/a.py', 'x = "shop"\n', false, 'sample', 'create'],
    ],
  );
});

test('bytes of unrendered files are untouched, and so are line ends and byte order marks of rendered ones', () => {
  const odd = Uint8Array.from([0, 255, 13, 10, 123, 123]);
  const [binary, text] = planned([
    { path: 'a.bin', bytes: odd, executable: false },
    file('b.txt.hbs', '\ufeff{{name}}\r\n\tx\n'),
  ]);
  assert.deepEqual(binary?.bytes, odd);
  assert.deepEqual(text?.bytes, bytes('\ufeffshop\r\n\tx\n'));
});

test('what stands there is the same or a conflict', () => {
  const kinds = planned([file('a', '1'), file('b', '2'), file('c', '3'), file('d', ''), file('e', '')], {
    a: bytes('1'),
    b: bytes('1'),
    d: 'other',
    e: bytes(''),
  }).map((change) => change.kind);
  assert.deepEqual(kinds, ['same', 'conflict', 'create', 'conflict', 'same']);
});

test('a broken file of a template is named with its folder and line', () => {
  assert.throws(() => planned([file('a/b.py.hbs', 'one\n{{nope}}')]), {
    code: 'scaffold/broken-template',
    message:
      /^The template file \/templates\/tiny\/files\/a\/b\.py\.hbs, line 2, can't be used: nope is neither/,
  });
  assert.throws(() => planned([{ path: 'x.hbs', bytes: Uint8Array.from([255, 254]), executable: false }]), {
    code: 'scaffold/broken-template',
    message: /x\.hbs can't be used: it is not UTF-8; drop \.hbs from its name\.$/,
  });
});

test('two files of a template that become one are refused', () => {
  assert.throws(() => planned([file('a', '1'), file('a.hbs', '2')]), { code: 'scaffold/unsafe-path' });
  assert.throws(() => planned([file('shop/x', '1'), file('__name__/x', '2')]), {
    code: 'scaffold/unsafe-path',
  });
});
