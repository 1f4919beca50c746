import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { namesOf, readTexts, targetOf } from '../../helpers/makefiles';
import type { Makefile } from '../../../src/tasks/sources/make/makefile';
import { readMakefile } from '../../../src/tasks/sources/make/reader';

const unresolved = (makefile: Makefile): readonly string[] =>
  makefile.unresolved.map(({ name, place }) => `${place.range.start.line}: ${name}`);

describe('conditions', () => {
  test('that can be answered are answered', () => {
    const text = `A := x
ifeq ($(A), x)
yes: d
else
no: d
endif
ifneq "$(A)" 'y'
  yes2: d
endif
ifdef A
ifndef B
yes3: d
else ifdef A
no2: d
else
no3: d
endif
endif
ifdef B
no4: d
define HIDDEN
endif
no5: d
endef
ifdef A
no6: d
endif
else ifeq (,)
yes4: d
else
no7: d
endif`;
    assert.deepEqual(namesOf(readTexts(text)), ['yes', 'yes2', 'yes3', 'yes4']);
  });

  test('inside a recipe do not end the rule', () => {
    const makefile = readTexts('a:\n\tone\nifeq (1,2)\n\ttwo\nelse\n\tthree\nendif\n\tfour\n');
    assert.deepEqual(targetOf(makefile, 'a').recipe, ['one', 'three', 'four']);
  });

  test('that need a shell are taken both ways', () => {
    const text =
      'ifneq ($(shell which x),)\nwith: d\nelse ifeq ($(shell y),1)\nother: d\nelse\nwithout: d\nendif\n';
    assert.deepEqual(namesOf(readTexts(text)), ['with', 'other', 'without']);
  });

  test('a variable keeps its value inside such a branch, and is unknown behind it where the branches differ', () => {
    const text = `ifneq ($(shell x),)
E := one
S := same
$(E)-in: d
else
E := two
S := same
endif
$(E)-out $(S)-out: d
`;
    const makefile = readTexts(text);
    assert.deepEqual(namesOf(makefile), ['one-in', 'same-out']);
    assert.deepEqual(unresolved(makefile), ['8: $(E)-out']);
  });

  test('what both branches begin with is known', () => {
    const makefile = readTexts('L := a b\nifdef X$(shell y)\nL += c\nendif\n$(L): d\n');
    assert.deepEqual(namesOf(makefile), ['a', 'b']);
    assert.deepEqual(unresolved(makefile), ['4: $(L)']);
  });

  test('ifdef asks for a value, not for what it expands to', () => {
    assert.deepEqual(namesOf(readTexts('A = $(shell x)\nifdef A\na: d\nelse\nb: d\nendif\n')), ['a']);
    assert.deepEqual(namesOf(readTexts('A =\nifdef A\na: d\nelse\nb: d\nendif\n')), ['b']);
    assert.deepEqual(namesOf(readTexts('A := $(shell x)\nifdef A\na: d\nelse\nb: d\nendif\n')), ['a', 'b']);
  });

  test('left open, doubled or without a beginning are survived', () => {
    assert.deepEqual(namesOf(readTexts('endif\nelse\na: d\nifeq (1,1)\nb: d\nelse\nelse\nc: d\n')), [
      'a',
      'b',
    ]);
    assert.deepEqual(namesOf(readTexts('ifeq broken\na: d\nendif\nb: d\n')), ['a', 'b']);
  });
});

describe('names that only make knows', () => {
  test('are kept with their text and line, beside those that are known', () => {
    const makefile = readTexts('T := a $(shell ls)\n\n$(T) b $(HOME)/x: d\n', { environment: {} });
    assert.deepEqual(namesOf(makefile), ['a', 'b', '/x']);
    assert.deepEqual(unresolved(makefile), ['2: $(T)']);
  });

  test('are those behind HOME and its like when no environment is given', () => {
    const makefile = readMakefileWithoutEnvironment('$(HOME)/x: d\nifdef CI\nci: d\nendif\n');
    assert.deepEqual(namesOf(makefile), []);
    assert.deepEqual(unresolved(makefile), ['0: $(HOME)/x']);
  });

  test('of evaluated text show what is known of them', () => {
    const makefile = readTexts(
      'define T\n$(1)-rule: d\nendef\n$(foreach n,a $(shell ls),$(eval $(call T,$(n))))\n',
    );
    assert.deepEqual(namesOf(makefile), ['a-rule']);
    assert.deepEqual(unresolved(makefile), ['3: …-rule']);
  });

  test('of text that only a shell could give show the line', () => {
    assert.deepEqual(unresolved(readTexts('$(eval $(shell ./rules))\n')), ['0: $(eval $(shell ./rules))']);
  });

  test('a bare shell call is no target', () => {
    assert.deepEqual(unresolved(readTexts('$(shell mkdir -p build)\na: d\n')), []);
  });

  test('!= is never run', () => {
    const makefile = readTexts('A != echo x\n$(A): d\n');
    assert.deepEqual(unresolved(makefile), ['1: $(A)']);
  });
});

function readMakefileWithoutEnvironment(text: string): Makefile {
  return readMakefile({ entry: '/p/Makefile', directory: '/p', read: () => text, list: () => [] });
}

describe('include', () => {
  test('follows names, variables, patterns and several at once', () => {
    const makefile = readTexts({
      Makefile: 'D := mk\ninclude $(D)/one.mk two.mk\n-include mk/more/*.mk\na: d\n',
      'mk/one.mk': 'one: d\nFROM := one\n',
      'two.mk': '$(FROM)-two: d\n',
      'mk/more/x.mk': 'x: d\n',
      'mk/more/y.mk': 'y: d\n',
    });
    assert.deepEqual(namesOf(makefile), ['one', 'one-two', 'x', 'y', 'a']);
    assert.equal(targetOf(makefile, 'one').place.file, '/p/mk/one.mk');
    assert.deepEqual(makefile.files.slice(0, 2), ['/p/Makefile', '/p/mk/one.mk']);
    assert.equal(makefile.defaultGoal, 'one');
  });

  test('missing files are named, and say whether make would mind', () => {
    const makefile = readTexts('include gone.mk\n-include maybe.mk\nsinclude maybe2.mk\n');
    assert.deepEqual(
      makefile.missing.map(({ path, optional }) => [path, optional]),
      [
        ['/p/gone.mk', false],
        ['/p/maybe.mk', true],
        ['/p/maybe2.mk', true],
      ],
    );
  });

  test('a name that only make knows is unresolved', () => {
    assert.deepEqual(unresolved(readTexts('\ninclude $(shell find .)/x.mk\n')), [
      '1: include $(shell find .)/x.mk',
    ]);
  });

  test('MAKEFILE_LIST tells a file where it is', () => {
    const makefile = readTexts({
      Makefile: 'include sub/inc.mk\n',
      'sub/inc.mk': 'HERE := $(dir $(lastword $(MAKEFILE_LIST)))\n$(HERE)x $(abspath $(HERE)): d\n',
    });
    assert.deepEqual(namesOf(makefile), ['sub/x', '/p/sub']);
  });

  test('a file that includes itself ends', () => {
    const makefile = readTexts('a: d\ninclude Makefile\n');
    assert.deepEqual(namesOf(makefile), ['a']);
    assert.equal(makefile.truncated, true);
  });
});
