import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommandLine, Finished, Processes } from '../../../src/base/ports';
import { runActions } from '../../../src/scaffold/actions';
import type { TemplateAction } from '../../../src/scaffold/template';
import { checkTools } from '../../../src/scaffold/tools';
import { compareVersions, isRange, isWithin } from '../../../src/scaffold/version';

const signal = new AbortController().signal;
const processes = (
  run: (line: CommandLine) => Partial<Finished> | Error,
  seen: CommandLine[] = [],
): Processes => ({
  run: async (line) => {
    seen.push(line);
    const done = run(line);
    if (done instanceof Error) throw done;
    return { exitCode: 0, stdout: '', stderr: '', ...done };
  },
  runInteractive: async () => assert.fail('nothing takes the terminal'),
  find: async (tool) => (tool === 'nowhere' ? undefined : `/bin/${tool}`),
});
const coded = (code: string): Error => Object.assign(new Error(code), { code });

test('versions are compared by their numbers', () => {
  assert.ok(compareVersions('3.9', '3.11') < 0 && compareVersions('3.11', '3.11.0') === 0);
  assert.ok(isWithin('3.13.2', '>=3.11 <4') && !isWithin('4.0', '>=3.11 <4') && isWithin('1.2', '=1.2.0'));
  assert.ok(isWithin('2', '>1') && !isWithin('2', '<=1'));
  assert.ok(isRange('>=3.11 <4') && !isRange('3.11') && !isRange('>= 3') && !isRange(''));
});

test('what a service needs is looked for, and only known programs are asked for their version', async () => {
  const seen: CommandLine[] = [];
  const port = processes(({ file }) => {
    if (file.endsWith('python3')) return { stdout: 'Python 3.9.1\n' };
    return file.endsWith('make') ? { stderr: 'GNU Make 4.3' } : { exitCode: 1 };
  }, seen);
  const states = await checkTools(
    [
      { tool: 'python3', version: '>=3.11', why: 'runs the service' },
      { tool: 'make', version: '>=4', why: 'runs tasks' },
      { tool: 'docker', version: '>=20', why: 'builds images' },
      { tool: 'nowhere', why: 'is used' },
      { tool: 'rm-all', why: 'is used' },
    ],
    { processes: port, signal },
  );
  assert.deepEqual(
    states.map(({ state, message }) => [state, message]),
    [
      ['wrong-version', 'python3 >=3.11 runs the service; 3.9.1 is there.'],
      ['met', 'make >=4 runs tasks; 4.3 is there.'],
      ['unknown', 'docker >=20 builds images; it is there, but did not say its version.'],
      ['missing', 'nowhere is used; it is not on the PATH.'],
      ['met', 'rm-all is used; it is there.'],
    ],
  );
  assert.deepEqual(
    seen.map(({ file, args }) => [file, ...args].join(' ')),
    ['/bin/python3 --version', '/bin/make --version', '/bin/docker --version'],
  );
  const [state] = await checkTools([{ tool: 'go', version: '>=1', why: 'x' }], {
    processes: processes(() => coded('EACCES')),
    signal,
  });
  assert.equal(state?.state, 'unknown');
});

const task = (name: string): TemplateAction => ({
  type: 'run-task',
  title: name,
  manual: `By hand ${name}.`,
  task: name,
});
const actions = [task('one'), { type: 'open', title: 'Open', manual: 'Open.' }, task('two')] as const;

test('tasks run in turn in the new folder; after one that failed the others are only offered', async () => {
  const seen: CommandLine[] = [];
  const started: string[] = [];
  const world = {
    processes: processes(({ args }) => (args[0] === 'one' ? {} : { exitCode: 2, stderr: 'a\n\nb\n' }), seen),
    signal,
    onStart: (action: TemplateAction) => started.push(action.title),
  };
  const made = { dir: '/s', actions: [...actions, task('three')] };
  const results = await runActions(made, { source: 'bundled' }, world);
  assert.deepEqual(
    results.map(({ action, outcome, lines }) => [action.task, outcome, lines]),
    [
      ['one', 'done', []],
      ['two', 'failed', ['a', 'b', 'make two ended with 2']],
      ['three', 'offered', []],
    ],
  );
  assert.deepEqual(seen, [
    { file: 'make', args: ['one'], cwd: '/s' },
    { file: 'make', args: ['two'], cwd: '/s' },
  ]);
  assert.deepEqual(started, ['one', 'two']);
});

test('a template from elsewhere runs nothing, and a missing make is said', async () => {
  const nothing = processes(() => assert.fail('nothing may run'));
  for (const source of ['/srv/templates/x', 'git+https://host/x.git'])
    assert.deepEqual(
      (await runActions({ dir: '/s', actions }, { source }, { processes: nothing, signal })).map(
        (one) => one.outcome,
      ),
      ['offered', 'offered'],
    );
  const [missing] = await runActions(
    { dir: '/s', actions },
    { source: 'bundled' },
    { processes: processes(() => coded('ENOENT')), signal },
  );
  assert.deepEqual(missing?.lines, ['make is not on the PATH']);
  const abort = new DOMException('left', 'AbortError');
  await assert.rejects(
    runActions({ dir: '/s', actions }, { source: 'bundled' }, { processes: processes(() => abort), signal }),
    abort,
  );
});
