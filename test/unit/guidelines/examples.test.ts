import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { rulesIndex } from '../../../src/gen/indexes';
import { redoclyRules } from '../../../src/guidelines/peers/rules';
import type { Rule } from '../../../src/guidelines';
import { allRules, checkSpec } from '../../../src/guidelines';
import { applyEdits, check, checkAll, read, wanted, whole } from './helpers';

const folder = 'src/guidelines/rules';
/** Guides contradict one another, so no text can keep the rules of all of them. */
const askedByPeers = new Set(Object.values(redoclyRules).flatMap(({ ours }) => ours));
const isRecommended = (rule: Rule): boolean => rule.presets.includes('recommended');
const recommended = allRules.filter(isRecommended);
/** Those that compare two versions have examples of another kind, and tests of their own. */
const rules = allRules.filter((rule) => rule.before === undefined);

describe('the examples of each rule', () => {
  for (const rule of rules) {
    test(`${rule.id}: the bad one is reported exactly where it says`, () => {
      const lines = wanted(whole(rule.bad));
      assert.ok(lines.length > 0, 'there is a line with # want');
      assert.deepEqual(
        check(rule.id, rule.bad).map((finding) => finding.range.start.line),
        lines,
      );
    });

    test(`${rule.id}: the good one keeps the rule and all that are recommended`, () => {
      assert.deepEqual(
        checkAll(whole(rule.good), { rules: [...recommended, ...(isRecommended(rule) ? [] : [rule])] }).map(
          (finding) => `${finding.rule}: ${finding.message}`,
        ),
        [],
      );
      assert.equal(typeof parse(rule.good), 'object');
    });

    test(`${rule.id}: its fixes mend what they promise to mend, and leave sound YAML`, () => {
      const text = whole(rule.bad);
      const findings = check(rule.id, rule.bad);
      for (const finding of findings) {
        if (finding.fix === undefined) continue;
        const edits = finding.fix.edits();
        assert.ok(edits.length > 0, 'a fix changes something');
        const after = applyEdits(text, edits);
        assert.doesNotThrow(() => void parse(after), after);
        assert.equal(checkSpec(read(after), { rules: [rule] }).length, findings.length - 1, after);
      }
    });
  }
});

describe('the rules as a set', () => {
  test('the index lists every file, each under its own id', () => {
    const ids = readdirSync(folder)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.gen.ts'))
      .map((name) => name.slice(0, -'.ts'.length));
    assert.deepEqual(
      rules.map((rule) => rule.id),
      ids.toSorted(),
    );
    assert.equal(readFileSync(`${folder}/index.gen.ts`, 'utf8'), rulesIndex(ids));
    assert.ok(ids.length >= 20);
  });

  test('each says what it is in whole sentences, and where it comes from', () => {
    for (const rule of allRules) {
      assert.match(rule.summary, /^[A-Z`].*\.$/, rule.id);
      assert.match(rule.why, /^[A-Z`].*\.$/, rule.id);
      assert.ok(rule.source.guideline.length > 0, rule.id);
      assert.match(rule.source.url ?? '', /^https:\/\//, rule.id);
      // What no preset has, the configuration of a peer asks for.
      assert.ok(rule.presets.length > 0 || askedByPeers.has(rule.id), rule.id);
    }
  });

  test('those that mend what they find say so, and their bad example shows it', () => {
    const mending = rules.filter((rule) =>
      check(rule.id, rule.bad).some((finding) => finding.fix !== undefined),
    );
    const ids = (rules: readonly Rule[]): readonly string[] => rules.map((rule) => rule.id);
    assert.deepEqual(ids(mending), ids(rules.filter((rule) => rule.fixable === true)));
    assert.ok(mending.length >= 5);
  });
});
