import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answers } from '../../../src/scaffold/answers';
import {
  answersBefore,
  checkAnswer,
  choicesOf,
  completeAnswers,
  defaultAnswer,
  fitAnswer,
  recordable,
} from '../../../src/scaffold/answers';
import { parseTemplate } from '../../../src/scaffold/manifest';
import { withPreset } from '../../../src/scaffold/presets';
import { createRender } from '../../../src/scaffold/render';
import type { TemplateInput } from '../../../src/scaffold/template';

/** Inputs of every type, with conditions and defaults over the answers before them. */
const template = parseTemplate(
  `
id: every
version: 1.0.0
title: Every
description: Every type.
inputs:
  - { key: name, title: Name, prompt: A name., maxLength: 20 }
  - { key: paas, type: choice, title: P, prompt: P., choices: [heroku, none], default: none }
  - { key: region, title: R, prompt: R., default: 'eu', when: paas == heroku }
  - { key: zone, title: Z, prompt: Z., default: '{{region}}-1', when: region }
  - key: ci
    type: multi-choice
    title: C
    prompt: C.
    choices: [circleci, { value: github, when: paas == heroku, reason: Only on Heroku. }, gitlab]
    default: [gitlab, github, { value: circleci, when: paas == none }]
    minimum: 1
  - { key: sentry, type: boolean, title: S, prompt: S., default: paas == heroku or ci has circleci }
  - { key: token, type: secret, title: T, prompt: T., when: sentry }
presets:
  - { id: quiet, title: Quiet, answers: { sentry: false, ci: [gitlab], region: us } }
`,
  'template.yaml',
);
const render = createRender(template);
const complete = (given: Answers) => completeAnswers(template, { name: 'a', ...given }, render);
const input = (key: string): TemplateInput =>
  template.inputs.find((one) => one.key === key) ?? assert.fail(key);

test('defaults follow the answers before them', () => {
  const plain = complete({ token: 'x' });
  assert.deepEqual(plain.answers, {
    name: 'a',
    paas: 'none',
    ci: ['circleci', 'gitlab'],
    sentry: true,
    token: 'x',
  });
  const heroku = complete({ paas: 'heroku', token: 'x' });
  assert.deepEqual(heroku.answers, {
    name: 'a',
    paas: 'heroku',
    region: 'eu',
    zone: 'eu-1',
    ci: ['github', 'gitlab'],
    sentry: true,
    token: 'x',
  });
});

test('what is not asked reads as empty, is not recorded, and is said to be ignored', () => {
  const { answers, context, ignored } = complete({ sentry: false, zone: 'x', region: 'y' });
  assert.deepEqual([context['region'], context['zone'], context['token']], ['', '', '']);
  assert.ok(!('region' in answers) && !('token' in answers));
  assert.deepEqual(ignored, ['zone', 'region']);
});

test('secrets are never recorded', () => {
  assert.deepEqual(Object.keys(recordable(template, complete({ token: 'x' }).answers)), [
    'name',
    'paas',
    'ci',
    'sentry',
  ]);
});

test('an answer of the wrong kind, or one that can not be chosen here, is refused', () => {
  const wrong = (given: Answers, message: RegExp): void =>
    assert.throws(
      () => complete(given),
      { code: /scaffold\/(wrong|missing)-answer/, message },
      JSON.stringify(given),
    );
  wrong({ paas: 'empire' }, /Choose one of heroku, none\./);
  wrong({ paas: ['heroku'] }, /Choose one value\./);
  wrong({ paas: '' }, /needs an answer for paas/);
  wrong({ ci: 'circleci' }, /Choose a list of values\./);
  wrong({ ci: ['github'] }, /ci can't be "github"\. Only on Heroku\./);
  wrong({ ci: [] }, /Choose at least 1\./);
  wrong({ ci: ['gitlab', 'gitlab'] }, /Choose each value once\./);
  wrong({ sentry: 'true' }, /Answer true or false\./);
  wrong({ name: true }, /Answer with a text\./);
  wrong({ name: ['a'] }, /Answer with a text\./);
  wrong({}, /needs an answer for token/);
  wrong({ token: 'hush\u0007' }, /token can't be "what was given"/);
});

test('what can be chosen is known before it is', () => {
  const ci = input('ci');
  assert.ok(ci.type === 'multi-choice');
  assert.deepEqual(
    choicesOf(ci, { paas: 'none' }).map(({ choice, reason }) => [choice.value, reason]),
    [
      ['circleci', undefined],
      ['github', 'Only on Heroku.'],
      ['gitlab', undefined],
    ],
  );
  assert.equal(
    checkAnswer(ci, ['github']),
    undefined,
    'without answers before it conditions are not looked at',
  );
  assert.equal(defaultAnswer(input('token'), {}, render), '');
});

test('the answers before an input hold defaults, and empty ones for what is not asked', () => {
  assert.deepEqual(answersBefore(template, input('ci'), { name: 'b' }, render), {
    name: 'b',
    paas: 'none',
    region: '',
    zone: '',
  });
});

test('answers from a command line or a file become what the input has', () => {
  assert.equal(fitAnswer(input('sentry'), 'true'), true);
  assert.equal(fitAnswer(input('sentry'), 'yes'), 'yes');
  assert.deepEqual(fitAnswer(input('ci'), 'a, b,'), ['a', 'b']);
  assert.deepEqual(fitAnswer(input('ci'), ''), []);
  assert.equal(fitAnswer(input('name'), true), 'true');
});

test('a preset answers under what is given', () => {
  assert.deepEqual(withPreset(template, 'quiet', { sentry: true }), {
    sentry: true,
    ci: ['gitlab'],
    region: 'us',
  });
  assert.deepEqual(withPreset(template, undefined, {}), {});
  assert.throws(() => withPreset(template, 'quite', {}), {
    message: /no preset "quite", perhaps you mean quiet/,
  });
  assert.throws(() => withPreset({ ...template, presets: [] }, 'x', {}), { message: /has no presets/ });
});

test('names of every object are no answers', () => {
  assert.throws(() => complete(JSON.parse('{"__proto__": "x"}') as Answers), {
    code: 'scaffold/unknown-answer',
  });
  assert.throws(() => complete({ constructor: 'x' }), { code: 'scaffold/unknown-answer' });
});
