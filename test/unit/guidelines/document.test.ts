import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { Spec } from '../../../src/guidelines/spec';
import { jsonSteps } from '../../../src/guidelines/json-reader';
import { TableBuilder } from '../../../src/guidelines/table';
import { finish } from '../../../src/guidelines/steps';
import type { SyntaxProblem } from '../../../src/guidelines/syntax-problem';
import type { TreeNode } from '../../../src/guidelines/tree';

interface Read {
  readonly text: string;
  readonly lines: Spec['source']['lines'];
  readonly root: TreeNode | undefined;
  readonly problem: SyntaxProblem | undefined;
}

/** A text as a tree, description or not. */
function read(text: string): Read {
  const spec = new Spec(text);
  finish(spec.updateSteps());
  const { source, root } = spec;
  const isEmpty = source.isWhole && source.chunks[0]?.root === undefined;
  return { text, lines: source.lines, root: isEmpty ? undefined : root, problem: source.problem };
}

/** The plain value of a tree; aliases followed, so only for trees that end. */
function valueOf(node: TreeNode | undefined): unknown {
  const actual = node?.actual;
  if (actual === undefined) return undefined;
  if (actual.kind === 'list') return actual.children.map(valueOf);
  if (actual.kind === 'map')
    return Object.fromEntries(actual.children.map((child) => [child.key, valueOf(child)]));
  return actual.value;
}

function at(source: Read, ...path: readonly (string | number)[]): TreeNode {
  let node = source.root;
  for (const step of path) node = typeof step === 'number' ? node?.actual.children[step] : node?.get(step);
  assert.ok(node, path.join('/'));
  return node;
}

const keyText = (source: Read, node: TreeNode): string =>
  source.text.slice(node.keySpan?.start ?? 0, node.keySpan?.end ?? 0);
const valueText = (source: Read, node: TreeNode): string => source.text.slice(node.start, node.end);

describe('positions', () => {
  const yaml = 'openapi: 3.1.0\n"in\u00efo 😀":\n  title: \'Orders 😀\' # why\n  tags: [a, "b😀", c]\n';

  for (const [name, text] of [
    ['plain', yaml],
    ['CRLF', yaml.replaceAll('\n', '\r\n')],
    ['byte order mark', `\uFEFF${yaml}`],
    ['byte order mark and CRLF', `\uFEFF${yaml.replaceAll('\n', '\r\n')}`],
  ] as const) {
    test(`are UTF-16 offsets of exactly the token: ${name}`, () => {
      const source = read(text);
      assert.equal(source.problem, undefined);
      const info = at(source, 'in\u00efo 😀');
      assert.equal(keyText(source, info), '"in\u00efo 😀"');
      assert.equal(keyText(source, at(source, 'openapi')), 'openapi');
      assert.equal(valueText(source, at(source, 'in\u00efo 😀', 'title')), "'Orders 😀'");
      assert.deepEqual(
        [0, 1, 2].map((index) => valueText(source, at(source, 'in\u00efo 😀', 'tags', index))),
        ['a', '"b😀"', 'c'],
      );
    });
  }

  test('lines and characters count as the Language Server Protocol does', () => {
    const { lines } = read('a: 1\r\nb: 2\rc: "😀😀"\nd: 3');
    assert.deepEqual(lines.positionAt(6), { line: 1, character: 0 });
    assert.deepEqual(lines.positionAt(11), { line: 2, character: 0 });
    assert.deepEqual(lines.positionAt(18), { line: 2, character: 7 });
    assert.equal(lines.offsetAt({ line: 3, character: 99 }), 25);
    assert.equal(lines.offsetAt({ line: 99, character: 0 }), 25);
    assert.equal(lines.endOf(0), 4);
  });

  test('JSON is read with the same tree and the positions of its own tokens', () => {
    const text =
      '{\n\t"openapi": "3.1.0", // which\n\t"info": { "title": "a\\u00e9\\"😀", "list": [1, -2.5e3, true, null] }\n}\n';
    const source = read(text);
    assert.equal(source.problem, undefined);
    assert.equal(keyText(source, at(source, 'info')), '"info"');
    assert.equal(at(source, 'info', 'title').value, 'aé"😀');
    assert.equal(valueText(source, at(source, 'info', 'title')), '"a\\u00e9\\"😀"');
    assert.deepEqual(valueOf(at(source, 'info', 'list')), [1, -2500, true, null]);
    assert.equal(
      valueText(source, at(source, 'info')),
      '{ "title": "a\\u00e9\\"😀", "list": [1, -2.5e3, true, null] }',
    );
  });
});

describe('values', () => {
  test('keys are what is written, not what YAML makes of them', () => {
    const source = read('200: a\n3.0: b\ntrue: c\n"x": d\n? complex\n: e\n');
    assert.deepEqual(
      source.root?.children.map((child) => child.key),
      ['200', '3.0', 'true', 'x', 'complex'],
    );
  });

  test('are those of the yaml package', () => {
    const text =
      'a: |\n  two\n  lines\nb: >-\n  folded\n  text\nc: ~\nd:\ne: 0x1f\nf: 1e3\ng: "q\\n"\nh: yes\ni: - 1\n'.replace(
        'i: - 1\n',
        '',
      );
    assert.deepEqual(valueOf(read(text).root), parse(text));
  });

  test('an alias is looked through and stays one node; merges give what they bring', () => {
    const source = read('base: &b { type: object, title: Base }\none: *b\ntwo:\n  <<: *b\n  title: Two\n');
    assert.equal(at(source, 'one').kind, 'alias');
    assert.equal(at(source, 'one').stringAt('title'), 'Base');
    assert.deepEqual(at(source, 'one').children, []);
    assert.equal(at(source, 'two').stringAt('type'), 'object');
    assert.equal(at(source, 'two').stringAt('title'), 'Two');
  });

  test('keys of the prototype are ordinary keys', () => {
    for (const text of [
      '__proto__: { a: 1 }\nconstructor: 2\n',
      '{"__proto__": {"a": 1}, "constructor": 2}',
    ]) {
      const source = read(text);
      assert.equal(at(source, '__proto__', 'a').value, 1);
      assert.equal(at(source, 'constructor').value, 2);
      assert.equal(source.root?.get('toString'), undefined);
    }
    assert.equal(Object.hasOwn(Object.prototype, 'a'), false);
  });
});

describe('a syntax error is told where it is', () => {
  const cases: readonly (readonly [name: string, text: string, where: string, message: RegExp])[] = [
    ['a deeper line', 'info:\n  title: Orders\n   version: 1\n', 'version: 1', /deeper than the entry above/],
    ['a line further out', 'info:\n   title: Orders\n  version: 1\n', 'version: 1', /indented differently/],
    ['no colon', 'info:\n  versio\n  title: x\n', 'versio', /colon is missing/],
    ['no colon above deeper lines', 'info\n  title: x\n', 'info', /colon is missing/],
    ['no colon on the last line', 'info:\n  title: x\n  versio\npaths: {}\n', 'versio', /colon is missing/],
    ['no space behind the colon', 'info:\n  title:foo\n  version: 1\n', 'title:foo', /needs a space/],
    ['a colon in a value', 'info:\n  title: Orders: all\n', 'Orders: all', /needs quotes/],
    ['a tab', 'info:\n\ttitle: x\n', '\t', /tab has to go/],
    ['an open quote', 'info:\n  title: "abc\n  version: 1\n', '"abc', /quote is never closed/],
    [
      'quotes that go on too far out',
      'info:\n  title: "abc\n  def"\n  version: 1\n',
      'def"',
      /still open: indent this line deeper/,
    ],
    ['an open brace', 'info: {title: a\npaths: {}\n', '{title: a', /never closed/],
    ['an open brace in one part', 'x: {a: {title: a\n', '{a: {title: a', /never closed/],
    ['an open bracket', 'tags: [ab, cd\npaths: {}\n', '[ab, cd', /never closed/],
    ['no comma in a list', 'tags: ["ab" cd, ef\npaths: {}\n', 'cd', /Missing , or :/],
    ['no comma behind a comment', 'tags: [ab\n    # c\n  cd.ef\npaths: {}\n', 'cd.ef', /Missing , or :/],
    ['no comma before quotes', 'tags: ["ab" "cd ef"]\npaths: {}\n', '"cd ef"', /Missing , or :/],
    ['a missing dash', 'tags:\n  - name: a\n  name: b\n', 'name: b', /indented differently/],
    ['an at sign', 'info:\n  title: @foo\n', '@foo', /in quotes/],
    ['an unknown alias', 'info:\n  title: *foo\n', '*foo', /names no anchor/],
    [
      'a merge conflict',
      'a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> other\n',
      '<<<<<<< HEAD',
      /merge conflict/,
    ],
    ['JSON without a comma', '{"a": 1\n "b": 2}', '"', /comma before this entry/],
    ['JSON with a trailing comma', '{"a": [1,],\n "b": 2}', ',', /no comma behind the last/],
    ['JSON without its end', '{"a": [1', '', /text ends inside of an array/],
    ['JSON with an open string', '{"a": "b\n}', '"b', /string has no end/],
    ['JSON with a bare word', '{"a": yes}', 'yes', /wants a value/],
    ['JSON with a zero in front', '{"a": 01}', '01', /wants a value/],
    ['JSON with more behind it', '{"a": 1} {"b": 2}', '{', /ends before this/],
  ];
  for (const [name, text, where, message] of cases) {
    test(name, () => {
      const { problem } = read(text);
      assert.ok(problem, text);
      assert.equal(text.slice(problem.start, problem.end), where);
      assert.match(problem.message, message);
      assert.match(problem.message, /\.$/);
    });
  }

  test('what stands before it, and in other parts, is still there', () => {
    const source = read('openapi: 3.1.0\ninfo:\n  title: Orders\n  version\n  x: y\npaths: {}\n');
    assert.equal(at(source, 'info', 'title').value, 'Orders');
    assert.equal(at(source, 'paths').kind, 'map');
  });
});

describe('hostile texts', () => {
  test('an alias bomb stays as small as its text', () => {
    const levels = Array.from({ length: 30 }, (_, n) =>
      n === 0 ? 'l0: &l0 [x, x]' : `l${n}: &l${n} [*l${n - 1}, *l${n - 1}, *l${n - 1}, *l${n - 1}]`,
    );
    const source = read(`${levels.join('\n')}\n`);
    assert.equal(source.problem, undefined);
    assert.equal(source.root?.children.length, 30);
  });

  test('an alias to what it stands in has no end, and nothing follows it for ever', () => {
    const source = read('a: &a\n  b: *a\n  <<: *a\n');
    assert.equal(at(source, 'a', 'b', 'b', 'b', 'b').kind, 'alias');
    assert.equal(source.root?.get('a')?.get('nowhere'), undefined);
  });

  for (const [name, text] of [
    ['flow YAML', `x: ${'['.repeat(5000)}${']'.repeat(5000)}`],
    ['block YAML', Array.from({ length: 1500 }, (_, n) => `${' '.repeat(n)}a:\n`).join('')],
    ['JSON', `{"x": ${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
    ['JSON that never ends', '['.repeat(50_000)],
  ] as const) {
    test(`deep nesting is refused: ${name}`, () => {
      assert.match(read(text).problem?.message ?? '', /nested deeper/);
    });
  }

  test('nothing is read from nothing, and binary is not taken for text', () => {
    assert.equal(read('').root, undefined);
    assert.equal(read('').problem, undefined);
    assert.doesNotThrow(() => read('\u0000\u0001\uFFFD\uD800{[&*!|>%@`'));
    assert.doesNotThrow(() => read('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj\n<< /Type /Catalog >>'));
  });

  test('long lines and strings are read', () => {
    const long = 'x'.repeat(2_000_000);
    assert.equal(read(`{"a": "${long}"}`).root?.stringAt('a')?.length, long.length);
    assert.equal(read(`{"a": "${'\\n'.repeat(500_000)}"}`).root?.stringAt('a')?.length, 500_000);
    assert.equal(read(`a: "${long}"\n`).root?.stringAt('a')?.length, long.length);
  });
});

describe('the JSON reader', () => {
  /** A small generator of numbers that are always the same (mulberry32). */
  function random(seed: number): () => number {
    let state = seed;
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
  }

  const sample =
    '{"openapi":"3.1.0","a":[1,-0.5,1e9,true,false,null,{}],"b":{"c":"d\\n\\u00e9\\\\","":[[],[{}]]},"e":"😀"}';

  function judged(text: string): unknown {
    try {
      return { value: JSON.parse(text) as unknown };
    } catch (error) {
      assert.ok(error instanceof SyntaxError);
      return undefined;
    }
  }

  test('takes what JSON.parse takes, with the same value, and refuses what it refuses', () => {
    const next = random(20260);
    const letters = '{}[]",:\\ \n0159.-eEtrufalsn/*x\u0001😀';
    let taken = 0;
    for (let round = 0; round < 4000; round += 1) {
      let text = sample;
      for (let edits = 1 + Math.floor(next() * 2); edits > 0; edits -= 1) {
        const where = Math.floor(next() * text.length);
        const letter = letters[Math.floor(next() * letters.length)] ?? '';
        text = text.slice(0, where) + letter + text.slice(where + Math.floor(next() * 3));
      }
      // Comments are allowed here and not there.
      if (!text.startsWith('{"') || /\/[/*]/.test(text)) continue;
      const expected = judged(text);
      const { problem } = finish(jsonSteps(text, new TableBuilder()));
      assert.equal(problem === undefined, expected !== undefined, text);
      const root = expected === undefined ? undefined : read(text).root;
      const keys = root?.children.map((child) => child.key) ?? [];
      if (expected !== undefined && new Set(keys).size === keys.length)
        assert.deepEqual({ value: valueOf(root) }, expected, text);
      if (expected !== undefined) taken += 1;
    }
    assert.ok(taken > 300, `${taken} were taken`);
  });
});
