import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { nodeFiles } from '../../../src/platform/node/files';
import { nodeProcesses } from '../../../src/platform/node/processes';
import { justSource } from '../../../src/tasks/sources/just';
import { parseHeader } from '../../../src/tasks/sources/just/header';
import { readJustfile } from '../../../src/tasks/sources/just/reader';
import { createRandom } from '../../helpers/random';

const dir = resolve('test/fixtures/tasks/just');
const machine = { platform: 'linux', arch: 'x64' };
/** The real just, from npm. */
const just = resolve(
  `node_modules/rust-just-${process.platform}-${process.arch}/bin/just${process.platform === 'win32' ? '.exe' : ''}`,
);

describe('the first line of a recipe', () => {
  test('gives name, parameters and dependencies', () => {
    const header = parseHeader(
      `@build $target='a: b' +files=\`ls :\`: prepare (other 'x' "y:") && after # z`,
    );
    assert.equal(header?.name, 'build');
    assert.equal(header.at, 1);
    assert.deepEqual(
      header.parameters.map(({ name, default: value, isVariadic }) => [name, value, isVariadic]),
      [
        ['target', `'a: b'`, false],
        ['files', '`ls :`', true],
      ],
    );
    assert.deepEqual(header.dependencies, ['prepare', 'other', 'after']);
  });

  test('is told from other statements', () => {
    for (const line of [
      'a := b',
      'set shell := ["a", ":"]',
      'export A := "x"',
      'alias a := b',
      "import 'c:/x'",
    ])
      assert.equal(parseHeader(line), undefined, line);
    assert.equal(parseHeader('set: x')?.name, 'set');
  });
});

describe('a justfile', () => {
  test('lists what just lists, with places, documents, groups and modules', async () => {
    const list = await justSource.list({ files: nodeFiles, machine }, dir);
    assert.deepEqual(
      list?.tasks.map(({ name, description, section, range, isDefault }) => [
        name,
        description,
        section,
        range.start.line,
        isDefault,
      ]),
      [
        ['greet', 'Says the greeting', undefined, 15, true],
        ['test', 'Runs the tests', 'check', 20, false],
        ['deploy', undefined, undefined, 30, false],
        ['fail', undefined, undefined, 38, false],
        ['after', undefined, undefined, 41, false],
        ['lint', 'Comes from the file beside', undefined, 1, false],
        ['docs::serve', 'Shows the pages', 'docs', 1, false],
      ],
    );
    assert.ok(list.accepts('g') && list.accepts('_hidden') && !list.accepts('only-windows'));
    const [greet, , deploy] = list.tasks;
    assert.ok(greet && deploy);
    assert.deepEqual(list.parametersOf(greet), [
      { name: 'who', kind: 'argument', default: 'you' },
      { name: 'rest', kind: 'argument', default: '' },
    ]);
    assert.deepEqual(
      list.parametersOf(deploy).map(({ name, default: value }) => [name, value]),
      [
        ['env', undefined],
        ['extra', ''],
      ],
    );
    assert.deepEqual(greet.recipe, ['@echo {{greeting}} "$@"']);
  });

  test('is what just itself says, and asking runs nothing', async () => {
    assert.ok(existsSync(just), just);
    const list = await justSource.list({ files: nodeFiles, machine }, dir);
    assert.ok(list);
    const line = justSource.asking.commandLine(list, [just]);
    const said = await nodeProcesses.run(line, new AbortController().signal);
    const merged = justSource.asking.merge(list, said);
    assert.deepEqual(
      merged?.tasks.map(({ name }) => name),
      list.tasks.map(({ name }) => name),
      said.stderr,
    );
    assert.equal(existsSync(join(dir, 'trap')), false);
    assert.equal(justSource.asking.merge(list, { ...said, stdout: '{' }), undefined);
    assert.equal(justSource.asking.merge(list, { ...said, stdout: '[]' }), undefined);
    const bare = { ...list, tasks: [] };
    assert.equal(justSource.asking.merge(bare, said)?.tasks.length, list.tasks.length);
  });

  test('runs with arguments behind the name of the recipe', async () => {
    // A run works the variables out, and one of the fixture leaves a trace.
    const copy = mkdtempSync(join(tmpdir(), 'just-'));
    cpSync(dir, copy, { recursive: true });
    const entry = join(copy, 'justfile');
    const line = justSource.commandLine({ entry, target: 'greet', args: ['a b', 'c'], program: [just] });
    const { stdout, exitCode } = await nodeProcesses.run(line, new AbortController().signal);
    rmSync(copy, { recursive: true });
    assert.equal(exitCode, 0);
    assert.equal(stdout, 'hello a b c\nlabel: value\n');
  });

  test('of any text is read without an exception, and each place lies inside it', () => {
    const pieces = [
      'a',
      ':',
      ':=',
      '=',
      "'",
      '"',
      '`',
      '"""',
      "'''",
      '(',
      ')',
      '[',
      ']',
      '\n',
      '\n    ',
      ' ',
      '#',
      '\\',
      '\\\n',
      '@',
      '+',
      '*',
      '$',
      '&&',
      'import ',
      'mod ',
      'alias ',
      '[private]\n',
      '[group("x")]\n',
      '\0',
      '💥',
    ];
    for (let seed = 0; seed < 5_000; seed++) {
      const random = createRandom(seed);
      const text = Array.from({ length: random.int(60) }, () => random.pick(pieces)).join('');
      const lines = text.split('\n');
      for (const { range } of readJustfile(text).recipes)
        assert.ok(range.end.character <= (lines[range.start.line]?.length ?? -1), `seed ${seed}`);
    }
    const long = `${'a:\n'.repeat(50_000)}${'('.repeat(50_000)}\nb: ${'(x '.repeat(20_000)}\n${'c \\\n'.repeat(20_000)}`;
    assert.ok(readJustfile(long).recipes.length >= 50_000);
  });
});
