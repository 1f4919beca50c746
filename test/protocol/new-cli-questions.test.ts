import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, afterEach, beforeEach, test } from 'node:test';
import { parse } from 'yaml';
import { cliPath } from '../helpers/cli';

/** The command line with a template that asks everything that can be asked. */

const home = mkdtempSync(join(tmpdir(), 'new-home-'));
after(() => rmSync(home, { recursive: true, force: true }));

const put = (path: string, text: string): void => {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), text);
};
cpSync(join(dirname(cliPath), 'parts'), join(home, 'out', 'parts'), { recursive: true });
copyFileSync(cliPath, join(home, 'out', 'cli.js'));
put(
  'templates/every/template.yaml',
  `id: every
version: 2.0.0
title: Every
description: Asks everything.
include: [base]
inputs:
  - { key: name, title: Name, prompt: A name., pattern: '^[a-z-]+$' }
  - { key: tasks, type: choice, title: Tasks, prompt: Which queue., choices: [none, celery], default: none }
  - { key: broker, title: Broker, prompt: Its address., default: 'redis://{{name}}', when: tasks == celery }
  - key: ci
    type: multi-choice
    title: CI
    prompt: Where it is built.
    choices: [circleci, { value: github, title: GitHub, when: tasks == celery, reason: Only with tasks. }]
    default: [circleci]
  - { key: sentry, type: boolean, title: Sentry, prompt: Reports errors., default: tasks == celery }
  - { key: apiToken, type: secret, title: Token, prompt: A token., when: sentry }
presets:
  - { id: worker, title: Worker, answers: { tasks: celery, ci: [github], sentry: false } }
files:
  - { match: '*.yml', class: managed }
  - { match: broker.txt, when: tasks == celery }
constraints:
  - { tool: no-such-program, why: shows what is missing }
actions:
  - { type: run-task, task: setup, title: Setting up, manual: Run make setup. }
next: [make test]
`,
);
put('templates/every/files/ci.yml.hbs', '{{#each ci}}\n- {{this}}\n{{/each}}\nsentry: {{sentry}}\n');
put('templates/every/files/broker.txt.hbs', '{{broker}}');
put('templates/every/files/token.txt.hbs', '{{apiToken}}');
put('templates/shared/base/files/Makefile', 'setup:\n\t@test ! -e fail\n\t@touch done\n');

const world = { root: '' };
beforeEach(() => {
  world.root = mkdtempSync(join(tmpdir(), 'new-'));
});
afterEach(() => rmSync(world.root, { recursive: true, force: true }));

const at = (...parts: readonly string[]): string => join(world.root, ...parts);
const read = (...parts: readonly string[]): string => readFileSync(at(...parts), 'utf8');
const run = (
  args: readonly string[],
  more: { readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {},
) =>
  spawnSync(process.execPath, [join(home, 'out', 'cli.js'), ...args], {
    encoding: 'utf8',
    input: more.input ?? '',
    env: { ...process.env, ...more.env },
  });
const make = (...args: readonly string[]) => run(['new', 'every', at('shop'), ...args]);

test('every kind of answer arrives, and only what was asked is recorded', () => {
  const made = make('--set', 'tasks=celery', '--set', 'ci=github,circleci', '--set', 'sentry=false');
  assert.equal(made.status, 0, made.stderr);
  assert.equal(read('shop', 'ci.yml'), '- circleci\n- github\nsentry: false\n');
  assert.equal(read('shop', 'broker.txt'), 'redis://shop');
  const { template } = parse(read('shop', 'servicewright.yaml')) as { template: Record<string, unknown> };
  assert.deepEqual(template['answers'], {
    name: 'shop',
    tasks: 'celery',
    broker: 'redis://shop',
    ci: ['circleci', 'github'],
    sentry: false,
  });
  assert.deepEqual(Object.keys(template['files'] as object), ['ci.yml']);
  assert.match(
    made.stderr,
    /^Needed later: no-such-program shows what is missing; it is not on the PATH\.$/m,
  );
});

test('what is not asked is left out and said', () => {
  const made = make('--set', 'broker=x');
  assert.equal(made.status, 0, made.stderr);
  assert.match(made.stderr, /^broker is not asked after the other answers; it was left out\.$/m);
  assert.ok(!existsSync(at('shop', 'broker.txt')));
});

test('a preset answers, and what is set wins', () => {
  const made = make('--preset', 'worker', '--set', 'ci=circleci');
  assert.equal(made.status, 0, made.stderr);
  assert.equal(read('shop', 'ci.yml'), '- circleci\nsentry: false\n');
  assert.ok(existsSync(at('shop', 'broker.txt')));
  const wrong = make('--preset', 'wrker');
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /The template has no preset "wrker", perhaps you mean worker/);
});

test('a choice that can not be made here says why', () => {
  const refused = (why: RegExp, ...args: readonly string[]): void => {
    const made = make(...args);
    assert.equal(made.status, 2, made.stderr);
    assert.match(made.stderr, why);
    assert.ok(!existsSync(at('shop')));
  };
  refused(/ci can't be "github"\. Only with tasks\./, '--set', 'ci=github');
  refused(/ci can't be "travis"\. Choose one of circleci, github\./, '--set', 'ci=travis');
  refused(/tasks can't be "cron"\. Choose one of none, celery\./, '--set', 'tasks=cron');
  refused(/sentry can't be "maybe"\. Answer true or false\./, '--set', 'sentry=maybe');
});

test('a secret comes from stdin or the environment, never from a command line or a file, and is written down nowhere', () => {
  const sentry = ['--set', 'sentry=true'];
  const wrong = make(...sentry, '--set', 'apiToken=hush');
  assert.equal(wrong.status, 2);
  assert.match(
    wrong.stderr,
    /apiToken is a secret, which others would see there; give it with --answers - on stdin/,
  );
  writeFileSync(at('answers.yaml'), 'apiToken: hush\n');
  assert.equal(make(...sentry, '--answers', at('answers.yaml')).status, 2);
  const missing = make(...sentry);
  assert.match(
    missing.stderr,
    /needs an answer for apiToken.*\nhint: Set SERVICEWRIGHT_SECRET_API_TOKEN in the environment/,
  );
  const piped = run(['new', 'every', at('shop'), ...sentry, '--answers', '-'], { input: 'apiToken: hush\n' });
  assert.equal(piped.status, 0, piped.stderr);
  assert.equal(read('shop', 'token.txt'), 'hush');
  assert.doesNotMatch(read('shop', 'servicewright.yaml') + piped.stdout + piped.stderr, /hush|apiToken/);
  const env = { SERVICEWRIGHT_SECRET_API_TOKEN: 'quiet' };
  assert.equal(run(['new', 'every', at('second'), ...sentry], { env }).status, 0);
  assert.equal(read('second', 'token.txt'), 'quiet');
});

test('tasks run afterwards; one that fails does not fail the service and says what to do by hand', () => {
  const good = make();
  assert.equal(good.status, 0, good.stderr);
  assert.match(good.stderr, /^Setting up …$/m);
  assert.ok(existsSync(at('shop', 'done')));
  put('templates/every/files/fail', '');
  try {
    const failed = run(['new', 'every', at('second')]);
    assert.equal(failed.status, 0, failed.stderr);
    assert.match(failed.stderr, /^Setting up failed; the service is there\.$/m);
    assert.match(failed.stdout, /^By hand:\n {2}Run make setup\.$/m);
    const json = run(['new', 'every', at('third'), '--json']);
    assert.deepEqual((JSON.parse(json.stdout) as { byHand: unknown }).byHand, ['Run make setup.']);
  } finally {
    rmSync(join(home, 'templates/every/files/fail'));
  }
  assert.equal(run(['new', 'every', at('fourth'), '--skip-tasks']).status, 0);
  assert.ok(!existsSync(at('fourth', 'done')));
});

test('templates are listed with types, choices, presets and constraints', () => {
  const { templates } = JSON.parse(run(['templates', '--json']).stdout) as {
    templates: { id: string; inputs: Record<string, unknown>[]; presets: unknown; constraints: unknown }[];
  };
  const [every, ...others] = templates;
  assert.equal(others.length, 0);
  assert.deepEqual(
    every?.inputs.map(({ key, type, required, when, default: usual }) => [key, type, required, when, usual]),
    [
      ['name', 'string', true, undefined, undefined],
      ['tasks', 'choice', false, undefined, 'none'],
      ['broker', 'string', false, 'tasks == celery', 'redis://{{name}}'],
      ['ci', 'multi-choice', false, undefined, ['circleci']],
      ['sentry', 'boolean', false, undefined, 'tasks == celery'],
      ['apiToken', 'secret', true, 'sentry', undefined],
    ],
  );
  assert.deepEqual(every?.inputs[3]?.['choices'], [
    { value: 'circleci', title: 'circleci' },
    { value: 'github', title: 'GitHub', when: 'tasks == celery', reason: 'Only with tasks.' },
  ]);
  assert.deepEqual(every?.presets, [
    { id: 'worker', title: 'Worker', answers: { tasks: 'celery', ci: ['github'], sentry: false } },
  ]);
  assert.deepEqual(every?.constraints, [{ tool: 'no-such-program', why: 'shows what is missing' }]);
  const told = run(['templates']).stdout;
  assert.match(told, /^ {2}--preset worker {2}Worker$/m);
  assert.match(told, /^ {2}--set tasks=none\|celery {2}Which queue\.$/m);
});
