import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { TableBuilder } from '../../../src/guidelines/table';
import { readYaml } from '../../../src/guidelines/yaml-reader';
import { disagreements, isKnown, samples } from './yaml-mutations';
import { disagreement } from './yaml-oracle';

const folder = join(process.env['SERVICEWRIGHT_CORPUS'] ?? '../shared/corpus', 'specs');
const isThere = existsSync(folder);
const largest = 500_000;
const files = (isThere ? readdirSync(folder) : []).filter((name) => /\.ya?ml$/.test(name));

describe('our reader of YAML', () => {
  for (const [at, text] of samples.entries())
    test(`reads sample ${at + 1} as the yaml package does`, () => {
      if (!isKnown(text)) assert.equal(disagreement(text), undefined);
    });

  test('says the same of 4,000 texts with slips in them', () => {
    assert.deepEqual(disagreements({ seed: 4, count: 4000, texts: samples }), []);
  });

  test('says the same of what is rare', () => {
    const rare = [
      'a: &x[1]\n',
      'a: &m{b: 1}\n',
      '- &a[1]\n',
      'a: &x\n  b: 1\nc: *x\n',
      'a: &x 1\nb: &y *x\n',
      'a: &x 1\nb: &x 2\nc: *x\n',
      'k:\n  a: b\n    # c\n    d\n',
      "a: 'it''\n  i: x'\n",
      'a: {\n}\n',
      '? a\n: b\n? c\n: d\n',
      '? |\n  a\n: b\n',
      'a: b: c\n',
      'a: &x 1\nc: &m\n   *x\nd: 2\n',
      'a: &x 1\nc:\n- &m\n  *x\n',
      'a: &x 1\nc: &m # why\n  *x : 2\n',
    ];
    for (const text of rare) assert.equal(disagreement(text), undefined, text);
  });

  test('takes what people write without asking the package', () => {
    const plain = samples.slice(0, 6);
    for (const text of plain) assert.deepEqual(readYaml(text, new TableBuilder())?.patches, [], text);
  });

  test('asks the package about one entry alone', () => {
    const read = readYaml('a: 1\nb:\n  c: !x 2\n  d: 3\ne: 4\n', new TableBuilder());
    assert.deepEqual(
      read?.patches.map(({ start, end, problem }) => [start, end, problem]),
      [[10, 18, undefined]],
    );
  });
});

describe('real descriptions', { skip: isThere ? false : `there is no ${folder}` }, () => {
  for (const name of files)
    test(`${name} is read as the yaml package reads it`, () => {
      const text = readFileSync(join(folder, name), 'utf8');
      if (text.length < largest) assert.equal(disagreement(text), undefined);
      else
        assert.ok(readYaml(text, new TableBuilder())?.patches.every(({ problem }) => problem === undefined));
    });
});
