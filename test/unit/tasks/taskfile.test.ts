import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { describe, test } from 'node:test';
import { nodeFiles } from '../../../src/platform/node/files';
import { taskSource } from '../../../src/tasks/sources/task';
import { readTaskfile } from '../../../src/tasks/sources/task/document';
import { memoryFiles } from '../../helpers/files';
import { createRandom } from '../../helpers/random';

const dir = resolve('test/fixtures/tasks/task');

describe('a Taskfile', () => {
  test('lists its tasks and those of what it includes, with places', async () => {
    const list = await taskSource.list({ files: nodeFiles }, dir);
    assert.deepEqual(
      list?.tasks.map(({ name, description, range, section }) => [
        name,
        description,
        range.start.line,
        section,
      ]),
      [
        ['default', undefined, 13, undefined],
        ['greet', 'Says the greeting', 15, undefined],
        ['prepare', undefined, 21, undefined],
        ['deploy', 'Deploys', 27, undefined],
        ['docs:serve', 'Serves', 2, 'docs'],
        ['docs:default', undefined, 5, 'docs'],
        ['lint', undefined, 2, undefined],
      ],
    );
    assert.deepEqual(
      list.patterns.map(({ name }) => name),
      ['start:*'],
    );
    assert.deepEqual(
      list.unresolved.map(({ name }) => name),
      ['far: https://example.com/Taskfile.yml'],
    );
    assert.ok(
      list.accepts('d') && list.accepts('docs') && list.accepts('start:it') && !list.accepts('hidden'),
    );
    const deploy = list.tasks.find(({ name }) => name === 'deploy');
    assert.ok(deploy);
    assert.deepEqual(
      list.parametersOf(deploy).map(({ name }) => name),
      ['ENVIRONMENT', 'REGION'],
    );
    const greet = list.tasks.find(({ name }) => name === 'greet');
    assert.deepEqual(greet?.prerequisites, ['prepare']);
    assert.deepEqual(greet.recipe, ['echo {{.GREETING}} {{.NAME}}']);
  });

  test('that includes itself ends', async () => {
    const files = memoryFiles({
      '/p/Taskfile.yml':
        "version: '3'\nincludes:\n  a: ./Taskfile.yml\n  b: ./Taskfile.yml\ntasks:\n  x: echo\n",
    });
    const list = await taskSource.list({ files }, '/p');
    assert.ok(list?.tasks.some(({ name }) => name === 'x'));
  });

  test('merges what task says, and nothing else', async () => {
    const list = await taskSource.list({ files: nodeFiles }, dir);
    assert.ok(list);
    const told = {
      tasks: [
        { name: 'greet', desc: 'x' },
        { name: 'far:x', desc: '', location: { line: 3, column: 3, taskfile: '/r.yml' } },
      ],
    };
    const merged = taskSource.asking.merge(list, { exitCode: 0, stdout: JSON.stringify(told), stderr: '' });
    assert.deepEqual(
      merged?.tasks.map(({ name, file, range }) => [name, file, range.start.line]),
      [
        ['greet', `${dir}/Taskfile.yml`, 15],
        ['far:x', '/r.yml', 2],
      ],
    );
    for (const stdout of ['', '[]', '{"tasks": 1}', 'task: error'])
      assert.equal(taskSource.asking.merge(list, { exitCode: 0, stdout, stderr: '' }), undefined, stdout);
  });

  test('of any text is read without an exception, and each place lies inside it', () => {
    const pieces = [
      'tasks:\n',
      '  a:\n',
      '    cmds: [x]\n',
      'includes:\n',
      '  b: ./c\n',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '&x ',
      '*x',
      ': ',
      '\n',
      '  ',
      '?',
      '|',
      '#',
      '<<: ',
      '\0',
      '💥',
      '\t',
      '!!',
      '---\n',
    ];
    for (let seed = 0; seed < 3_000; seed++) {
      const random = createRandom(seed);
      const text = Array.from({ length: random.int(40) }, () => random.pick(pieces)).join('');
      const lines = text.split('\n');
      for (const { range } of readTaskfile(text).tasks)
        assert.ok(
          range.end.character <= (lines[range.end.line]?.length ?? -1),
          `seed ${seed}: ${JSON.stringify(text)}`,
        );
    }
  });
});
