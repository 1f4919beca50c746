import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import type { Range } from '../../../src/base/text';
import { nodeFiles } from '../../../src/platform/node/files';
import {
  completionsAt,
  occurrencesOf,
  outlineOf,
  problemsIn,
  symbolsOf,
  wordAt,
} from '../../../src/tasks/language';
import type { Problem } from '../../../src/tasks/language/problem';
import { loadMakefile } from '../../../src/tasks/sources/make/load';
import type { Makefile } from '../../../src/tasks/sources/make/makefile';
import { readTexts } from '../../helpers/makefiles';
import { createRandom } from '../../helpers/random';

function problemsOf(text: string, names: readonly string[] = ['Makefile']): readonly Problem[] {
  return problemsIn({
    file: '/p/Makefile',
    lines: text.split('\n'),
    outline: outlineOf(text),
    outlines: [outlineOf(text)],
    makefile: readTexts(text),
    names: new Set(names),
  });
}

const said = (text: string, names?: readonly string[]): readonly string[] =>
  problemsOf(text, names)
    .filter(({ severity }) => severity !== 'hint')
    .map(({ code, range }) => `${range.start.line}:${range.start.character} ${code}`);

/** The text after the first fix of the only problem. */
function fixed(text: string): string {
  const [problem] = problemsOf(text).filter(({ severity }) => severity !== 'hint');
  const lines = text.split('\n');
  for (const edit of problem?.fixes[0]?.edits ?? []) {
    const { start, end } = edit.range;
    const line = lines[start.line] ?? '';
    lines[start.line] = line.slice(0, start.character) + edit.text + line.slice(end.character);
  }
  return lines.join('\n');
}

describe('problems of a Makefile', () => {
  test('are blanks for a tab', () => {
    const text = 'all:\n    echo one\n    @echo two\n';
    assert.deepEqual(said(text), ['1:0 tab', '2:0 tab']);
    assert.equal(fixed(text), 'all:\n\techo one\n    @echo two\n');
    assert.deepEqual(
      said('all: ; @true\n  A := x\n  ifdef A\n  endif\n  $(info x)\n  b: c\nc: ; @true\n'),
      [],
    );
    assert.deepEqual(said('A := a \\\n    b \\\n    c\nall: \\\n    x\nx: ; @true\n'), []);
    assert.deepEqual(said('.RECIPEPREFIX = >\nall:\n> echo\n  echo\n'), []);
  });

  test('are prerequisites that nothing makes', () => {
    assert.deepEqual(said('.PHONY: all\nall: lnit lint\nlint:\n\t@true\n'), ['1:5 unknown-prerequisite']);
    assert.equal(fixed('all: lnit\nlint:\n\t@true\n'), 'all: lint\nlint:\n\t@true\n');
    for (const text of [
      'all: folder\n',
      'all: main\n',
      'all: src/gone.c gone.txt Dockerfile\n',
      'all: run-x\nrun-%:\n\t@true\n',
      'all: what\n%:\n\t@true\n',
      'all: what\n.DEFAULT:\n\t@true\n',
      'all: what\n$(shell ls):\n\t@true\n',
      '.PHONY: gone\n',
      'all: $(X) what-$(X)\n',
    ])
      assert.deepEqual(said(text, ['Makefile', 'folder/', 'main.c']), [], text);
  });

  test('are recipes that another one takes the place of', () => {
    assert.deepEqual(said('a:\n\t@echo 1\na:\n\t@echo 2\n'), ['2:0 overridden-recipe']);
    assert.deepEqual(said('a::\n\t@echo 1\na::\n\t@echo 2\n'), []);
    assert.deepEqual(said('ifeq ($(shell x),y)\na:\n\t@echo 1\nelse\na:\n\t@echo 2\nendif\n'), []);
    assert.deepEqual(said('a: b\na:\n\t@echo 2\nb: ; @true\n'), []);
  });

  test('are actions that a file keeps from running', () => {
    const text = 'test:\n\tpytest\n';
    assert.deepEqual(said(text, ['Makefile', 'test/']), ['0:0 phony']);
    assert.deepEqual(
      problemsOf(text).map(({ severity }) => severity),
      ['hint'],
    );
    const [problem] = problemsOf(text);
    assert.equal(problem?.fixes[0]?.edits[0]?.text, '.PHONY: test\n');
    for (const other of [
      '.PHONY: test\ntest:\n\tpytest\n',
      'venv:\n\tpython -m venv venv\n',
      'tool:\n\tcc -o $@\n',
    ])
      assert.deepEqual(problemsOf(other, ['Makefile', 'test/', 'venv/', 'tool']), [], other);
  });

  test('are slips in the names of variables', () => {
    assert.deepEqual(said('PYTHON := python3\n.PHONY: a\na:\n\t$(PYTHN) -m x\n'), ['3:3 undefined-variable']);
    assert.equal(fixed('a:\n\techo $HOME\n'), 'a:\n\techo $$HOME\n');
    assert.equal(fixed('a:\n\tcd $(pwd)\n'), 'a:\n\tcd $$(pwd)\n');
    for (const text of [
      'a:\n\techo $(ARGS) $(CC) $@ $(@D) $* $$HOME $${x} $(1)\n',
      'SRC_1 := a\nSRC_2 := b\na:\n\techo $(SRC_3)\n',
      'FLAGS := a\na:\n\techo $(FLAGS2)\n',
      'X := $(foreach n,a b,$(n))\n',
      'NAME := x\nifdef NAMES\nendif\na:\n\techo $(NAMES)\n',
    ])
      assert.deepEqual(said(text), [], text);
  });
});

describe('names in a Makefile', () => {
  const text =
    'A := 1\nB = $(A) ${A:x=y} $(call A,x)\nall: one two | A\n\techo $(A) $$A # $(A)\none two: ; @echo $(A)\ndefine T\n$(1): $$(A)\nendef\nx: A += 2\n';
  const outline = outlineOf(text);

  test('are found everywhere that means them', () => {
    const variable = wordAt(outline, { line: 0, character: 0 });
    assert.equal(variable?.kind, 'variable');
    assert.deepEqual(
      occurrencesOf(variable, outline)
        .map(({ start }) => `${start.line}:${start.character}`)
        .toSorted(),
      ['0:0', '1:11', '1:25', '1:6', '3:19', '3:8', '4:19', '6:9', '8:3'].toSorted(),
    );
    const target = wordAt(outline, { line: 2, character: 6 });
    assert.deepEqual([target?.kind, target?.name], ['target', 'one']);
  });

  test('are symbols', () => {
    assert.deepEqual(
      symbolsOf(outline).map(({ name, kind }) => `${kind} ${name}`),
      ['variable A', 'variable B', 'target all', 'target one', 'target two', 'function T'],
    );
  });

  test('can be completed', () => {
    const labels = (line: string): readonly string[] =>
      completionsAt(line, { line: 9, character: line.length }, [outline], undefined).map(
        ({ label }) => label,
      );
    assert.ok(labels('x: o').includes('one'));
    assert.ok(labels('\techo $(').includes('B'));
    assert.deepEqual(labels('\techo: o'), []);
    assert.deepEqual(labels('A := x: o'), []);
  });
});

describe('any text', () => {
  const pieces = [
    'a',
    'B',
    ':',
    '::',
    ':=',
    '=',
    '+=',
    '\t',
    '    ',
    '\n',
    '\n\t',
    '\\\n',
    '#',
    '$',
    '$$',
    '$(',
    '${',
    ')',
    '}',
    ',',
    'define X\n',
    'endef\n',
    'ifdef B\n',
    'else\n',
    'endif\n',
    'include x\n',
    '.PHONY: a\n',
    '$(foreach n,a,',
    ';',
    '|',
    '&:',
    '%',
    '\0',
    '💥',
    '.RECIPEPREFIX = >\n',
  ];
  const count = Number(process.env['SERVICEWRIGHT_PROPERTY_RUNS'] ?? 3000);

  test('is outlined and checked without an exception, and each place lies inside it', () => {
    for (let seed = 0; seed < count; seed++) {
      const random = createRandom(seed);
      const text = Array.from({ length: random.int(50) }, () => random.pick(pieces)).join('');
      const lines = text.split('\n');
      const outline = outlineOf(text);
      const ranges: Range[] = [...outline.definitions, ...outline.references].map(({ range }) => range);
      ranges.push(
        ...outline.rules.flatMap(({ targets, prerequisites, whole }) => [
          whole,
          ...[...targets, ...prerequisites].map(({ range }) => range),
        ]),
      );
      ranges.push(...problemsOf(text).map(({ range }) => range));
      for (const { start, end } of ranges)
        for (const { line, character } of [start, end])
          assert.ok(
            line < lines.length && character <= (lines[line]?.length ?? -1),
            `seed ${seed}: ${JSON.stringify(text)} ${line}:${character}`,
          );
    }
  });

  test('ends, however large', { timeout: 60_000 }, () => {
    for (const text of [
      '$('.repeat(100_000),
      'a '.repeat(100_000),
      `${'a: b\n'.repeat(30_000)}`,
      'A := $(B)\n'.repeat(30_000),
      'define X\n'.repeat(50_000),
      `a: ${'b\\\n'.repeat(50_000)}`,
    ])
      assert.ok(outlineOf(text).rules.length >= 0);
  });
});

/** Makefiles of known projects; not part of this repository. */
const corpus = resolve(process.env['SERVICEWRIGHT_CORPUS'] ?? '../shared/corpus', 'makefiles');
const skip = existsSync(corpus) ? false : `no corpus at ${corpus}`;

describe('real Makefiles', { skip }, () => {
  const folders =
    skip === false ? readdirSync(corpus).filter((name) => existsSync(join(corpus, name, 'Makefile'))) : [];
  for (const name of folders) {
    test(`${name}: nothing is found that its author would not want to know`, async () => {
      const entry = join(corpus, name, 'Makefile');
      const makefile: Makefile | undefined = await loadMakefile(nodeFiles, entry, { environment: {} });
      assert.ok(makefile);
      const outlines = makefile.files.map((file) => outlineOf(readFileSync(file, 'utf8')));
      const names = new Set(readdirSync(join(corpus, name)));
      for (const [at, file] of makefile.files.entries()) {
        const outline = outlines[at] ?? outlineOf('');
        const lines = readFileSync(file, 'utf8').split('\n');
        const problems = problemsIn({ file, lines, outline, outlines, makefile, names });
        assert.deepEqual(
          problems.filter(({ severity }) => severity !== 'hint'),
          [],
        );
      }
    });
  }
});
