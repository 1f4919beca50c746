import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { namesOf, readTexts, targetOf } from '../../helpers/makefiles';

describe('rules', () => {
  test('several targets share one rule, each with its own range', () => {
    const makefile = readTexts('a  bb c-1: dep\n\t@echo\n');
    assert.deepEqual(namesOf(makefile), ['a', 'bb', 'c-1']);
    assert.deepEqual(targetOf(makefile, 'bb').place, {
      file: '/p/Makefile',
      range: { start: { line: 0, character: 3 }, end: { line: 0, character: 5 } },
    });
  });

  test('a continued target list keeps true lines and columns', () => {
    const makefile = readTexts('# x\none \\\n  two \\\n\tthree: dep \\\n dep2\n\t@echo\n');
    const { range } = targetOf(makefile, 'three').place;
    assert.deepEqual(range, { start: { line: 3, character: 1 }, end: { line: 3, character: 6 } });
    assert.deepEqual(targetOf(makefile, 'one').prerequisites, ['dep', 'dep2']);
    assert.equal(targetOf(makefile, 'one').recipeAt?.line, 5);
  });

  test('recipe lines keep their text, continued ones stay together', () => {
    const makefile = readTexts('a:\n\t@echo one \\\n\t  two\n\n# between\n\t-rm x\nb: a ; echo $@\n');
    assert.deepEqual(targetOf(makefile, 'a').recipe, ['@echo one \\\n  two', '-rm x']);
    assert.deepEqual(targetOf(makefile, 'b').recipe, ['echo $@']);
    assert.equal(targetOf(makefile, 'b').recipeAt?.line, 6);
  });

  test('rules for the same target add up; the one with the recipe is the place', () => {
    const makefile = readTexts('a: x\na: y | z\n\t@echo\na: x w\n');
    const target = targetOf(makefile, 'a');
    assert.deepEqual(target.prerequisites, ['x', 'y', 'z', 'w']);
    assert.equal(target.place.range.start.line, 1);
  });

  test('of two recipes the later one counts, of double-colon rules all', () => {
    const makefile = readTexts('a: ; one\na: ; two\nb:: ; one\nb:: ; two\n');
    assert.deepEqual(targetOf(makefile, 'a').recipe, ['two']);
    assert.deepEqual(targetOf(makefile, 'b').recipe, ['one', 'two']);
  });

  test('grouped targets are targets, with and without blanks around &:', () => {
    assert.deepEqual(namesOf(readTexts('a b&: c\n\t@x\nd e &: c\n\t@x\nf &:: c\n')), [
      'a',
      'b',
      'd',
      'e',
      'f',
    ]);
  });

  test('a static pattern rule gives each target its own prerequisites', () => {
    const makefile = readTexts('a.o b.o: %.o: %.c common.h\n\tcc $<\n');
    assert.deepEqual(targetOf(makefile, 'b.o').prerequisites, ['b.c', 'common.h']);
    assert.equal(makefile.patterns.length, 0);
  });

  test('pattern rules are kept apart unless they are phony', () => {
    const makefile = readTexts('%.o: %.c\n\tcc\n.PHONY: run-%\nrun-%:\n\t./$*\n');
    assert.deepEqual(namesOf(makefile), ['run-%']);
    assert.deepEqual(
      makefile.patterns.map(({ name }) => name),
      ['%.o', 'run-%'],
    );
  });

  test('target-specific variables make no target', () => {
    const text = 'a b: X = 1\na: override Y := 2\nc: export Z += 3 ; x\n%.o: W ?= 1\nd:V=1\nd: ; @x\n';
    assert.deepEqual(namesOf(readTexts(text)), ['d']);
  });

  test('special targets, suffix rules and targets that do nothing are left out', () => {
    const text =
      '.SUFFIXES: .foo\n.POSIX:\n.c.o:\n\tcc\n.foo:\n\tx\nFORCE:\n.DELETE_ON_ERROR:\n.env: x\n\ty\n';
    assert.deepEqual(namesOf(readTexts(text)), ['.env']);
  });

  test('.PHONY takes variables, several lines, and names without a rule', () => {
    const makefile = readTexts('P := a b\n.PHONY: $(P)\n.PHONY: \\\n  c\na:\n\t@x\nd: a\n');
    assert.deepEqual(namesOf(makefile).toSorted(), ['a', 'b', 'c', 'd']);
    assert.equal(targetOf(makefile, 'a').phony, true);
    assert.equal(targetOf(makefile, 'd').phony, false);
    assert.equal(targetOf(makefile, 'c').place.range.start.line, 2);
  });

  test('quoted colons, hashes and blanks belong to names; ./ does not', () => {
    const text = 'a\\:b: x\nc\\#d: x\ne\\ f: x\n./g .//h: x\n';
    assert.deepEqual(namesOf(readTexts(text)), ['a:b', 'c#d', 'e f', 'g', 'h']);
  });

  test('wildcards in targets stand for files that are there', () => {
    const makefile = readTexts({ Makefile: '*.txt no*thing: x\n', 'a.txt': '', 'b.txt': '' });
    assert.deepEqual(namesOf(makefile), ['a.txt', 'b.txt', 'no*thing']);
  });

  test('a whole rule may come out of a variable', () => {
    const makefile = readTexts('RULE = a b: c ; @echo\n$(RULE)\nD = d:\n$(D) e\n\t@x\n');
    assert.deepEqual(namesOf(makefile), ['a', 'b', 'd']);
    assert.deepEqual(targetOf(makefile, 'd').prerequisites, ['e']);
  });

  test('lines that are no rules are passed over, and recipes without a target too', () => {
    const text =
      '$(info hello: world)\n$(NOTHING):\n\t@echo a: b\n    spaces only\nexport\nvpath %.c src\na: b\n';
    assert.deepEqual(namesOf(readTexts(text)), ['a']);
  });

  test('the recipe prefix can be changed', () => {
    const makefile = readTexts('.RECIPEPREFIX = >\na:\n>echo one: two\n.RECIPEPREFIX =\nb:\n\techo\n');
    assert.deepEqual(targetOf(makefile, 'a').recipe, ['echo one: two']);
    assert.deepEqual(namesOf(makefile), ['a', 'b']);
  });

  test('line ends of Windows and a byte order mark change nothing', () => {
    const makefile = readTexts('\uFEFFa: b \\\r\n  c\r\n\t@echo\r\nX := 1\r\n$(X)2: a\r\n');
    assert.deepEqual(namesOf(makefile), ['a', '12']);
    assert.deepEqual(targetOf(makefile, 'a').prerequisites, ['b', 'c']);
    assert.deepEqual(targetOf(makefile, 'a').recipe, ['@echo']);
  });
});

describe('the default goal', () => {
  const goal = (text: string): string | undefined => readTexts(text).defaultGoal;

  test('is the first target that is neither special, nor a pattern, nor dotted', () => {
    assert.equal(goal('.PHONY: z\n%.o: x\n.hidden: x\n.c.o:\n\tx\nfirst: x\nsecond: x\n'), 'first');
    assert.equal(goal('.dir/x: y\n'), '.dir/x');
  });

  test('is what .DEFAULT_GOAL says', () => {
    assert.equal(goal('a: x\nb: x\n.DEFAULT_GOAL := b\n'), 'b');
  });

  test('is not there without targets', () => {
    assert.equal(goal('A = 1\n'), undefined);
  });
});

describe('assignments', () => {
  const value = (text: string): readonly string[] => namesOf(readTexts(`${text}\n$(V): ; @x\n`));

  test('recursive ones see later values, simple ones do not', () => {
    assert.deepEqual(value('A = 1\nV = v$(A)\nA = 2'), ['v2']);
    assert.deepEqual(value('A = 1\nV := v$(A)\nA = 2'), ['v1']);
    assert.deepEqual(value('A = 1\nV ::= v$(A)\nA = 2'), ['v1']);
  });

  test('?= gives way, += appends in the flavour that is there', () => {
    assert.deepEqual(value('V = a\nV ?= b'), ['a']);
    assert.deepEqual(value('V ?= b'), ['b']);
    assert.deepEqual(value('X = 1\nV = a\nV += $(X)\nX = 2'), ['a', '2']);
    assert.deepEqual(value('X = 1\nV := a\nV += $(X)\nX = 2'), ['a', '1']);
    assert.deepEqual(value('V += a'), ['a']);
  });

  test('override beats what comes later, undefine takes away', () => {
    assert.deepEqual(value('override V = a\nV = b'), ['a']);
    assert.deepEqual(value('V = a\nundefine V'), []);
  });

  test('modifiers, odd names and names like directives are assignments', () => {
    assert.deepEqual(value('export private V = a'), ['a']);
    assert.deepEqual(value('x-y.z = a\nV = $(x-y.z)'), ['a']);
    assert.deepEqual(value('include = a\nV = $(include)'), ['a']);
    assert.deepEqual(value('N = V\n$(N) = a'), ['a']);
  });

  test('comments end values, except a quoted #', () => {
    assert.deepEqual(value('V = a# b: c'), ['a']);
    assert.deepEqual(value('V = a\\#b'), ['a#b']);
    assert.deepEqual(value('V = a \\\n  b \\\n\n'), ['a', 'b']);
  });

  test('the environment counts, but not over the file', () => {
    const read = (text: string): readonly string[] =>
      namesOf(readTexts(text, { environment: { CI: '1', V: 'env', PWD: '/elsewhere' } }));
    assert.deepEqual(read('ifdef CI\nci: x\nendif\n'), ['ci']);
    assert.deepEqual(read('V ?= file\n$(V): x\n'), ['env']);
    assert.deepEqual(read('V = file\n$(V): x\n'), ['file']);
    assert.deepEqual(read('$(PWD)/a $(CURDIR)/b: x\n'), ['/p/a', '/p/b']);
  });
});

describe('define', () => {
  test('its body is no rule, whatever it holds, and nests', () => {
    const text =
      'define BODY\ntry:\n\tpass\nexcept:\ndefine INNER\nx: y\nendef\nifeq (1,1)\nendef # end\na: b\n';
    assert.deepEqual(namesOf(readTexts(text)), ['a']);
  });

  test('is a template for eval and call', () => {
    const text =
      'define T =\n$(1)-$(2): $(3)\n\t@echo $$@\nendef\n$(eval $(call T,a,b,c d))\n$(eval $(call T,e,f,))\n';
    const makefile = readTexts(text);
    assert.deepEqual(namesOf(makefile), ['a-b', 'e-f']);
    assert.deepEqual(targetOf(makefile, 'a-b').prerequisites, ['c', 'd']);
    assert.deepEqual(targetOf(makefile, 'a-b').recipe, ['@echo $@']);
    assert.equal(targetOf(makefile, 'a-b').place.range.start.line, 4);
    assert.equal(targetOf(makefile, 'e-f').recipeAt?.line, 5);
  });

  test('without an end takes the rest of the file', () => {
    assert.deepEqual(namesOf(readTexts('a: b\ndefine X\nc: d\n')), ['a']);
  });
});
