import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readProcfileLines } from '../../../src/services';

test('each type has its command, in the order of the file', () => {
  const { processes, faults } = readProcfileLines(
    '# a\n\nweb: serve now\r\nrelease:  migrate\nwork_er-2: go: on\n',
  );
  assert.deepEqual(
    [...processes],
    [
      ['web', 'serve now'],
      ['release', 'migrate'],
      ['work_er-2', 'go: on'],
    ],
  );
  assert.deepEqual(faults, []);
});

test('what is wrong is told with its line; a type may be called as anything of an object is', () => {
  const { processes, faults } = readProcfileLines('constructor: a\nweb: a\nweb: b\nweb\nworker:\n');
  assert.deepEqual([...processes.keys()], ['constructor', 'web']);
  assert.deepEqual(faults, [
    'line 3: web is there twice',
    'line 4: "web" is not "<type>: <command>"',
    'line 5: "worker:" is not "<type>: <command>"',
  ]);
});
