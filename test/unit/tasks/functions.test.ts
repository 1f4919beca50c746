import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ReadOptions } from '../../../src/tasks/sources/make/reading';
import { unknown } from '../../../src/tasks/sources/make/text';
import { readTexts } from '../../helpers/makefiles';

const files = { 'a.txt': '', 'b.txt': '', 'src/one.c': '', 'src/deep/two.c': '', 'docs/.hidden': '' };

/** What `text` expands to, with `U` standing for something unknown. */
function expand(text: string, options: Partial<ReadOptions> = {}): string {
  const makefile = readTexts(
    { Makefile: `LIST := b.c a.c foo.h b.c\nU := $(shell x)\nR := ${text}\n`, ...files },
    options,
  );
  return makefile.variables.get('R')?.value.replaceAll(unknown, '?') ?? '';
}

/** Each row: the text, and what GNU make 4.3 makes of it. */
function table(name: string, rows: readonly (readonly [text: string, expected: string])[]): void {
  test(name, () => {
    for (const [text, expected] of rows) assert.equal(expand(text), expected, text);
  });
}

describe('references', () => {
  table('of every form', [
    ['$(LIST)', 'b.c a.c foo.h b.c'],
    ['${LIST}', 'b.c a.c foo.h b.c'],
    ['a$$b$$$$', 'a$b$$'],
    ['$(LIST:.c=.o)', 'b.o a.o foo.h b.o'],
    ['$(LIST:%.c=obj/%.o)', 'obj/b.o obj/a.o foo.h obj/b.o'],
    ['$(NOT_DEFINED)x', 'x'],
    ['$(L$(if x,IST))', 'b.c a.c foo.h b.c'],
    ['x$', 'x'],
    ['$(open', '?'],
  ]);
});

describe('text functions', () => {
  table('work as in make', [
    ['$(subst .c,.o,$(LIST))', 'b.o a.o foo.h b.o'],
    ['$(subst $$,-,a$$b)', 'a-b'],
    ['$(patsubst %.c,%.o,$(LIST))', 'b.o a.o foo.h b.o'],
    ['$(patsubst a.c,x%,a.c b.c)', 'x% b.c'],
    ['$(strip  a   b )', 'a b'],
    ['$(findstring a.c,$(LIST))', 'a.c'],
    ['$(findstring z,$(LIST))', ''],
    ['$(filter %.c,$(LIST))', 'b.c a.c b.c'],
    ['$(filter a.c %.h,$(LIST))', 'a.c foo.h'],
    ['$(filter-out %.c,$(LIST))', 'foo.h'],
    ['$(sort $(LIST))', 'a.c b.c foo.h'],
    ['$(word 2,$(LIST))', 'a.c'],
    ['$(word 9,$(LIST))', ''],
    ['$(wordlist 2,3,$(LIST))', 'a.c foo.h'],
    ['$(words $(LIST))', '4'],
    ['$(firstword $(LIST))', 'b.c'],
    ['$(lastword $(LIST))', 'b.c'],
  ]);
});

describe('functions for file names', () => {
  table('work as in make', [
    ['$(dir src/a.c b.c /)', 'src/ ./ /'],
    ['$(notdir src/a.c b.c)', 'a.c b.c'],
    ['$(suffix src.d/a b.c)', '.c'],
    ['$(basename src.d/a b.c c.tar.gz)', 'src.d/a b c.tar'],
    ['$(addprefix x/,a b)', 'x/a x/b'],
    ['$(addsuffix .o,a b)', 'a.o b.o'],
    ['$(join a b,.c .o .h)', 'a.c b.o .h'],
    ['$(abspath a ../b /c/./d)', '/p/a /b /c/d'],
    ['$(realpath a.txt gone.txt src)', '/p/a.txt /p/src'],
    ['$(wildcard *.txt)', 'a.txt b.txt'],
    ['$(wildcard src/*.c src/*/*.c)', 'src/one.c src/deep/two.c'],
    ['$(wildcard [ab].t?t [!a].txt gone)', 'a.txt b.txt b.txt'],
    ['$(wildcard */)', 'docs/ src/'],
    ['$(wildcard docs/*)', ''],
    ['$(wildcard docs/.h*)', 'docs/.hidden'],
    ['$(wildcard /p/*.txt)', '/p/a.txt /p/b.txt'],
  ]);
});

describe('conditions, loops and calls', () => {
  table('work as in make', [
    ['$(if $(LIST),yes,no)', 'yes'],
    ['$(if ,yes,no)', 'no'],
    ['$(if ,yes)', ''],
    ['$(or ,$(NOTHING),x,y)', 'x'],
    ['$(and a,b,c)', 'c'],
    ['$(and a,,c)', ''],
    ['$(intcmp 2,10,less,equal,greater)', 'less'],
    ['$(intcmp 3,3)', '3'],
    ['$(foreach x,$(LIST),<$(x)>)', '<b.c> <a.c> <foo.h> <b.c>'],
    ['$(let a b,1 2 3,$(b)-$(a))', '2 3-1'],
    ['$(call NOTHING,x)', ''],
    ['$(call subst,a,b,banana)', 'bbnbnb'],
    ['$(origin LIST) $(origin CC) $(origin NOTHING)', 'file default undefined'],
    ['$(flavor LIST) $(flavor CPP) $(flavor NOTHING)', 'simple recursive undefined'],
    ['$(value CPP)', '$(CC) -E'],
    ['$(info x)$(warning y)$(error z)', ''],
  ]);
});

describe('what only running could tell', () => {
  table('is unknown, and stays so through functions', [
    ['$(shell ls)', '?'],
    ['$(guile x)', '?'],
    ['$(file < names.txt)', '?'],
    ['$(file > names.txt,x)', ''],
    ['a-$(U)-b', 'a-?-b'],
    ['$(words $(U))', '?'],
    ['$(firstword $(U) a)', '?'],
    ['$(firstword a $(U))', 'a'],
    ['$(lastword a $(U))', '?'],
    ['$(wordlist 1,3,a $(U) b)', 'a ?'],
    ['$(sort b $(U) a)', '? a b'],
    ['$(addprefix x/,a $(U))', 'x/a x/?'],
    ['$(filter a%,ab cd $(U))', 'ab ?'],
    ['$(filter $(U),a b)', '? ?'],
    ['$(filter-out a $(U),a b)', '?'],
    ['$(patsubst %.c,%.o,a.c $(U) $(U).c)', 'a.o ? ?.o'],
    ['$(findstring a,x$(U))', '?'],
    ['$(if $(U),same,same)', 'same'],
    ['$(if $(U),a,b)', '?'],
    ['$(or $(U),a)', '?'],
    ['$(and $(U),a)', '?'],
    ['$(subst $(U),a,b)', '?'],
    ['$(join a,$(U))', '?'],
    ['$(wildcard $(U)/*.c)', '?'],
    ['$(call $(U),a)', '?'],
    ['$($(U))', '?'],
    ['$(notdir $(U)/x)', 'x'],
  ]);

  test('except what a host knows without running anything', () => {
    const shell = (command: string): string | undefined => (command === 'uname -s' ? 'Linux' : undefined);
    assert.equal(expand('$(shell uname -s)', { shell }), 'Linux');
    assert.equal(expand('$(shell uname -r)', { shell }), '?');
  });
});
