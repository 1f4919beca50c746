import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import type { Edit } from '../../../src/guidelines/edit';
import {
  appendItem,
  insertAfter,
  insertInto,
  removeItem,
  renameKey,
  replaceValue,
} from '../../../src/guidelines/edit';
import type { Content } from '../../../src/guidelines/render';
import type { Spec } from '../../../src/guidelines';
import type { TreeNode } from '../../../src/guidelines/tree';
import { applyEdits, read } from './helpers';

const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`;

function at(spec: Spec, path: string): TreeNode {
  const node = spec.resolve(`#/${path}`);
  assert.ok(node, path);
  return node;
}

/** Edits the text, and checks that what is not meant to change did not. */
function edited(text: string, make: (spec: Spec) => readonly Edit[]): string {
  const after = applyEdits(text, make(read(text)));
  assert.notEqual(after, text);
  assert.doesNotThrow(() => void parse(after), after);
  return after;
}

const entry: readonly [string, Content] = [
  'x-new',
  { list: ['a b', '#c'], flag: true, more: [{ k: 'v', l: 'w' }] },
];

describe('an entry put into a map', () => {
  test('takes the indentation of its neighbours in block YAML', () => {
    const text = lines('openapi: 3.1.0', 'info:', '    title: a', '    version: "1"');
    assert.equal(
      edited(text, (spec) => insertInto(spec, at(spec, 'info'), entry, ['title'])),
      lines(
        'openapi: 3.1.0',
        'info:',
        '    title: a',
        '    x-new:',
        '        list:',
        '            - a b',
        "            - '#c'",
        '        flag: true',
        '        more:',
        '            - k: v',
        '              l: w',
        '    version: "1"',
      ),
    );
  });

  test('keeps the line ends of the file', () => {
    const text = lines('openapi: 3.1.0', 'info:', '  title: a').replaceAll('\n', '\r\n');
    assert.equal(
      edited(text, (spec) => insertInto(spec, at(spec, 'info'), ['version', '1.0.0'], ['title'])),
      "openapi: 3.1.0\r\ninfo:\r\n  title: a\r\n  version: '1.0.0'\r\n",
    );
  });

  test('goes behind comments, block scalars and nested values', () => {
    const text = lines(
      'openapi: 3.1.0',
      'info:',
      '  description: |',
      '    two',
      '    lines',
      'paths:',
      '  /a: # why',
      '    get:',
      '      tags: [a] # last',
      'x-end: 1',
    );
    const after = edited(text, (spec) => [
      ...insertAfter(spec, at(spec, 'info/description'), ['title', 'b']),
      ...insertAfter(spec, at(spec, 'paths/~1a'), ['/c', { summary: 'd' }]),
    ]);
    assert.equal(
      after,
      lines(
        'openapi: 3.1.0',
        'info:',
        '  description: |',
        '    two',
        '    lines',
        '  title: b',
        'paths:',
        '  /a: # why',
        '    get:',
        '      tags: [a] # last',
        '  /c:',
        '    summary: d',
        'x-end: 1',
      ),
    );
  });

  test('is found at the end of a file without a last line break', () => {
    const text = 'openapi: 3.1.0\ninfo:\n  title: a';
    assert.equal(
      edited(text, (spec) => insertInto(spec, at(spec, 'info'), ['x-a', 'b'], ['title'])),
      `${text}\n  x-a: b`,
    );
  });

  test('in an item of a list stands before the first key', () => {
    const text = lines('openapi: 3.1.0', 'tags:', '- name: a', '  description: b');
    assert.equal(
      edited(text, (spec) => insertInto(spec, at(spec, 'tags/0'), ['x-a', 'b'])),
      lines('openapi: 3.1.0', 'tags:', '- x-a: b', '  name: a', '  description: b'),
    );
  });

  test('stays flow in flow YAML, on one line or on several', () => {
    const one = lines('openapi: 3.1.0', 'info: { title: a, version: "1" }');
    assert.equal(
      edited(one, (spec) => insertInto(spec, at(spec, 'info'), ['x-new', { a: ['b'] }], ['title'])),
      lines('openapi: 3.1.0', 'info: { title: a, x-new: { a: [ b ] }, version: "1" }'),
    );
    const several = lines('openapi: 3.1.0', 'info: {', '    title: a', '  }');
    assert.equal(
      edited(several, (spec) => insertAfter(spec, at(spec, 'info/title'), ['version', '1'])),
      lines('openapi: 3.1.0', 'info: {', '    title: a,', "    version: '1'", '  }'),
    );
  });

  test('is JSON in JSON, indented as the file is', () => {
    const text = '{\n\t"openapi": "3.1.0",\n\t"info": {\n\t\t"title": "a"\n\t}\n}\n';
    const after = edited(text, (spec) =>
      insertAfter(spec, at(spec, 'info/title'), ['x-new', { a: ['b'], c: true }]),
    );
    assert.equal(
      after,
      '{\n\t"openapi": "3.1.0",\n\t"info": {\n\t\t"title": "a",\n\t\t"x-new": {\n\t\t\t"a": [\n\t\t\t\t"b"\n\t\t\t],\n\t\t\t"c": true\n\t\t}\n\t}\n}\n',
    );
    assert.ok(JSON.parse(after));
  });

  test('is compact in compact JSON', () => {
    const text = '{"openapi":"3.1.0","info":{"title":"a"}}';
    const after = edited(text, (spec) => insertInto(spec, at(spec, 'info'), ['version', '1']));
    assert.equal(after, '{"openapi":"3.1.0","info":{"version": "1", "title":"a"}}');
  });
});

describe('an item put at the end of a list', () => {
  test('has the dash where the others have it', () => {
    for (const [list, expected] of [
      [
        ['tags:', '  - name: a # x', 'x: y'],
        ['tags:', '  - name: a # x', '  - name: b', 'x: y'],
      ],
      [
        ['tags:', '- name: a', '  description: c', 'x: y'],
        ['tags:', '- name: a', '  description: c', '- name: b', 'x: y'],
      ],
      [['tags: [{ name: a }]'], ['tags: [{ name: a }, { name: b }]']],
      [
        ['tags: [', '  { name: a }', ']'],
        ['tags: [', '  { name: a },', '  {', '    name: b', '  }', ']'],
      ],
    ] as const)
      assert.equal(
        edited(lines('openapi: 3.1.0', ...list), (spec) => appendItem(spec, at(spec, 'tags'), { name: 'b' })),
        lines('openapi: 3.1.0', ...expected),
      );
  });
});

describe('a change in place', () => {
  test('keeps the quotes', () => {
    const text = lines('openapi: "3.1.0"', "'a': 'b'", 'c: d', '"e": "f"');
    const after = edited(text, (spec) => [
      ...renameKey(spec, at(spec, 'a'), "it's"),
      ...replaceValue(spec, at(spec, 'a'), "it's"),
      ...renameKey(spec, at(spec, 'c'), '404'),
      ...replaceValue(spec, at(spec, 'c'), '#/x'),
      ...renameKey(spec, at(spec, 'e'), 'g"'),
      ...replaceValue(spec, at(spec, 'e'), 'true'),
    ]);
    assert.equal(after, lines('openapi: "3.1.0"', "'it''s': 'it''s'", "'404': '#/x'", '"g\\"": "true"'));
  });

  test('takes an item out with its line, or with its comma', () => {
    for (const [list, expected] of [
      [
        ['x:', '  - a', '  - b # gone', '  - c'],
        ['x:', '  - a', '  - c'],
      ],
      [['x: [a, b, c]'], ['x: [a, c]']],
      [
        ['x: [', '  a,', '  b', ']'],
        ['x: [', '  a', ']'],
      ],
    ] as const)
      assert.equal(
        edited(lines('openapi: 3.1.0', ...list), (spec) => removeItem(spec, at(spec, 'x/1'))),
        lines('openapi: 3.1.0', ...expected),
      );
  });
});
