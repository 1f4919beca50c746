import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  compareWithLocal,
  configDocument,
  isEmptyPatch,
  overtaken,
  patchLines,
  patchOf,
  readConfigDocument,
  readEnvFile,
} from '../../../src/deploy/config-document';

const seen = { API_KEY: 'secret-1', LOG_LEVEL: 'info', OLD: 'x' };

test('the document holds names and no value, and saved as it is it changes nothing', () => {
  const text = configDocument('orders', 'staging', Object.keys(seen));
  assert.match(text, /\n\nAPI_KEY=••••••\nLOG_LEVEL=••••••\nOLD=••••••\n$/);
  assert.doesNotMatch(text, /secret-1|info/);
  const document = readConfigDocument(text);
  assert.deepEqual(document.problems, []);
  assert.ok(isEmptyPatch(patchOf(document, seen)));
  assert.ok(isEmptyPatch(patchOf(readConfigDocument(configDocument('a', 'b', [])), {})));
});

test('a changed, a new, a hidden and a missing line', () => {
  const text =
    'API_KEY=••••••\r\n LOG_LEVEL = debug # for now\nexport NEW="two\\nlines \\"q\\""\nTOKEN=?\nHID=••••••\nEMPTY=\n';
  const patch = patchOf(readConfigDocument(text), seen);
  assert.deepEqual(patch, {
    set: { LOG_LEVEL: 'debug', NEW: 'two\nlines "q"', EMPTY: '' },
    ask: ['HID', 'TOKEN'],
    unset: ['OLD'],
  });
  assert.deepEqual(patchLines(patch, seen), [
    'New: EMPTY, HID, NEW, TOKEN',
    'Another value: LOG_LEVEL',
    'Taken away: OLD',
  ]);
});

test('a value that is what it was is no change; a quoted mark is a value', () => {
  assert.ok(isEmptyPatch(patchOf(readConfigDocument("API_KEY='secret-1'\nLOG_LEVEL=info\nOLD=x"), seen)));
  assert.deepEqual(patchOf(readConfigDocument('A="?"\nB=\'#no comment\'\nC=a#b'), {}).set, {
    A: '?',
    B: '#no comment',
    C: 'a#b',
  });
});

test('what can’t be read is told by its line', () => {
  const { problems } = readConfigDocument("A=1\nno\n1B=2\nA=3\nC=\"open\nD='x' y\n# fine\n");
  assert.deepEqual(
    problems.map(({ line, message }) => `${line} ${message.split(' ').slice(0, 4).join(' ')}`),
    [
      '1 A line is KEY=value,',
      "2 1B can't be a",
      '3 A is there twice.',
      '4 The value of C',
      '5 The value of D',
    ],
  );
});

test('what somebody else changed meanwhile is not overwritten', () => {
  const patch = patchOf(readConfigDocument('API_KEY=mine\nLOG_LEVEL=••••••\n'), seen);
  assert.deepEqual(overtaken(patch, seen, seen), []);
  assert.deepEqual(overtaken(patch, seen, { ...seen, LOG_LEVEL: 'theirs' }), [], 'not touched here');
  assert.deepEqual(overtaken(patch, seen, { API_KEY: 'theirs', LOG_LEVEL: 'info' }), ['API_KEY', 'OLD']);
});

test('a .env beside an environment, by name', () => {
  const local = readEnvFile('# mine\nAPI_KEY=local\nLOG_LEVEL=info\nDEBUG=1\nbroken line\n');
  const { changes, local: left, remote: right } = compareWithLocal(local, seen);
  assert.deepEqual(changes, { added: ['OLD'], removed: ['DEBUG'], changed: ['API_KEY'] });
  assert.equal(left, 'API_KEY=••••••  (here)\nDEBUG=••••••\nLOG_LEVEL=••••••\n');
  assert.equal(right, 'API_KEY=••••••  (other value there)\nLOG_LEVEL=••••••\nOLD=••••••\n');
});
