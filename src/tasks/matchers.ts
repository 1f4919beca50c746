/** Problem matchers, one row per tool: what it prints of a failure, so that failures land in Problems at their line. Read by the generator. */

interface Pattern {
  readonly regexp: string;
  readonly [group: string]: string | number;
}

export interface Matcher {
  /** `$servicewright-<id>` in tasks.json. */
  readonly id: string;
  /** For people, and the source of its problems. */
  readonly title: string;
  readonly severity?: 'error' | 'warning' | 'info';
  readonly pattern: Pattern | readonly Pattern[];
}

/** The name of an error at the start of a line, as Python ends a traceback with. */
const raised = String.raw`^((?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Exit|Interrupt|Warning|DoesNotExist|Failed)(?:: .*)?)$`;
const frame = String.raw`^\s*File "([^"<>]+)", line (\d+)(?:, in .*)?$`;

const explanation = { regexp: String.raw`^E {3,}(\S.*)$`, message: 1 };
const more = { regexp: '^E(?: .*)?$' };
const place = { regexp: String.raw`^([^\s:][^:]*\.py):(\d+): (\w[\w.]*)$`, file: 1, line: 2, code: 3 };

/**
 * An explanation of so many lines, an empty line, `tests/test_orders.py:12: AssertionError`. The first line is the one that says it, and a
 * matcher knows no lists: hence one for each length.
 */
function pytestMatcher(lines: number): Matcher {
  return {
    id: lines === 1 ? 'pytest' : `pytest-${lines}`,
    title: 'pytest',
    pattern: [
      { regexp: '^(?!E(?: |$)).*$' },
      explanation,
      ...Array.from({ length: lines - 1 }, () => more),
      { regexp: String.raw`^\s*$` },
      place,
    ],
  };
}

export const matchers: readonly Matcher[] = [
  {
    // `make: *** [Makefile:12: test] Error 2`
    id: 'make',
    title: 'make',
    pattern: {
      regexp: String.raw`^\S*make(?:\[\d+\])?: \*\*\* (?=\[([^\s:\[]+):(\d+): )(\[.*)$`,
      file: 1,
      line: 2,
      message: 3,
    },
  },
  {
    // `Makefile:12: *** missing separator.  Stop.`
    id: 'make-syntax',
    title: 'make',
    pattern: {
      regexp: String.raw`^([^\s:\[]+):(\d+): \*\*\* (.*)$`,
      file: 1,
      line: 2,
      message: 3,
    },
  },
  ...[1, 2, 3, 4, 5].map(pytestMatcher),
  {
    // A longer explanation: its last lines tell where it belongs.
    id: 'pytest-long',
    title: 'pytest',
    pattern: [explanation, ...Array.from({ length: 5 }, () => more), { regexp: String.raw`^\s*$` }, place],
  },
  {
    // With `--tb=short`: the place, the line of code, the explanation.
    id: 'pytest-short',
    title: 'pytest',
    pattern: [
      { regexp: String.raw`^([^\s:][^:]*\.py):(\d+): in (\S+)$`, file: 1, line: 2, code: 3 },
      { regexp: String.raw`^ {4}\S.*$` },
      { regexp: String.raw`^E {3,}(\S.*)$`, message: 1 },
    ],
  },
  {
    // The last frame of a traceback, its line of code, and what was raised: Django's own test runner, scripts.
    id: 'python',
    title: 'python',
    pattern: [
      { regexp: frame, file: 1, line: 2 },
      { regexp: String.raw`^\s{4}.*$` },
      { regexp: raised, message: 1 },
    ],
  },
  {
    // The same with a line that marks the spot, as Python 3.11 and later write it.
    id: 'python-marked',
    title: 'python',
    pattern: [
      { regexp: frame, file: 1, line: 2 },
      { regexp: String.raw`^\s{4}.*$` },
      { regexp: String.raw`^\s+[~^]+\s*$` },
      { regexp: raised, message: 1 },
    ],
  },
  {
    id: 'mypy',
    title: 'mypy',
    pattern: {
      regexp: String.raw`^([^\s:][^:]*\.pyi?):(\d+)(?::(\d+))?(?::\d+:\d+)?: (error|warning): (.*?)(?:\s+\[([\w-]+)\])?$`,
      file: 1,
      line: 2,
      column: 3,
      severity: 4,
      message: 5,
      code: 6,
    },
  },
  {
    // A rule with its message, then ` --> orders/views.py:3:8`.
    id: 'ruff',
    title: 'ruff',
    severity: 'warning',
    pattern: [
      {
        regexp: String.raw`^([A-Z]{1,4}\d{3,4}|invalid-syntax|[a-z]+(?:-[a-z]+)+):? (?:\[\*\] )?(.*)$`,
        code: 1,
        message: 2,
      },
      { regexp: String.raw`^\s*--> (.+?):(\d+):(\d+)$`, file: 1, line: 2, column: 3 },
    ],
  },
  {
    // `orders/views.py:3:8: F401 …`, ruff's short form, which flake8 and others write too.
    id: 'ruff-concise',
    title: 'ruff',
    severity: 'warning',
    pattern: {
      regexp: String.raw`^([^\s:][^:]*\.pyi?):(\d+):(\d+): ([A-Z]{1,4}\d{3,4}|SyntaxError|invalid-syntax):? (?:\[\*\] )?(.*)$`,
      file: 1,
      line: 2,
      column: 3,
      code: 4,
      message: 5,
    },
  },
  {
    id: 'ruff-format',
    title: 'ruff format',
    severity: 'warning',
    pattern: { regexp: '^(Would reformat): (.+)$', kind: 'file', message: 1, file: 2 },
  },
  {
    // `orders.Item.name: (fields.E120) …`: a check names no file, so the problem stands at the folder of its app.
    id: 'django-check',
    title: 'django check',
    severity: 'warning',
    pattern: {
      regexp: String.raw`^(\w+)((?:\.\w+)*: \((?:\w+\.)+[CEWI]\d{3}\) .*)$`,
      kind: 'file',
      file: 1,
      message: 2,
    },
  },
  {
    // `orders/views.py  40  3  92%  17-19, 33`: stands at the first line that no test ran.
    id: 'coverage',
    title: 'coverage',
    severity: 'info',
    pattern: {
      regexp: String.raw`^(\S+\.py)\s+\d+\s+[1-9]\d*(?:\s+\d+\s+\d+)?\s+(\d+(?:\.\d+)?%\s+(?:\d+->\S+, )*(\d+)[\d\s,>exit-]*)$`,
      file: 1,
      message: 2,
      line: 3,
    },
  },
];
