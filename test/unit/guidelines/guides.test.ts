/** A guide whose rules contradict each other could not be followed: each has a description that keeps all of them, and the recommended ones. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { Preset } from '../../../src/guidelines/rule';
import { allRules, checkSpec } from '../../../src/guidelines';
import { read } from './helpers';

/** Each preset, and the description that keeps it. */
const guides: readonly (readonly [Preset, string])[] = [
  ['lyst', 'lyst'],
  ['strict', 'lyst'],
  ['heroku', 'heroku'],
  ['zalando', 'zalando'],
  ['google', 'google'],
  ['owasp', 'owasp'],
];

describe('each guide can be followed', () => {
  for (const [guide, file] of guides)
    test(guide, () => {
      const rules = allRules.filter(
        ({ presets }) => presets.includes(guide) || presets.includes('recommended'),
      );
      assert.ok(rules.filter(({ presets }) => presets.includes(guide)).length >= 20);
      const text = readFileSync(`test/fixtures/guides/${file}.yaml`, 'utf8');
      assert.deepEqual(
        checkSpec(read(text), { rules }).map(
          (one) => `${one.range.start.line + 1} ${one.rule}: ${one.message}`,
        ),
        [],
      );
    });

  test('what guides ask is left to those who chose one: no rule of theirs alone runs by default', () => {
    const text = readFileSync('test/fixtures/guides/owasp.yaml', 'utf8').replace('security:', 'x-security:');
    const told = checkSpec(read(text)).map(({ rule }) => rule);
    const usual = new Set(
      allRules.filter(({ presets }) => presets.includes('recommended')).map(({ id }) => id),
    );
    assert.deepEqual(
      told.filter((id) => !usual.has(id)),
      [],
    );
    assert.ok(checkSpec(read(text), { rules: allRules }).length > told.length);
  });
});
