import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CodeReply, CodeRunner } from '../../../../src/base/code-runner';
import { isObject, isString } from '../../../../src/base/json';
import { checkSpec } from '../../../../src/guidelines';
import type { CodeAccess } from '../../../../src/guidelines/code/functions';
import { RunningFunctions } from '../../../../src/guidelines/code/functions';
import type { Answer, CodeResult } from '../../../../src/guidelines/code/messages';
import { configFor } from '../../../../src/guidelines/config/find';
import { Plan } from '../../../../src/guidelines/config/plan';
import { CodeOf, saysTrusted } from '../../../../src/guidelines/host/lsp/code';
import { Spec } from '../../../../src/guidelines/spec';
import { finish } from '../../../../src/guidelines/steps';
import { reader } from '../config/helpers';

type Asked = Readonly<Record<string, unknown>>;

/** Answers without any worker: `reply` says how, by what was asked. */
class FakeRunner implements CodeRunner {
  life = 0;
  lives = 0;
  readonly asked: Asked[] = [];
  readonly reply: (question: Asked) => CodeReply;

  constructor(reply: (question: Asked) => CodeReply) {
    this.reply = reply;
  }

  ask(question: unknown, most: number, whole: number): CodeReply {
    assert.ok(isObject(question) && most > 0 && whole >= most);
    if (this.life === 0) this.life = this.lives += 1;
    const { calls } = question;
    return Array.isArray(calls) ? this.#each(calls) : this.#one(question);
  }

  /** The calls of a question, as if each were asked by itself. */
  #each(calls: readonly unknown[]): CodeReply {
    const answers: unknown[] = [];
    let took = 0;
    for (const call of calls) {
      assert.ok(isObject(call));
      const reply = this.#one({ ...call, do: 'call' });
      took += reply.took;
      if (reply.kind !== 'answer') return { kind: reply.kind, took, steps: answers.length };
      answers.push(reply.value);
    }
    return { kind: 'answer', value: { kind: 'answers', answers }, took };
  }

  #one(question: Asked): CodeReply {
    this.asked.push(question);
    const reply = this.reply(question);
    if (reply.kind !== 'answer') this.life = 0;
    return reply;
  }

  end(): void {
    this.life = 0;
  }

  did(what: string): number {
    return this.asked.filter((one) => one['do'] === what).length;
  }
}

const answer = (value: Answer, took = 0): CodeReply => ({ kind: 'answer', value, took });
const finds = (...results: readonly CodeResult[]): CodeReply => answer({ kind: 'done', results, left: 0 });
const nothing = finds();
const limits = { load: 100, call: 10, run: 25 };

const spec = `openapi: 3.1.0
info: { title: Orders }
paths:
  /a: { get: { summary: one, responses: { '200': { $ref: '#/components/responses/Ok' } } } }
  /b: { get: { summary: two } }
components:
  responses:
    Ok: { description: fine }
`;
const files = (rules: string): Readonly<Record<string, string>> => ({
  '/w/.spectral.yaml': `functions: [mine, [other, { type: object, properties: { most: { type: number } } }]]\nrules:\n${rules}`,
  '/w/functions/mine.js': '',
  '/w/functions/other.js': '',
});
const summaries = `  x-mine: { given: '$.paths[*].get.summary', then: { function: mine } }\n`;

async function planOf(rules: string, code: CodeAccess): Promise<Plan> {
  return new Plan(await configFor('/w/api', reader(files(rules)), 'recommended', code), {}, code);
}

async function told(rules: string, runner: CodeRunner, text = spec): Promise<readonly string[]> {
  const plan = await planOf(rules, new RunningFunctions(runner, limits));
  return checkSpec(text, plan.optionsFor('/w/api/openapi.yaml')).map(
    ({ range: { start }, severity, rule, message }) =>
      `${start.line + 1}:${start.character + 1} ${severity} ${rule}: ${message}`,
  );
}

describe('functions of rule sets', () => {
  test('are asked with the value, its path, the options and the rule; findings come to stand at their paths', async () => {
    const runner = new FakeRunner((asked) =>
      asked['do'] === 'call'
        ? finds(
            { message: 'here' },
            { message: 'there', path: ['paths', '/a', 'get', 'responses', 200, 'description'] },
          )
        : nothing,
    );
    const rules = `  x-other: { description: Ours., severity: error, given: '$.paths["/a"].get', then: { field: summary, function: other, functionOptions: { most: 3 } } }\n`;
    assert.deepEqual(await told(rules, runner), [
      '4:16 error x-other: Ours: here',
      '8:11 error x-other: Ours: there',
    ]);
    const { path, options, target, rule, isResolved } = runner.asked.at(-1) ?? {};
    assert.deepEqual(
      { path, options, target, isResolved },
      {
        path: ['paths', '/a', 'get', 'summary'],
        options: { most: 3 },
        target: { value: 'one' },
        isResolved: true,
      },
    );
    assert.deepEqual(rule, {
      name: 'x-other',
      description: 'Ours.',
      message: null,
      severity: 0,
      resolved: true,
    });
    assert.equal(runner.did('document'), 1, 'the document is shown once');
  });

  test('maps and lists are not sent again, absent values are undefined, keys are texts', async () => {
    const runner = new FakeRunner(() => nothing);
    const rules = `  x-map: { given: '$.paths["/a"].get', then: { function: mine } }
  x-gone: { given: '$.info', then: { field: gone, function: mine } }
  x-key: { given: '$.paths', then: { field: '@key', function: mine } }
  x-raw: { resolved: false, given: '$.info.title', then: { function: mine } }\n`;
    assert.deepEqual(await told(rules, runner), []);
    const calls = runner.asked
      .filter((one) => one['do'] === 'call')
      .map(({ path, target, isResolved }) => ({ path, target, isResolved }));
    assert.deepEqual(calls, [
      { path: ['paths', '/a', 'get'], target: undefined, isResolved: true },
      { path: ['info', 'gone'], target: { value: undefined }, isResolved: true },
      { path: ['paths', '/a'], target: { value: '/a' }, isResolved: true },
      { path: ['paths', '/b'], target: { value: '/b' }, isResolved: true },
      { path: ['info', 'title'], target: { value: 'Orders' }, isResolved: false },
    ]);
  });

  test('options that a function does not take are told where they stand, and it is not asked', async () => {
    const runner = new FakeRunner(() => nothing);
    const rules = `  x-other: { given: $, then: { function: other, functionOptions: { most: many } } }\n`;
    assert.match(
      (await told(rules, runner)).join('\n'),
      /error configuration: \.\.\/\.spectral\.yaml:3: `other` does not take these options: it must be of the type number\./,
    );
    assert.equal(runner.did('call'), 0);
  });

  test('one that is too slow is stopped, told once, and not asked again; others go on in a new worker', async () => {
    const runner = new FakeRunner((asked) =>
      asked['do'] !== 'call'
        ? nothing
        : String(asked['file']).includes('mine')
          ? { kind: 'late', took: 10, steps: 0 }
          : finds({ message: 'found' }),
    );
    const rules = `${summaries}  x-second: { given: '$.paths[*].get.summary', then: { function: other } }\n`;
    const code = new RunningFunctions(runner, limits);
    const plan = await planOf(rules, code);
    const read = new Spec(spec);
    finish(read.updateSteps());
    const found = checkSpec(read, plan.optionsFor('/w/api/openapi.yaml')).map(
      ({ rule, message }) => `${rule}: ${message}`,
    );
    assert.deepEqual(found, [
      'configuration: ../.spectral.yaml:3: The function `mine` is not to be relied on: it did not come to an end within 0.01 s at #/paths/~1a/get/summary, or it needed too much memory. What it checks may be unchecked; mend it, and save it or the rule set.',
      'x-second: x-second: found',
      'x-second: x-second: found',
    ]);
    assert.equal(runner.lives, 2);
    assert.equal(runner.did('document'), 2);
    read.edit({ start: 0, end: 0, text: '# more\n' });
    finish(read.updateSteps());
    assert.equal(code.faultsOf(read).length, 1, 'it holds until it is asked anew');
    assert.match(checkSpec(read, plan.optionsFor('/w/api/openapi.yaml'))[0]?.message ?? '', /0\.01 s/);
    assert.equal(
      runner.asked.filter((one) => one['do'] === 'call' && String(one['file']).includes('mine')).length,
      1,
    );
  });

  test('all calls of one check together have a limit', async () => {
    const many = `openapi: 3.1.0\npaths:\n${Array.from({ length: 9 }, (_, at) => `  /p${at}: { get: { summary: x } }\n`).join('')}`;
    const runner = new FakeRunner((asked) => {
      if (asked['do'] !== 'call') return nothing;
      return runner.did('call') > 3
        ? { kind: 'late', took: 1, steps: 0 }
        : answer({ kind: 'done', results: [], left: 0 }, 8);
    });
    assert.match(
      (await told(summaries, runner, many)).join('\n'),
      /its calls took most of the 0\.025 s that one check has for functions/,
    );
    assert.equal(runner.did('call'), 4);
  });

  test('the others have their time when one used it up', async () => {
    const isSlow = ({ file }: Asked): boolean => String(file).includes('mine');
    const runner = new FakeRunner((asked) =>
      asked['do'] === 'call'
        ? answer({ kind: 'done', results: [], left: 0 }, isSlow(asked) ? 13 : 1)
        : nothing,
    );
    const rules = `${summaries}  x-second: { given: '$.paths[*].get.summary', then: { function: other } }\n`;
    const plan = await planOf(rules, new RunningFunctions(runner, limits));
    const check = (): string => JSON.stringify(checkSpec(spec, plan.optionsFor('/w/api/openapi.yaml')));
    assert.equal(check(), '[]', 'each call was answered');
    assert.match(check(), /`mine` is not to be relied on: its calls took most of the 0\.025 s/);
    assert.doesNotMatch(check(), /`other`/);
  });

  test('what a broken or hostile worker says is not believed', async () => {
    for (const value of [
      null,
      'x',
      { kind: 'done' },
      { kind: 'done', results: [{ message: 1 }] },
      { kind: 'done', results: [{ message: 'x', path: [{}] }] },
    ]) {
      const runner = new FakeRunner((asked) =>
        asked['do'] === 'call' ? { kind: 'answer', value, took: 0 } : nothing,
      );
      assert.match((await told(summaries, runner)).join('\n'), /it gave an answer that is not understood/);
    }
  });

  test('of a text that is broken nothing is asked', async () => {
    const runner = new FakeRunner(() => finds({ message: 'x' }));
    await told(summaries, runner, `${spec}  bad: [\n`);
    assert.equal(runner.did('call'), 0);
  });

  test('the editor asks for no worker in a workspace that is not trusted, nor where nobody said so', () => {
    const code = new CodeOf({
      get life(): number {
        throw new Error('somebody asked for a worker');
      },
      ask: () => {
        throw new Error('somebody asked a worker');
      },
      end: () => undefined,
    });
    assert.equal(code.accessFor('file://', true), 'untrusted');
    code.isTrusted = true;
    assert.equal(code.accessFor('file://', false), 'off');
    assert.equal(code.accessFor('vscode-vfs://github', true), 'elsewhere');
    assert.equal(typeof code.accessFor('file://', true), 'object');
    assert.ok(
      !saysTrusted({ isTrusted: 'yes' }) && !saysTrusted(undefined) && saysTrusted({ isTrusted: true }),
    );
  });

  test('where code is not to run, why is said, and the runner is not there at all', async () => {
    const ways = {
      off: /--run-functions/,
      untrusted: /Restricted Mode/,
      elsewhere: /this machine alone/,
    } as const;
    for (const code of ['off', 'untrusted', 'elsewhere'] as const) {
      const { problems } = (await planOf(summaries, code)).loaded;
      assert.match(problems[0]?.message ?? '', ways[code]);
      assert.ok(problems.every(({ severity, message }) => severity === 'info' && isString(message)));
    }
  });
});
