import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compilePattern } from '../../../../src/guidelines/declared/pattern';
import { createRandom } from '../../../helpers/random';

describe('patterns in linear time', () => {
  test('say what the language itself says', () => {
    const patterns =
      '^[a-z]+(-[a-z]+)*$ ^(?!.*foo).*bar a{2,3}b \\d{4}-\\d\\d ^$ (a|b)*c [^a-c]\\s x?y+ \\bfoo\\b ^/v\\d+ a.c (?=ab)a [\\w.]+@ \\u0041 [\\]\\-]'.split(
        ' ',
      );
    const all = [
      ...patterns,
      '^(?:ab|cd)+$',
      '/FOO/i',
      '/^b/m',
      '(?:)',
      'a||b',
      '^(a+)+$',
      '\\/x',
      '{',
      '(?<name>a)b',
      '/^\\p{Lu}/u',
    ];
    const texts = [
      '',
      'a',
      'foo',
      'a-b',
      'foobar',
      'bar',
      'aab',
      'aaab',
      '2024-01',
      'abac',
      'd ',
      'xyy',
      'foo bar',
      '/v1/x',
      'abc',
      'ab',
      'me@x',
      'A',
      ']',
      '-',
      'cdab',
      'x\nb',
      '/x',
      '{',
      'Éa',
      'a\u2028',
    ];
    for (const pattern of all) {
      const slashed = /^\/(.*)\/([a-z]*)$/.exec(pattern);
      const own = new RegExp(slashed?.[1] ?? pattern, slashed?.[2] ?? '');
      const ours = compilePattern(pattern);
      for (const text of texts)
        assert.equal(ours.test(text), own.test(text), `${pattern} on ${JSON.stringify(text)}`);
    }
  });

  test('also random ones', () => {
    const random = createRandom(7);
    const some = (most: number, from: string): string =>
      Array.from({ length: random.int(most) }, () => from.charAt(random.int(from.length))).join('');
    for (let round = 0; round < 3000; round += 1) {
      const pattern = some(9, 'ab.*+?()|[]^$');
      const text = some(7, 'abc');
      let own: RegExp;
      try {
        own = new RegExp(pattern);
      } catch (error) {
        assert.ok(error instanceof SyntaxError);
        assert.throws(() => compilePattern(pattern), SyntaxError);
        continue;
      }
      assert.equal(compilePattern(pattern).test(text), own.test(text), `${pattern} on ${text}`);
    }
  });

  test('those that would take for ever answer', () => {
    const long = `${'a'.repeat(5000)}!`;
    for (const pattern of ['^(a+)+$', '^(a|a)*$', '(.*)*x', '^(a|aa)+$', '(a*)*(b*)*c'])
      assert.equal(compilePattern(pattern).test(long), false);
  });

  test('what has no such matcher, or grows without bounds, is refused with the reason', () => {
    assert.throws(() => compilePattern('(a)\\1'), /backreference/);
    assert.throws(() => compilePattern('(?<=a)b'), /looking behind/);
    assert.throws(() => compilePattern('((a{900}){900}){900}'), /too long/);
    assert.throws(() => compilePattern('('.repeat(60) + ')'.repeat(60)), /nested/);
    assert.throws(() => compilePattern('['), SyntaxError);
  });
});
