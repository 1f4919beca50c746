import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { isObject } from '../../../src/base/json';
import type { Finding, Spec } from '../../../src/guidelines';
import { allRules, checkSpec } from '../../../src/guidelines';
import { specSteps } from '../../../src/guidelines/spec';
import { finish } from '../../../src/guidelines/steps';
import { applyEdits, checkAll, read } from './helpers';

/** Real descriptions, where they are at hand; larger ones are for the benchmarks. */
const folder = join(process.env['SERVICEWRIGHT_CORPUS'] ?? '../shared/corpus', 'specs');
const isThere = existsSync(folder);
const skip = isThere ? false : `there is no ${folder}`;
const largest = 2_000_000;

const texts = (isThere ? readdirSync(folder) : [])
  .filter((name) => /\.(?:ya?ml|json)$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
  .filter(({ text }) => text.length < largest);

function within(spec: Spec, finding: Finding): void {
  const { span, range, message } = finding;
  const label = `${finding.rule} at ${range.start.line + 1}: ${message}`;
  const told = spec.text.slice(span.start, span.end);
  assert.ok(told.length > 0, label);
  assert.equal(range.start.line, range.end.line, label);
  assert.equal(told.trim(), told, label);
  assert.doesNotMatch(message, /bug of Servicewright|undefined|\[object/, label);
  const { lines } = spec.source;
  assert.deepEqual([lines.offsetAt(range.start), lines.offsetAt(range.end)], [span.start, span.end], label);
}

describe('real descriptions', { skip }, () => {
  test('there are many of them', () => assert.ok(texts.length > 20));

  for (const { name, text } of texts) {
    test(`${name}: every finding underlines one token and speaks of it`, () => {
      const spec = finish(specSteps(text));
      const value: unknown = name.endsWith('.json')
        ? JSON.parse(text)
        : parse(text, { uniqueKeys: false, logLevel: 'silent' });
      const isSpec =
        isObject(value) && ['openapi', 'swagger', 'asyncapi', 'arazzo'].some((key) => key in value);
      assert.equal(spec !== undefined, isSpec);
      if (spec !== undefined)
        for (const finding of checkSpec(spec, { rules: allRules })) within(spec, finding);
    });
  }

  test('YAML and JSON of one description have the same findings', () => {
    const pairs = texts
      .filter(({ name }) => name.endsWith('.yaml'))
      .flatMap((yaml) => {
        const json = texts.find(({ name }) => name === yaml.name.replace('.yaml', '.json'));
        return json === undefined ? [] : [[yaml, json] as const];
      });
    assert.ok(pairs.length > 0);
    const told = (text: string): readonly string[] =>
      checkAll(text).map(
        ({ rule, path, message }) => `${rule} ${path.join('/')} ${message.replaceAll(/line \d+/g, '')}`,
      );
    for (const [yaml, json] of pairs) assert.deepEqual(told(yaml.text), told(json.text), yaml.name);
  });

  test('every fix of the smaller ones leaves a sound text with one finding less of its rule', () => {
    let count = 0;
    for (const { name, text } of texts.filter((one) => one.text.length < 30_000)) {
      const spec = finish(specSteps(text));
      const found = spec === undefined ? [] : checkSpec(spec, { rules: allRules });
      for (const finding of found) {
        if (finding.fix === undefined) continue;
        count += 1;
        const after = applyEdits(text, finding.fix.edits());
        const same = (all: readonly Finding[]): number =>
          all.filter((one) => one.rule === finding.rule).length;
        const label = `${name} ${finding.rule} ${finding.path.join('/')}`;
        const telling = allRules.filter(({ id }) => [finding.rule, 'syntax', 'duplicate-key'].includes(id));
        const left = checkSpec(read(after), { rules: telling });
        assert.ok(same(left) < same(found), label);
        assert.ok(!left.some((one) => one.rule === 'syntax' || one.rule === 'duplicate-key'), label);
      }
    }
    assert.ok(count > 50, `${count} fixes`);
  });
});
