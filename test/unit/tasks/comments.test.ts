import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readTexts, targetOf } from '../../helpers/makefiles';

const describing = (text: string, name = 'a'): string | undefined =>
  targetOf(readTexts(text), name).description;

describe('descriptions', () => {
  test('come from ## behind the rule, first of all', () => {
    assert.equal(describing('# above\na: b ## Behind # it\n'), 'Behind # it');
    assert.equal(describing('a: X = 1\na: b ## Behind\na: c\n\t@x\n'), 'Behind');
    assert.equal(describing('a b: ## Two\n\t@x\n', 'b'), 'Two');
  });

  test('a single # behind the rule describes nothing', () => {
    assert.equal(describing('a: b # note\n'), undefined);
  });

  test('come from the comment above, with .PHONY between or not', () => {
    assert.equal(describing('# Builds\n# it.\na: b\n'), 'Builds it.');
    assert.equal(describing('## Builds\n.PHONY: a\na: b\n'), 'Builds');
    assert.equal(describing('.PHONY: a\n# Builds\na: b\n'), 'Builds');
    assert.equal(describing('.PHONY: a ## Builds\na: b\n'), 'Builds');
  });

  test('a blank line or another line between cuts them off', () => {
    assert.equal(describing('# Other\n\na: b\n'), undefined);
    assert.equal(describing('# Other\nX = 1\na: b\n'), undefined);
    assert.equal(describing('# Other\nb: c\na: b\n'), undefined);
    assert.equal(describing('b:\n\t@x\n# Mine\na: b\n'), 'Mine');
  });

  test('end at the first paragraph, start after a ruler, and leave out code', () => {
    assert.equal(describing('# One.\n#\n# More.\na: b\n'), 'One.');
    assert.equal(describing('# Old\n###########\n# ==== Title ====\n# New\na: b\n'), 'New');
    assert.equal(describing('# Does it\n#X := 1\n#a: c\n#\t@y\na: b\n'), 'Does it');
    assert.equal(describing('# Plain\n## Marked\na: b\n'), 'Marked');
  });

  test('are short', () => {
    const text = describing(`# ${'word '.repeat(200)}\na: b\n`) ?? '';
    assert.ok(text.length <= 300 && text.endsWith('…'));
  });

  test('stand in templates too', () => {
    assert.equal(describing('define T\n## Builds $(1)\n$(1): b\nendef\n$(eval $(call T,a))\n'), 'Builds a');
  });
});

describe('sections', () => {
  test('hold until the next heading of the same file', () => {
    const makefile = readTexts({
      Makefile: 'a: x\n##@ Build\nb: x\ninclude inc.mk\nc: x\n\n##@ Test it \nd: x\n##@\ne: x\n',
      'inc.mk': 'i: x\n##@ Inner\nj: x\n',
    });
    const sections = makefile.targets.map(({ name, section }) => [name, section]);
    assert.deepEqual(sections, [
      ['a', undefined],
      ['b', 'Build'],
      ['i', undefined],
      ['j', 'Inner'],
      ['c', 'Build'],
      ['d', 'Test it'],
      ['e', undefined],
    ]);
  });
});
