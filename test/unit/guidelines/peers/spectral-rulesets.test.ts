/**
 * Rule sets of Spectral on our engine: the findings that Spectral 6.16.3 has, by rule, severity and place
 * (recorded by `node test/run.mjs bench ruleset-findings`).
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { isObject } from '../../../../src/base/json';
import { severities } from '../../../../src/guidelines/rule';
import { findings, problemsOf } from '../config/helpers';

const fixtures = resolve('test/fixtures/spectral-rulesets');

interface Difference {
  readonly why: string;
  readonly theirs: readonly string[];
  readonly ours: readonly string[];
}

const child = 'components/schemas/Order/properties/child';
/** What is behind a `$ref` is told of where it is written. */
const behind = (theirs: readonly string[] = [], ours: readonly string[] = []): Difference => ({
  why: 'What is behind a `$ref` is told of where it is written.',
  theirs: [`1 ${child}`, ...theirs],
  ours,
});
const underlined = (theirs: string, key: string): Difference => ({
  why: 'The key that is too much, or has a wrong name, is underlined, not the map that holds it.',
  theirs: [`1 info/${theirs}`],
  ours: [`1 info/${theirs}/${key}`],
});
const once = (...theirs: readonly string[]): Difference => ({
  why: 'That a value fits no form, or that no item does, is told once, with the reasons, not for each.',
  theirs: theirs.map((one) => `1 info/${one}`),
  ours: [],
});

/** What is meant to differ: what Spectral finds in other places, and what is found here in their stead. */
const differences: Readonly<Record<string, Difference>> = {
  'functions r-path': behind([], ['1 components/schemas/Order']),
  'functions r-schema': behind([], ['1 components/schemas/Order']),
  'paths al2': behind([], ['1 components/schemas/Order']),
  'paths f25': behind([`1 ${child}/$ref`]),
  'schemas first-2': underlined('x-2', 'b'),
  'schemas all-2': underlined('x-2', 'b'),
  'schemas first-5': underlined('x-5', 'aB'),
  'schemas all-5': underlined('x-5', 'aB'),
  'schemas first-36': underlined('x-36', 'zz'),
  'schemas all-36': underlined('x-36', 'zz'),
  'schemas all-11': once('x-11/0', 'x-11/1'),
  'schemas first-37': once('x-37/type', 'x-37/x'),
  'schemas all-37': once('x-37/type', 'x-37/x'),
};

function recorded(folder: string): ReadonlyMap<string, readonly string[]> {
  const said: unknown = JSON.parse(readFileSync(join(folder, 'spectral.json'), 'utf8'));
  assert.ok(isObject(said));
  return new Map(
    Object.entries(said).map(([rule, all]) => [rule, Array.isArray(all) ? all.map(String) : []]),
  );
}

for (const name of ['functions', 'paths', 'schemas'])
  describe(`rule sets of Spectral: ${name}`, async () => {
    const folder = join(fixtures, name);
    const files = { '/w/.spectral.yaml': readFileSync(join(folder, '.spectral.yaml'), 'utf8') };
    const text = readFileSync(join(folder, 'openapi.yaml'), 'utf8');
    const ours = new Map<string, Set<string>>();
    for (const { rule, severity, path } of await findings(files, text, '/w/openapi.yaml')) {
      const places = ours.get(rule) ?? new Set();
      ours.set(rule, places.add(`${severities.indexOf(severity)} ${path.join('/')}`));
    }
    const theirs = recorded(folder);

    test('all of it is understood', async () => assert.deepEqual(await problemsOf(files), []));

    for (const rule of new Set([...theirs.keys(), ...ours.keys()]))
      test(rule, () => {
        const { theirs: gone = [], ours: come = [] } = differences[`${name} ${rule}`] ?? {};
        const wanted = [...(theirs.get(rule) ?? []).filter((one) => !gone.includes(one)), ...come];
        assert.deepEqual([...(ours.get(rule) ?? [])].toSorted(), wanted.toSorted());
      });
  });
