import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConditionFault, conditionFault, holds, parseCondition } from '../../../src/scaffold/condition';
import type { Known } from '../../../src/scaffold/condition';

const answers = { ci: ['circleci'], tasks: 'celery', sentry: true, auth: '', none: [], off: false };
const asked = (text: string): boolean => holds(parseCondition(text), answers);

test('conditions hold or not', () => {
  for (const yes of [
    'sentry',
    'tasks',
    'ci',
    'not auth',
    'not none and not off',
    'tasks == celery',
    `tasks == 'celery'`,
    'tasks=="celery"',
    'tasks != none',
    'ci has circleci',
    'not ci has github',
    'auth or sentry',
    'auth and sentry or tasks',
    'sentry or auth and off',
    '(sentry or auth) and tasks',
    'not (auth or off)',
    'not not sentry',
    '  sentry  ',
  ])
    assert.equal(asked(yes), true, yes);
  for (const no of [
    'auth',
    'off',
    'none',
    'not sentry',
    'tasks == none',
    'ci has github',
    '(sentry or auth) and off',
  ])
    assert.equal(asked(no), false, no);
});

test('and binds closer than or, not closer than and', () => {
  const table = { a: true, b: false, c: false };
  assert.equal(holds(parseCondition('a or b and c'), table), true);
  assert.equal(holds(parseCondition('(a or b) and c'), table), false);
  assert.equal(holds(parseCondition('not b and c'), table), false);
});

test('without a condition everything holds; what every object has is no answer', () => {
  assert.equal(holds(undefined, {}), true);
  assert.equal(holds(parseCondition('constructor'), {}), false);
  assert.equal(holds(parseCondition('toString == x'), {}), false);
});

test('a text that is no condition is told', () => {
  const bad: Readonly<Record<string, RegExp>> = {
    '': /a key is missing at its end/,
    'a and': /a key is missing at its end/,
    'a b': /"b" is not expected here/,
    '(a': /a parenthesis is not closed/,
    'a)': /"\)" is not expected here/,
    'a ==': /a word is missing after ==/,
    'a == (b)': /a word is missing after ==/,
    'a has': /a word is missing after has/,
    'a = b': /"= b" is no part of a condition/,
    'a && b': /"&& b" is no part/,
    "a == 'b": /"'b" is no part/,
    'A == b': /"A" is no key/,
    '"a" == b': /"a" is no key/,
    and: /"and" is no key/,
    'a == b == c': /"==" is not expected here/,
    __proto__: /"__proto__" is no key/,
    [`${'('.repeat(200)}a`]: /nested more than 32 deep/,
    [`${'not '.repeat(200)}a`]: /nested more than 32 deep/,
  };
  for (const [text, why] of Object.entries(bad))
    assert.throws(
      () => parseCondition(text),
      (error: unknown) => error instanceof ConditionFault && why.test(error.message),
      text,
    );
});

test('a condition that can never be meant is told with what is meant', () => {
  const known = new Map<string, Known>([
    ['ci', { type: 'multi-choice', choices: [{ value: 'circleci' }, { value: 'github' }] }],
    ['tasks', { type: 'choice', choices: [{ value: 'none' }, { value: 'celery' }] }],
    ['sentry', { type: 'boolean' }],
    ['owner', { type: 'string' }],
    ['token', { type: 'secret' }],
  ]);
  const fault = (text: string): string | undefined => conditionFault(parseCondition(text), known);
  for (const good of ['ci has github', 'tasks == none', 'not sentry', 'owner == x', 'token', 'ci'])
    assert.equal(fault(good), undefined, good);
  assert.match(fault('task == none') ?? '', /task is not asked before this, perhaps tasks is meant/);
  assert.match(
    fault('sentry or tasks == celeri') ?? '',
    /tasks can never be celeri, perhaps celery is meant/,
  );
  assert.match(fault('ci == github') ?? '', /write ci has github/);
  assert.match(fault('not tasks has none') ?? '', /write tasks == none/);
  assert.match(fault('sentry == true') ?? '', /write sentry or not sentry/);
  assert.match(fault('token == x') ?? '', /token is a secret/);
});
