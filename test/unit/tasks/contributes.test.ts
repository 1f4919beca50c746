import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { UserError } from '../../../src/base/errors';
import * as errors from '../../../src/tasks/errors';
import {
  problemMatcherNames,
  problemMatchers,
  taskDefinitions,
  taskType,
} from '../../../src/tasks/contributes';
import { matchers } from '../../../src/tasks/matchers';
import { matchLines } from '../../helpers/match-lines';

describe('the task definition', () => {
  test('asks only for a target', () => {
    const [definition] = taskDefinitions;
    assert.equal(definition.type, taskType);
    assert.deepEqual([...definition.required], ['target']);
  });
});

describe('the problem matchers of make', () => {
  const ours = matchers.filter(({ title }) => title === 'make');
  const read = (line: string): readonly (string | number | undefined)[] | undefined => {
    const [match] = matchLines(line, ours);
    return match && [match.file, match.line, match.message];
  };

  test('are among those that tasks use', () => {
    assert.deepEqual(
      problemMatcherNames,
      problemMatchers.map(({ name }) => `$${name}`),
    );
    assert.equal(new Set(problemMatcherNames).size, matchers.length);
  });

  test('read what make says of a failed recipe and of a broken Makefile', () => {
    assert.deepEqual(read('make: *** [Makefile:12: test] Error 2'), [
      'Makefile',
      12,
      '[Makefile:12: test] Error 2',
    ]);
    assert.deepEqual(read('gmake[1]: *** [mk/common.mk:3: lint] Error 1')?.slice(0, 2), ['mk/common.mk', 3]);
    assert.deepEqual(read('make: *** [Makefile:7: serve] Interrupt')?.slice(0, 2), ['Makefile', 7]);
    assert.deepEqual(read('Makefile:4: *** missing separator.  Stop.'), [
      'Makefile',
      4,
      'missing separator.  Stop.',
    ]);
  });

  test('leave other lines alone', () => {
    for (const line of [
      "make: *** No rule to make target 'x'.  Stop.",
      'make[1]: Entering directory /p',
      'Listening on http://localhost:8000: press Ctrl+C to end',
      'src/app.py:12: error: Incompatible types',
      'make: Nothing to be done for all.',
    ])
      assert.equal(read(line), undefined, line);
  });
});

describe('errors', () => {
  const all: readonly UserError[] = [
    errors.programMissing('make', 'linux'),
    errors.programMissing('make', 'darwin'),
    errors.programMissing('make', 'win32'),
    errors.programMissing('gmake', 'linux'),
    errors.noTaskFile('/p', ['Makefile']),
    errors.unreadable('/p', new Error('EACCES')),
    errors.unknownTarget('tst', 'Makefile', ['test']),
    errors.unknownTarget('tst', 'Makefile', []),
    errors.untrusted(),
    errors.notOnDisk('p/Makefile'),
    errors.targetGone('test'),
    errors.noAnswer('make', 'Makefile', ['x']),
    errors.listingTooSlow('make', 30),
    errors.listingTooLong('make', 64),
  ];

  test('are one sentence each, and none is left out here', () => {
    for (const { message } of all) assert.match(message, /^[\w/][^!]*[^.\s]\.$/, message);
    const codes = new Set(all.map(({ code }) => code));
    assert.equal(codes.size, Object.keys(errors).length);
  });
});
