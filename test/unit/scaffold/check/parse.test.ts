import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemsIn } from '../../../../src/scaffold/check/parse';

const right: readonly (readonly [path: string, text: string])[] = [
  ['a.yaml', 'a: 1\n---\nb: [x, y]\n'],
  ['a.yml', '# only a comment\n'],
  ['a.yaml', 'x: !reference [a, b]\n'],
  ['a.json', '{"a": [1, -2.5e3, true, null, "\\u00e9\\n"], "b": {}}\n'],
  ['a.json', ' [ ] '],
  ['a.json', '\uFEFF{}'],
  ['.vscode/settings.json', '{ // why\n  "a": 1, /* all */\n}\n'],
  ['.devcontainer/devcontainer.json', '{ "a": [1,], }'],
  ['tsconfig.json', '// x\n{}'],
  ['team.code-workspace', '{ "folders": [], }'],
  ['a.toml', '[a]\nb = 1\n[[c]]\nd = "x"\n'],
  ['Pipfile', '[packages]\n'],
  [
    'a.py',
    'async def f(x: int, /, *, y: str = "") -> None:\n    match x:\n        case 1:\n            pass\n',
  ],
  ['a.py', 'type X[T] = list[T]\nf"{x!r:>{w}} {\'a\'}"\nwith (open(a) as b, c):\n    del b\n'],
  [
    'a.py',
    'def f():\n    with a() as (b, c), d() as e.f:\n        yield\n    return 20. / 1.e3, lambda a, /: a\n',
  ],
  ['a.py', 'match x:\n    case ast.Name():\n        pass\n    case {}:\n        x: tuple[int, *Ts] = x\n'],
  [
    'a.py',
    'with (\n    f(lambda h: h.a(200), {"x": 1}) as (s, t),\n    g(b="c:d") as h[0],\n):\n    s(q={"a": "b"})\n',
  ],
  ['a.py', ''],
  ['a.pyi', 'def f() -> int: ...\n'],
  ['Makefile', 'a: {{ b\n'],
  ['a.txt', '{'],
];

const wrong: readonly (readonly [path: string, text: string, line: number, message: RegExp])[] = [
  ['a.yaml', 'a: 1\nb: [\n', 1, /no YAML/],
  ['a.yaml', 'a: 1\na: 2\n', 1, /no YAML: Map keys must be unique/],
  ['a.yaml', 'a: b: c\n', 0, /no YAML/],
  ['a.yaml', 'a: 1\n---\nb: "x\n', 2, /no YAML/],
  ['a.json', '{"a": 1,\n "b": }\n', 1, /no JSON: } is not expected here/],
  ['a.json', '{"a": 1\n "b": 2}\n', 1, /"b": is not expected/],
  ['a.json', '{"a": 1,}\n', 0, /a comma stands before }/],
  ['a.json', '{\n// no\n}', 1, /\/\/ is not expected/],
  ['a.json', '{"a": 1,\n"a": 2}', 1, /"a" is there twice/],
  ['a.json', '', 0, /ends too early/],
  ['a.json', '[1, 2', 0, /ends too early/],
  ['a.json', '["a\nb"]', 0, /is not expected/],
  ['a.json', '[01]', 0, /is not expected/],
  ['a.json', '{} x', 0, /x is not expected/],
  ['a.json', '['.repeat(1000), 0, /nested more than 200 deep/],
  ['.vscode/tasks.json', '{ "a": /* open }', 0, /is not expected/],
  ['a.toml', '[a]\nb = \n', 1, /no TOML/],
  ['uv.lock', 'a = 1\na = 2\n', 1, /no TOML/],
  ['a.py', 'def f(:\n    pass\n', 0, /no Python/],
  ['a.py', 'x = 1\ny = (1,\n', 1, /no Python/],
  ['a.py', 'if x:\npass\n', 1, /no Python/],
  ['a.py', 'x = \ny = 2\n', 0, /no Python: something is missing/],
  ['a.py', 'a = 1\nb = {{ name }\n', 1, /no Python/],
];

test('what is of its language is let be', () => {
  for (const [path, text] of right) assert.deepEqual(problemsIn(path, text), [], `${path}: ${text}`);
});

test('what is not is told with its line', () => {
  for (const [path, text, line, message] of wrong) {
    const [first] = problemsIn(path, text);
    assert.ok(first, `${path}: ${text}`);
    assert.match(first.message, message, text);
    assert.equal(first.line, line, `${path}: ${text} ${first.message}`);
  }
});
