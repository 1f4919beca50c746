import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAnswer, completeAnswers } from '../../../src/scaffold';
import { createRender } from '../../../src/scaffold/render';
import { template } from './helpers';

const render = createRender();
const complete = (given: Record<string, string>) => completeAnswers(template(), given, render);
const name = template().inputs[0] ?? assert.fail('no input');

test('defaults and computed values are made of the answers before them', () => {
  const { answers, context } = complete({ name: 'big-shop' });
  assert.deepEqual(answers, { name: 'big-shop', description: 'The Big Shop service.' });
  assert.equal(context['module'], 'big_shop');
  assert.deepEqual(context['template'], { id: 'tiny', version: '1.2.3' });
});

test('each reason for refusing an answer is said', () => {
  assert.equal(checkAnswer(name, 'orders'), undefined);
  assert.equal(checkAnswer(name, ''), 'Lower-case words joined by hyphens.');
  assert.equal(checkAnswer(name, 'Bad'), 'Use lower-case letters.');
  assert.equal(checkAnswer(name, '1st'), 'Use lower-case letters.');
  assert.equal(checkAnswer(name, 'a-b-c-d-e-f'), 'Use at most 10 characters.');
  assert.equal(checkAnswer(name, 'import'), 'This name is taken.');
  assert.equal(checkAnswer({ ...name, maxLength: 20 }, 'order-items'), 'This name is taken.');
});

test('what is missing, wrong or unknown is refused', () => {
  assert.throws(() => complete({}), { code: 'scaffold/missing-answer' });
  assert.throws(() => complete({ name: 'NO' }), { code: 'scaffold/wrong-answer' });
  assert.throws(
    () => complete({ name: 'a', nam: 'b' }),
    /asks nothing called "nam"; it asks name, description/,
  );
  assert.throws(() => complete({ name: 'a', constructor: 'b' }), { code: 'scaffold/unknown-answer' });
});
