import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { filesWithoutTests, formatSummary, isGreen, parseNodeTestCounts } from '../../editor/counts';

const closing = [
  '✔ adds (0.5ms)',
  'ℹ tests 6',
  'ℹ suites 0',
  'ℹ pass 2',
  'ℹ fail 1',
  'ℹ cancelled 1',
  'ℹ skipped 1',
  'ℹ todo 1',
  'ℹ duration_ms 12.5',
  '',
].join('\n');

describe('counts of tests', () => {
  test('are read from the closing lines of node:test, cancelled as failed and todo as skipped', () => {
    assert.deepEqual(parseNodeTestCounts(closing), { passed: 2, failed: 2, skipped: 2 });
  });

  test('are unknown when the closing lines are missing', () => {
    assert.equal(parseNodeTestCounts('Segmentation fault\n'), undefined);
  });

  test('a line that a test prints in the middle of a line is not a closing line', () => {
    assert.equal(parseNodeTestCounts('note: ℹ pass 3\nnote: ℹ fail 0\n'), undefined);
  });

  test('a file that holds no test is found by its path in place of a name', () => {
    const output = '✔ /repo/out/test/unit/empty.test.js (40.1ms)\n✔ reads a.test.js (1ms)\n';
    assert.deepEqual(filesWithoutTests(output), ['/repo/out/test/unit/empty.test.js']);
  });

  test('an empty or a failed suite is not green', () => {
    assert.equal(isGreen({ passed: 0, failed: 0, skipped: 3 }), false);
    assert.equal(isGreen({ passed: 5, failed: 1, skipped: 0 }), false);
    assert.equal(isGreen({ passed: 5, failed: 0, skipped: 1 }), true);
  });

  test('the summary has a line for each kind and the sum alone on the last one', () => {
    const summary = formatSummary([
      { kind: 'unit', counts: { passed: 10, failed: 0, skipped: 1 }, seconds: 2.04 },
      { kind: 'protocol', counts: { passed: 3, failed: 1, skipped: 0 }, seconds: 1 },
    ]);
    assert.deepEqual(summary.split('\n'), [
      'unit      10 passed, 0 failed, 1 skipped  2.0 s',
      'protocol  3 passed, 1 failed  1.0 s',
      '13 passed, 1 failed, 1 skipped',
    ]);
  });

  test('a kind without a test counts as a failure in the sum', () => {
    const summary = formatSummary([
      { kind: 'unit', counts: { passed: 1, failed: 0, skipped: 0 }, seconds: 0 },
      { kind: 'golden', counts: { passed: 0, failed: 0, skipped: 0 }, seconds: 0 },
    ]);
    assert.match(summary, /^golden {2}0 passed, 0 failed \(no test ran: a failure\)/mu);
    assert.equal(summary.split('\n').at(-1), '1 passed, 1 failed');
  });
});
