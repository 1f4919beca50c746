import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkSpec } from '../../../src/guidelines';
import type { ScoreTally } from '../../../src/guidelines/score';
import { draggedDownBy, foundText, isScoreTally, scoreOf } from '../../../src/guidelines/score';
import { tallyOf } from '../../../src/guidelines/score-tally';
import { read, whole } from './helpers';

const found = (...rules: ScoreTally['rules']): ScoreTally => ({ operations: 10, schemas: 10, rules });

describe('the score of a description', () => {
  test('is 100 without findings, and 50 when they weigh as much as it', () => {
    assert.equal(scoreOf(found()), 100);
    assert.equal(scoreOf(found({ rule: 'a', severity: 'error', count: 6 })), 50);
    assert.equal(scoreOf(found({ rule: 'a', severity: 'warning', count: 30 })), 50);
    assert.equal(scoreOf(found({ rule: 'a', severity: 'hint', count: 1000 })), 100);
  });

  test('a single warning is seen, more are worse, and it never reaches 0', () => {
    const after = (count: number): number => scoreOf(found({ rule: 'a', severity: 'error', count }));
    assert.ok(scoreOf(found({ rule: 'a', severity: 'info', count: 1 })) < 100);
    assert.ok(after(2) < after(1));
    assert.equal(after(1_000_000), 1);
  });

  test('a finding costs a large description less', () => {
    const rules = found({ rule: 'a', severity: 'error', count: 1 }).rules;
    const of = (operations: number): number => scoreOf({ operations, schemas: 0, rules });
    assert.equal(of(0), of(4));
    assert.ok(of(100) > of(10) && of(10) > of(4));
  });

  test('says what drags it down, worst first', () => {
    const tally = found(
      { rule: 'mild', severity: 'warning', count: 3 },
      { rule: 'grave', severity: 'error', count: 1 },
      { rule: 'nothing', severity: 'hint', count: 9 },
    );
    assert.deepEqual(draggedDownBy(tally), ['grave: 1 error', 'mild: 3 warnings']);
    assert.equal(foundText(tally), '1 error, 3 warnings, 9 hints');
    assert.equal(foundText(found()), 'no findings');
  });

  test('is made from the findings of a description', () => {
    const spec = read(
      whole(
        'paths:\n  /orderItems:\n    get: { operationId: listItems, summary: List them, responses: { default: { description: It } } }\ncomponents:\n  schemas: { A: {}, B: {} }\n',
      ),
    );
    const tally = tallyOf(spec, checkSpec(spec));
    assert.deepEqual([tally.operations, tally.schemas], [1, 2]);
    assert.ok(tally.rules.some((one) => one.rule === 'path-kebab-case' && one.count === 1));
    assert.ok(isScoreTally(JSON.parse(JSON.stringify(tally))));
    assert.ok(!isScoreTally({ ...tally, rules: [{ rule: 'a', severity: 'grave', count: 1 }] }));
  });
});
