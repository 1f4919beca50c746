import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Spec } from '../../../src/guidelines/spec';
import { jsonSteps } from '../../../src/guidelines/json-reader';
import { Lines } from '../../../src/guidelines/lines';
import { finish } from '../../../src/guidelines/steps';
import { TableBuilder } from '../../../src/guidelines/table';
import type { TreeNode } from '../../../src/guidelines/tree';
import { layouts, pretty } from './layouts';

const paths = Array.from({ length: 40 }, (_, n) => [
  `/p${n}`,
  { get: { operationId: `op${n}`, tags: ['a'] } },
]);
const schemas = Array.from({ length: 40 }, (_, n) => [`S${n}`, { type: 'object', description: `the ${n}` }]);
const value = {
  openapi: '3.1.0',
  info: { title: 'Many', version: '1' },
  paths: Object.fromEntries(paths) as unknown,
  components: { schemas: Object.fromEntries(schemas) as unknown },
};
const indented = JSON.stringify(value, undefined, 2);
const line = JSON.stringify(value);

function read(text: string): Spec {
  const spec = new Spec(text);
  finish(spec.updateSteps());
  return spec;
}

/** How many pieces an edit makes anew, and what is there then. */
function after(text: string, part: string, by: string): { readonly spec: Spec; readonly fresh: number } {
  const spec = read(text);
  const before = new Set(spec.source.chunks);
  const start = text.indexOf(part);
  assert.ok(start >= 0, part);
  spec.edit({ start, end: start + part.length, text: by });
  finish(spec.updateSteps());
  return { spec, fresh: spec.source.chunks.filter((chunk) => !before.has(chunk)).length };
}

const namesIn = (spec: Spec, ...way: readonly string[]): number => {
  let node: TreeNode | undefined = spec.root;
  for (const key of way) node = node?.get(key);
  return node?.children.length ?? 0;
};

describe('a description in JSON', () => {
  for (const [name, text] of [
    ['with indentation', indented],
    ['in one line', line],
    ['with line breaks of Windows', indented.replaceAll('\n', '\r\n')],
  ] as const) {
    test(`${name} is cut at the entries of its maps`, () => {
      const { source } = read(text);
      const kinds = source.chunks.map(({ kind }) => kind);
      assert.equal(kinds.filter((kind) => kind === 'entry').length, 82);
      assert.equal(kinds.filter((kind) => kind === 'header').length, 3);
      assert.equal(kinds.filter((kind) => kind === 'closer').length, 4);
      assert.equal(source.chunks.map((chunk) => chunk.text).join(''), text);
    });

    test(`${name}: an edit within an entry reads that entry alone`, () => {
      assert.equal(after(text, 'op17', 'op17x').fresh, 1);
      assert.equal(after(text, 'the 20', 'the \\u0032\\"0').fresh, 1);
    });

    test(`${name}: an entry that comes, goes or is renamed leaves the rest`, () => {
      const renamed = after(text, '"/p17"', '"/other"');
      assert.equal(renamed.fresh, 1);
      assert.equal(renamed.spec.root.get('paths')?.children[17]?.key, '/other');
      const come = after(text, '"/p17"', '"/new": {}, "/p17"');
      assert.ok(come.fresh <= 2, `${come.fresh}`);
      assert.equal(namesIn(come.spec, 'paths'), 41);
    });

    test(`${name}: a quote or a comma too many or too few costs its own entry`, () => {
      for (const [part, by] of [
        ['"op17"', '"op17'],
        ['"op17"', 'op17"'],
        ['"op17"', '"op"17"'],
        ['"op17",', '"op17"'],
        ['"op17",', '"op17",,'],
        ['"op17"', ''],
      ] as const) {
        const { spec, fresh } = after(text, part, by);
        assert.ok(fresh <= 2, `${by}: ${fresh}`);
        assert.equal(spec.isSound, false, by);
        assert.equal(namesIn(spec, 'paths'), 40, by);
        assert.equal(namesIn(spec, 'components', 'schemas'), 40, by);
        assert.equal(spec.source.chunks.filter((chunk) => chunk.problem !== undefined).length, 1, by);
      }
    });
  }

  test('with indentation: a bracket too many or too few costs its own entry', () => {
    for (const [part, by] of [
      ['"/p17": {', '"/p17": '],
      ['"/p17": {', '"/p17": {{'],
      ['"get": {\n        "operationId": "op17"', '"get": {[\n        "operationId": "op17"'],
      ['"operationId": "op17"', '}\n        "operationId": "op17"'],
      ['"operationId": "op17"', '}}}\n        "operationId": "op17"'],
    ] as const) {
      const { spec, fresh } = after(indented, part, by);
      assert.ok(fresh <= 3, `${by}: ${fresh}`);
      assert.equal(spec.isSound, false, by);
      assert.equal(namesIn(spec, 'paths'), 40, by);
      assert.equal(namesIn(spec, 'components', 'schemas'), 40, by);
    }
  });

  test('in one line: a list that is not closed, or opened, costs its own entry', () => {
    const own = '"S7":{"type":"object"';
    const listed = line.replace(own, '"S7":{"type":["object","null"]');
    for (const [part, by] of [
      ['["object","null"]', '["object","null"'],
      ['["object","null"]', '"object","null"]'],
    ] as const) {
      const { spec, fresh } = after(listed, part, by);
      assert.ok(fresh <= 4, `${fresh} pieces are read again`);
      assert.equal(namesIn(spec, 'components', 'schemas'), 40);
      assert.equal(namesIn(spec, 'paths'), 40);
      assert.ok(spec.source.problem);
    }
  });

  test('keeps the other maps where one is not closed', () => {
    const text = indented.replace('  },\n  "components"', '  "components"');
    assert.notEqual(text, indented);
    const spec = read(text);
    assert.equal(namesIn(spec, 'paths'), 40);
    assert.equal(namesIn(spec, 'components', 'schemas'), 40);
    assert.match(spec.source.problem?.message ?? '', /never closed/);
  });

  test('keeps what stands before and behind a wrong place of an entry', () => {
    const { spec } = after(indented, '"operationId": "op17",', '"operationId" "op17",');
    const get = spec.root.get('paths')?.get('/p17')?.get('get');
    assert.equal(get?.get('tags')?.children[0]?.value, 'a');
    const { problem } = spec.source;
    assert.equal(spec.text.slice(problem?.start, problem?.end), '"operationId"');
  });

  test('counts lines and characters as its whole text does', () => {
    for (const text of Object.values(layouts)) {
      const { source } = read(text);
      const lines = new Lines(text);
      assert.equal(source.lines.count, lines.count);
      for (let at = 0; at <= text.length; at += 1)
        assert.deepEqual(source.lines.positionAt(at), lines.positionAt(at));
      for (let row = 0; row <= lines.count; row += 1) {
        assert.equal(source.lines.startOf(row), lines.startOf(row));
        assert.equal(source.lines.endOf(row), lines.endOf(row));
        const position = { line: row, character: 7 };
        assert.equal(source.lines.offsetAt(position), lines.offsetAt(position));
      }
    }
  });

  test('has the same places in pieces as when it is read whole', () => {
    const { table } = finish(jsonSteps(pretty, new TableBuilder()));
    assert.ok(table);
    const spans: number[][] = [];
    const visit = (node: TreeNode): void => {
      spans.push([node.keySpan?.start ?? -1, node.keySpan?.end ?? -1, node.start, node.end]);
      for (const child of node.children) visit(child);
    };
    visit(read(pretty).root);
    const whole = Array.from({ length: table.count }, (_, row) =>
      Array.from(table.rows.subarray(row * 8 + 1, row * 8 + 5)),
    );
    assert.deepEqual(spans, whole);
  });

  test('is only then cut by lines when its brackets do not fit', () => {
    const odd = pretty.replace('      "post": {', '    "post": {').replace('    "Item": {', '"Item": {');
    assert.notEqual(odd, pretty);
    const spec = read(odd);
    assert.equal(spec.isSound, true);
    assert.equal(spec.root.get('paths')?.get('/orders')?.children[0]?.key, 'post');
  });
});
