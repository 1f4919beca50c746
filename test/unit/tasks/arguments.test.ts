import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { argumentsOf, splitArguments } from '../../../src/tasks/arguments';
import { fencedCommands } from '../../../src/tasks/fences';
import type { Parameter } from '../../../src/tasks/task';

const variable = (name: string, value?: string): Parameter => ({ name, kind: 'variable', default: value });
const place = (name: string, value?: string): Parameter => ({ name, kind: 'argument', default: value });

describe('arguments of a run', () => {
  test('are variables that differ from their default, then what else was typed', () => {
    const values = new Map([
      ['PORT', '9000'],
      ['HOST', 'here'],
    ]);
    const parameters = [variable('PORT', '8000'), variable('HOST', 'here'), variable('ARGS')];
    assert.deepEqual(argumentsOf(parameters, values, '-j4 "a b"'), ['PORT=9000', '-j4', 'a b']);
  });

  test('have places, and those before the last one that was given keep their default', () => {
    const parameters = [place('a', 'x'), place('b', 'y'), place('c', 'z')];
    assert.deepEqual(argumentsOf(parameters, new Map([['b', 'given']]), ''), ['x', 'given']);
    assert.deepEqual(argumentsOf(parameters, new Map(), ''), []);
    assert.deepEqual(argumentsOf([place('needed')], new Map([['needed', 'v w']]), ''), ['v w']);
  });

  test('are split as a shell does, and nothing is expanded', () => {
    assert.deepEqual(splitArguments(` a "b c" 'd"e' f\\ g h"i"j "" $X \\" "\\"" `), [
      'a',
      'b c',
      'd"e',
      'f g',
      'hij',
      '',
      '$X',
      '"',
      '"',
    ]);
    assert.deepEqual(splitArguments('"open'), ['open']);
    assert.deepEqual(splitArguments(''), []);
  });
});

describe('commands in a README', () => {
  test('are found in shell fences only, with their arguments', () => {
    const text =
      '# x\nmake no\n```sh\n$ make test ARGS="-x -k a" # runs\njust greet you\nmake -C docs html\nmake a | tee b\nmake $X\nmake\nmaker x\n```\n```python\nmake no\n```\n~~~bash\ntask build -- --fast\n~~~\n```sh\nmake open';
    assert.deepEqual(
      fencedCommands(text).map(({ source, target, args, directory, line }) => [
        source,
        target,
        args,
        directory,
        line,
      ]),
      [
        ['make', 'test', ['ARGS=-x -k a'], undefined, 3],
        ['just', 'greet', ['you'], undefined, 4],
        ['make', 'html', [], 'docs', 5],
        ['task', 'build', ['--', '--fast'], undefined, 15],
        ['make', 'open', [], undefined, 18],
      ],
    );
  });
});
