import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { matchers } from '../../../src/tasks/matchers';
import { matchLines } from '../../helpers/match-lines';

const found = (output: string): readonly string[] =>
  matchLines(output, matchers).map(
    ({ matcher, file, line, message }) => `${matcher} ${file}:${line ?? '-'} ${message}`,
  );

describe('problem matchers', () => {
  test('read what each tool says of a failure, and the right line of it', () => {
    const outputs: readonly (readonly [string, readonly string[]])[] = [
      [
        '    def test_a():\n>       assert 1 == 2\nE       assert 1 == 2\n\ntests/test_a.py:4: AssertionError\n',
        ['pytest tests/test_a.py:4 assert 1 == 2'],
      ],
      [
        '>       assert get() == 200\nE       assert 404 == 200\nE        +  where 404 = get()\n\ntests/test_a.py:4: AssertionError\n',
        ['pytest-2 tests/test_a.py:4 assert 404 == 200'],
      ],
      [
        `>       assert a == b\n${'E       line\n'.repeat(9)}\ntests/test_a.py:4: AssertionError\n`,
        ['pytest-long tests/test_a.py:4 line'],
      ],
      [
        'tests/test_a.py:4: in test_a\n    assert 1 == 2\nE   assert 1 == 2\n',
        ['pytest-short tests/test_a.py:4 assert 1 == 2'],
      ],
      [
        'Traceback (most recent call last):\n  File "/p/orders/tests.py", line 12, in test_list\n    self.assertEqual(1, 2)\nAssertionError: 1 != 2\n',
        ['python /p/orders/tests.py:12 AssertionError: 1 != 2'],
      ],
      [
        '  File "/p/a.py", line 3, in f\n    return 1 / 0\n           ~~^~~\nZeroDivisionError: division by zero\n',
        ['python-marked /p/a.py:3 ZeroDivisionError: division by zero'],
      ],
      [
        'a.py:2: error: Incompatible return value type (got "int", expected "str")  [return-value]\na.py:2: note: see\n',
        ['mypy a.py:2 Incompatible return value type (got "int", expected "str")'],
      ],
      ['F401 [*] `os` imported but unused\n --> a.py:1:8\n', ['ruff a.py:1 `os` imported but unused']],
      ['a.py:1:8: F401 [*] `os` imported but unused\n', ['ruff-concise a.py:1 `os` imported but unused']],
      ['Would reformat: a.py\n', ['ruff-format a.py:- Would reformat']],
      [
        'orders.Item.name: (fields.E120) CharFields must define a max_length.\n',
        ['django-check orders:- .Item.name: (fields.E120) CharFields must define a max_length.'],
      ],
      [
        'Name    Stmts   Miss  Cover   Missing\norders/views.py      40      3    92%   17-19, 33\nok.py   3   0   100%\nTOTAL   43  3  93%\n',
        ['coverage orders/views.py:17 92%   17-19, 33'],
      ],
      ['make: *** [Makefile:3: test] Error 1\n', ['make Makefile:3 [Makefile:3: test] Error 1']],
    ];
    for (const [output, expected] of outputs) assert.deepEqual(found(output), expected, output);
  });

  test('leave what is no failure alone', () => {
    const lines = [
      '200 OK http://localhost:8000/orders: done',
      '2026-01-01 12:00:00: INFO started',
      'Watching for file changes with StatReloader',
      'tests/test_a.py::test_a PASSED',
      'collected 3 items',
      'orders/views.py      40      0   100%',
      '  File "<string>", line 1, in <module>',
      'make[1]: Entering directory /p',
      'All checks passed!',
      'error: something went wrong',
      'http://localhost:8000: error: x',
    ];
    assert.deepEqual(found(lines.join('\n')), []);
  });
});
