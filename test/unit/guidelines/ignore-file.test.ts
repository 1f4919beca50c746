import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withIgnores } from '../../../src/guidelines/suppress/ignore-file';
import { loaded } from './config/helpers';

const entry = { rule: 'operation-id', path: 'a b.yaml', pointer: '/paths/~1a', reason: 'It: stays.' };

/** The ignores that a text says, and what is wrong with it. */
async function said(text: string | undefined): Promise<readonly string[]> {
  const { ignores, problems } = await loaded({ '/w/.servicewright/guidelines-ignore.yaml': text ?? '' });
  assert.deepEqual(problems, []);
  return ignores.map(({ rule, pointer, reason }) => `${rule} ${pointer}: ${reason}`);
}

describe('an entry is added to the ignore file', () => {
  const one = 'operation-id /paths/~1a: It: stays.';

  test('where there is none, or nothing but comments', async () => {
    assert.deepEqual(await said(withIgnores(undefined, [entry])), [one]);
    const commented = withIgnores('# ours\n', [entry]);
    assert.deepEqual(await said(commented), [one]);
    assert.ok(commented?.startsWith('# ours\n'));
  });

  test('behind those that are there, in their indentation; nothing else moves', async () => {
    for (const text of [
      'ignores:\n  - { rule: syntax, reason: a }\n# end\n',
      'ignores:\n- rule: syntax\n  reason: a',
      'ignores:\n    -   rule: syntax\n        reason: >\n          a\n',
    ]) {
      const after = withIgnores(text, [entry]);
      assert.equal((await said(after)).length, 2, after);
      const lines = text.split('\n').filter((line) => line !== '');
      assert.ok(lines.every((line) => after?.includes(line)));
    }
  });

  test('to an empty list', async () => {
    for (const text of ['ignores: []\n', 'ignores:\n', 'ignores: [ ]'])
      assert.deepEqual(await said(withIgnores(text, [entry])), [one], text);
  });

  test('not to what is no list, or is written in one line, or is broken', () => {
    for (const text of ['ignores: [{ rule: a }]\n', '[]\n', '{"ignores": []}\n', 'ignores: x\n', 'a: b: c\n'])
      assert.equal(withIgnores(text, [entry]), undefined, text);
  });

  test('whatever stands in it is written so that it is read again', async () => {
    const odd = { ...entry, pointer: "/paths/it's~1{a}: #b\n", reason: 'a "b" \u0007' };
    const [found] = await said(withIgnores(undefined, [odd]));
    assert.equal(found, `operation-id ${odd.pointer}: ${odd.reason}`);
  });
});
