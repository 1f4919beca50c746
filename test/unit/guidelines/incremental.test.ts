import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Check } from '../../../src/guidelines/engine';
import type { Spec } from '../../../src/guidelines/spec';
import { finish } from '../../../src/guidelines/steps';
import { replay, runEdits } from './edits';
import { foundEdits } from './found-edits';
import { read, whole } from './helpers';
import { shop } from './layouts';

const folder = join(process.env['SERVICEWRIGHT_CORPUS'] ?? '../shared/corpus', 'specs');
const real = [
  'petstore-2.0.yaml',
  'petstore-3.0.yaml',
  'tictactoe-3.1.yaml',
  'burgershop.yaml',
  'tags-3.2.yaml',
];

describe('after edits the model and the findings are those of a fresh reading', () => {
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8])
    test(`of a small description, seed ${seed}`, () => {
      const run = runEdits(shop, { seed, count: 400, every: 4 });
      assert.equal(run.failure, undefined);
    });

  for (const [seed, name] of real.entries())
    test(`of ${name}`, { skip: existsSync(join(folder, name)) ? false : `there is no ${folder}` }, () => {
      const text = readFileSync(join(folder, name), 'utf8').replaceAll(seed % 2 === 1 ? '\n' : '\0', '\r\n');
      for (const round of [0, 1, 2]) {
        const run = runEdits(text, { seed: seed * 10 + round, count: 100, every: 4 });
        assert.equal(run.failure, undefined);
      }
    });

  for (const [name, [text, ...changes]] of Object.entries(foundEdits))
    test(`with ${name}`, () => {
      assert.equal(replay(text, changes).failure, undefined);
    });
});

describe('an edit', () => {
  const many = Array.from({ length: 50 }, (_, n) => `  /p${n}:\n    get: { operationId: op${n} }\n`).join('');
  const text = whole(
    `paths:\n${many}components:\n  schemas:\n    A: { type: object }\n    B: { type: object }\n`,
  );

  function after(
    part: string,
    by: string,
  ): { readonly spec: Spec; readonly kept: number; readonly all: number } {
    const spec = read(text);
    const before = new Set(spec.source.chunks);
    const start = text.indexOf(part);
    spec.edit({ start, end: start + part.length, text: by });
    assert.ok(finish(spec.updateSteps()));
    const { chunks } = spec.source;
    return { spec, kept: chunks.filter((chunk) => before.has(chunk)).length, all: chunks.length };
  }

  test('within an entry reads that entry alone', () => {
    const { kept, all } = after('op17 ', 'op17x ');
    assert.equal(kept, all - 1);
  });

  test('that makes two entries of one, or one of two, leaves the rest', () => {
    const two = after('  /p20:\n', '  /new: {}\n  /p20:\n');
    assert.equal(two.all - two.kept, 1);
    const one = after('  /p20:\n', '');
    assert.equal(one.all - one.kept, 1);
  });

  test('of a word without a colon at the start of a line does not end what stands around it', () => {
    const { spec, kept, all } = after('  /p20:\n', 'wor\n  /p20:\n');
    assert.equal(kept, all - 1);
    assert.equal(spec.root.childrenOf('paths').length, 50);
  });

  test('runs again only what asked for what has changed', () => {
    const spec = read(
      text.replace('{ operationId: op3 }', "{ responses: { '200': { $ref: '#/components/responses/R' } } }"),
    );
    const check = new Check(spec);
    const rules = (): readonly string[] => finish(check.steps()).all.map((one) => `${one.rule} ${one.start}`);
    const before = rules();
    const at = spec.text.indexOf('  schemas:');
    spec.edit({ start: at, end: at, text: '  responses:\n    R: { description: Fine }\n' });
    assert.ok(finish(spec.updateSteps()));
    const now = rules();
    assert.ok(before.some((one) => one.startsWith('unresolved-ref')));
    assert.ok(!now.some((one) => one.startsWith('unresolved-ref')));
  });
});
