import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAnswer, checkInput, completeAnswers, defaultAnswer } from '../../../src/scaffold/answers';
import { packageFault } from '../../../src/scaffold/python';
import { createRender } from '../../../src/scaffold/render';
import { template } from './helpers';

const render = createRender();
const tiny = template();
const complete = (given: Record<string, string>) => completeAnswers(tiny, given, render);
const [name, description] = tiny.inputs;
assert.ok(name?.type === 'string' && description?.type === 'string');

test('defaults and computed values are made of the answers before them', () => {
  const { answers, context } = complete({ name: 'big-shop' });
  assert.deepEqual(answers, { name: 'big-shop', description: 'The Big Shop service.' });
  assert.equal(context['module'], 'big_shop');
  assert.deepEqual(context['template'], { id: 'tiny', version: '1.2.3' });
  assert.equal(defaultAnswer(name, {}, render), '');
});

test('each reason for refusing an answer is said', () => {
  assert.equal(checkAnswer(name, 'orders'), undefined);
  assert.equal(checkAnswer(name, ''), 'Lower-case words joined by hyphens.');
  for (const bad of ['Bad', '1st', 'a b', 'a--b', '-a', 'a-', 'ünï', 'a.b', '../x', 'a/b'])
    assert.equal(checkAnswer(name, bad), 'Use lower-case letters.', bad);
  assert.equal(checkAnswer(name, 'a-b-c-d-e-f'), 'Use at most 10 characters; these are 11.');
  assert.equal(checkAnswer(name, 'django'), 'This name is taken.');
  assert.equal(checkAnswer({ ...name, maxLength: 20 }, 'order-items'), 'This name is taken.');
});

test('an answer is one line of plain text, whatever its pattern says', () => {
  for (const bad of ['a\nb', 'a\u0000b', 'a\u001b[31mb', 'a\u2028b'])
    assert.equal(checkAnswer(description, bad), 'Use one line of plain text.', JSON.stringify(bad));
  assert.equal(checkAnswer(description, `It's "quoted" & {{fine}} – ünï 🚀`), undefined);
});

test('a name is refused while it is typed when its Python package could not have it', () => {
  const why = (answer: string): string | undefined => checkInput(tiny, name, answer, { render });
  assert.equal(why('orders'), undefined);
  assert.match(why('calendar') ?? '', /^calendar is a module of Python itself/);
  assert.match(why('sre-parse') ?? '', /^sre_parse is a module of Python itself/);
  assert.match(why('class') ?? '', /^class is a keyword of Python/);
  assert.equal(checkInput(tiny, description, 'class', { render }), undefined);
  assert.equal(checkInput({ ...tiny, computed: [] }, name, 'class', { render }), undefined);
});

test('names of Python packages', () => {
  for (const good of ['orders', 'order_items', '_x', 'match', 'case', 'type', 'classes'])
    assert.equal(packageFault(good), undefined, good);
  for (const bad of [
    '',
    '1st',
    'a-b',
    'a.b',
    'a b',
    'import',
    'None',
    'json',
    'tomllib',
    'annotationlib',
    'test',
  ])
    assert.notEqual(packageFault(bad), undefined, bad);
});

test('an answer that looks like a template is text', () => {
  const { context } = complete({ name: 'a', description: '{{name}} \\{{x}} {{{{raw}}}}' });
  assert.equal(render('{{description}}', context, 'x'), '{{name}} \\{{x}} {{{{raw}}}}');
});

test('what is missing, wrong or unknown is refused', () => {
  assert.throws(() => complete({}), {
    code: 'scaffold/missing-answer',
    message: 'The template needs an answer for name. Lower-case words joined by hyphens.',
  });
  assert.throws(() => complete({ name: 'NO' }), {
    code: 'scaffold/wrong-answer',
    message: `name can't be "NO". Use lower-case letters.`,
  });
  assert.throws(() => complete({ name: 'class' }), { code: 'scaffold/wrong-answer' });
  assert.throws(() => complete({ name: 'a', description: '' }), { code: 'scaffold/missing-answer' });
  assert.throws(() => complete({ name: 'a', nmae: 'b' }), {
    code: 'scaffold/unknown-answer',
    message: 'The template asks nothing called "nmae", perhaps you mean name; it asks name, description.',
  });
  assert.throws(() => complete({ name: 'a', constructor: 'b' }), { code: 'scaffold/unknown-answer' });
});
