import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { breakingIndex } from '../../../../src/gen/indexes';
import { allRules } from '../../../../src/guidelines';
import { breakingChecks } from '../../../../src/guidelines/breaking/checks/index.gen';
import { wanted, whole } from '../helpers';
import { breaks } from './helpers';

const folder = 'src/guidelines/breaking/checks';
const told = (before: string, after: string): readonly string[] =>
  breaks(whole(before), whole(after)).map((one) => `${one.rule} on ${one.range.start.line}: ${one.message}`);

describe('the examples of each check of compatibility', () => {
  for (const check of breakingChecks) {
    test(`${check.id}: the bad one is told exactly where it says, with what stood there`, () => {
      const found = breaks(whole(check.before), whole(check.bad));
      const mine = found.filter((one) => one.rule === check.id);
      assert.deepEqual([...new Set(mine.map((one) => one.range.start.line))], wanted(whole(check.bad)));
      for (const { message, span, before } of mine) {
        assert.match(message, /^[A-Z`].*\.$/);
        assert.doesNotMatch(message, /bug of|undefined|\[object/);
        assert.ok(span.end > span.start);
        if (before !== undefined) assert.ok(whole(check.before).includes(before.text.split('\n')[0] ?? '-'));
      }
    });

    test(`${check.id}: the good one breaks nothing`, () => {
      assert.deepEqual(told(check.before, check.good), []);
      assert.deepEqual(told(check.before, check.before), []);
    });
  }

  test('each is listed, by its own id, among the rules', () => {
    const ids = readdirSync(folder)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.gen.ts'))
      .map((name) => name.slice(0, -'.ts'.length));
    assert.ok(ids.length >= 25);
    assert.deepEqual(
      breakingChecks.map((one) => one.id),
      ids.toSorted(),
    );
    assert.equal(readFileSync(`${folder}/index.gen.ts`, 'utf8'), breakingIndex(ids));
    assert.deepEqual(
      allRules.filter((one) => one.before !== undefined),
      breakingChecks,
    );
  });
});
