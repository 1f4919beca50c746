import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { defaultLimits } from '../../../src/tasks/sources/make/budget';
import type { Makefile } from '../../../src/tasks/sources/make/makefile';
import type { Place } from '../../../src/tasks/sources/make/place';
import { readMakefile } from '../../../src/tasks/sources/make/reader';
import type { Random } from '../../helpers/random';
import { createRandom } from '../../helpers/random';

const folder = 'test/fixtures/tasks/make';
const seeds = readdirSync(folder)
  .filter((name) => name.endsWith('.mk'))
  .map((name) => readFileSync(`${folder}/${name}`, 'utf8'));

const pieces: readonly string[] = [
  '$(',
  '${',
  ')',
  '}',
  '$',
  '$$',
  ':',
  '::',
  '&:',
  ':=',
  '=',
  '+=',
  '?=',
  '!=',
  ';',
  '#',
  '##',
  '##@',
  '%',
  ',',
  '\n',
  '\n\t',
  '\\\n',
  '\\',
  '\t',
  ' ',
  '\r\n',
  '\0',
  '\uFEFF',
  '*',
  '?',
  '[',
  '|',
  '"',
  "'",
  '💥',

  'define X\n',
  'endef\n',
  'ifeq (',
  'ifdef ',
  'else\n',
  'endif\n',
  'include ',
  '-include a*.mk\n',
  'export ',
  '$(eval ',
  '$(call ',
  '$(foreach x,',
  '$(shell ',
  '$(wildcard *',
  '$(if ',
  '$(patsubst %',
  '$(sort ',
  '$(word 2,',
  '.PHONY: ',
  '.RECIPEPREFIX = >\n',
  'A',
  'B',
  'all',
  'x y',
  '$(A)',
  '$(B)',
  '$(eval A := $(A)$(A))',
  '../x',
];

function randomText(random: Random): string {
  return Array.from({ length: random.int(60) }, () => random.pick(pieces)).join('');
}

/** A fixture with a few places cut out, doubled or filled with something else. */
function mutated(random: Random): string {
  let text = random.pick(seeds);
  for (let i = random.int(6); i >= 0; i--) {
    const from = random.int(text.length + 1);
    const to = Math.min(text.length, from + random.int(40));
    const middle = random.pick([random.pick(pieces), '', text.slice(from, to).repeat(2), randomText(random)]);
    text = text.slice(0, from) + middle + text.slice(to);
  }
  return text;
}

/** Small enough that a text which doubles itself ends soon; the hostile texts below take the real limits. */
const smallLimits = { ...defaultLimits, steps: 20_000, characters: 500_000 };

function read(text: string, limits = smallLimits): Makefile {
  return readMakefile({
    limits,
    entry: '/p/Makefile',
    directory: '/p',
    read: (path) => (path === '/p/Makefile' ? text : undefined),
    list: (path) => (path === '/p' ? ['Makefile', 'a.mk', 'src/', '.hidden'] : undefined),
  });
}

/** Every place of a result must be in the text that was read. */
function assertPlaces(makefile: Makefile, text: string): void {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .split('\n');
  const places: Place[] = [
    ...makefile.targets.map(({ place }) => place),
    ...makefile.unresolved.map(({ place }) => place),
    ...makefile.missing.map(({ place }) => place),
    ...[...makefile.defaults.values()].map(({ place }) => place),
  ];
  for (const { file, range } of places) {
    assert.equal(file, '/p/Makefile');
    for (const { line, character } of [range.start, range.end]) {
      assert.ok(line >= 0 && line < lines.length, `line ${line} of ${lines.length}`);
      assert.ok(character >= 0 && character <= (lines[line]?.length ?? 0), `character ${character}`);
    }
  }
}

function check(text: string, seed: number): void {
  try {
    const makefile = read(text);
    assertPlaces(makefile, text);
    for (const target of makefile.targets) void [...target.prerequisites, ...target.recipe];
  } catch (error) {
    throw new Error(`seed ${seed}: ${JSON.stringify(text)}`, { cause: error });
  }
}

describe('any text', () => {
  const count = Number(process.env['SERVICEWRIGHT_PROPERTY_RUNS'] ?? 3000);

  test('made of random pieces is read without an exception, and each place lies inside it', () => {
    for (let seed = 0; seed < count; seed++) check(randomText(createRandom(seed)), seed);
  });

  test('made from a Makefile by mutation is read without an exception, and each place lies inside it', () => {
    for (let seed = 0; seed < count; seed++) check(mutated(createRandom(seed)), seed);
  });
});

describe('hostile texts end', () => {
  const hostile: Readonly<Record<string, string>> = {
    'doubling values': `A := xxxxxxxxxx\n${'A := $(A)$(A)\n'.repeat(60)}$(A): ; @echo`,
    'doubling lazily': `A0 = x\n${Array.from({ length: 60 }, (_, i) => `A${i + 1} = $(A${i})$(A${i})\n`).join('')}$(A60): ; @echo`,
    'a variable that refers to itself': 'A = $(A) x\n$(A): ; @echo\nB = $(C)\nC = $(B)\n$(B): ; @echo\n',
    'a function that calls itself': 'f = $(call f,$(1)x) $(call f,$(1)y)\n$(call f,a): ; @echo\n',
    'an eval that evaluates itself':
      'define E\n$$(eval $$(value E))\n$$(eval $$(value E))\nendef\n$(eval $(value E))\n',
    'a file that includes itself': 'include Makefile\nall: ; @echo\n',
    'nested loops': `L := ${'a '.repeat(200)}\n$(foreach a,$(L),$(foreach b,$(L),$(foreach c,$(L),$(foreach d,$(L),$(eval $(a):)))))\n`,
    'many open brackets': '$('.repeat(50_000),
    'deep nesting': `${'$(A'.repeat(20_000)}${')'.repeat(20_000)}: x\n`,
    'many open conditions': 'ifeq ($(shell x),)\nA := 1\n'.repeat(5_000),
    backslashes: `${'\\'.repeat(100_000)}# x\n${'a\\\n'.repeat(20_000)}: b\n`,
    blanks: `A := ${' '.repeat(100_000)}x${' '.repeat(100_000)}\\\n${' '.repeat(100_000)}y\nall: $(A)\n`,
    'one rule for very many': `T := ${Array.from({ length: 20_000 }, (_, i) => `t${i}`).join(' ')}\n$(T): %: ${'%.c '.repeat(20_000)}\n\t@echo\n`,
    'many patterns': `W := ${'abcdef '.repeat(10_000)}\nX := $(filter ${'a%b '.repeat(10_000)},$(W))\n$(X): x\n`,
    globs: `X := $(wildcard ${'*a'.repeat(5_000)}*b)\n*/*/*/*: x\n`,
    colons: `${'a:'.repeat(50_000)}\n`,
    comments: '# x\n'.repeat(100_000),
  };

  for (const [name, text] of Object.entries(hostile)) {
    test(name, { timeout: 60_000 }, () => {
      const makefile = read(text, defaultLimits);
      assertPlaces(makefile, text);
      assert.ok(makefile.files.length > 0);
    });
  }
});
