import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UserError } from '../../../src/base/errors';
import * as errors from '../../../src/scaffold/errors';

/** One error of each factory. */
const all: Readonly<Record<keyof typeof errors, unknown>> = {
  brokenTemplate: errors.brokenTemplate('/t/template.yaml', 'it is missing.', 3),
  noTemplate: errors.noTemplate('djang', ['django']),
  wrongAnswer: errors.wrongAnswer('name', 'A', 'Use lower-case letters.'),
  missingAnswer: errors.missingAnswer({ key: 'name', prompt: 'Lower-case words.', type: 'string' }),
  unknownAnswer: errors.unknownAnswer('nmae', ['name']),
  notAnAnswer: errors.notAnAnswer('name', ['name']),
  exposedSecret: errors.exposedSecret('apiToken'),
  unknownPreset: errors.unknownPreset('wrker', ['worker', 'api']),
  unknownOption: errors.unknownOption('--on-conflict', 'kep', ['keep', 'refuse']),
  brokenAnswers: errors.brokenAnswers('/a.yaml', 'it is missing.'),
  brokenRecord: errors.brokenRecord('/srv/shop/servicewright.yaml', 'it is no YAML.'),
  unsafePath: errors.unsafePath('../x', 'leaves the folder'),
  notAbsolute: errors.notAbsolute('x'),
  folderExists: errors.folderExists('/srv/shop'),
  conflictingFiles: errors.conflictingFiles('/srv/shop', ['Makefile']),
  blockedFiles: errors.blockedFiles('/srv/shop', ['Makefile']),
  notAFolder: errors.notAFolder('/srv'),
  inTheWay: errors.inTheWay('/srv/shop', { code: 'EACCES', path: '/srv' }),
  cannotWrite: errors.cannotWrite('/srv/shop', Object.assign(new Error('x'), { code: 'ENOSPC' })),
};

test('every message names its thing, says what to do and ends with a full stop', () => {
  for (const [name, error] of Object.entries(all)) {
    assert.ok(error instanceof UserError, name);
    assert.match(error.code, /^scaffold\/[a-z-]+$/, name);
    assert.match(error.message, /^\S.*[^.]\.$/, name);
    assert.doesNotMatch(error.message, /please|!|undefined|\[object/i, name);
  }
});

test('an error that is not the system refusing to write is passed on', () => {
  const bug = new TypeError('x');
  assert.equal(errors.cannotWrite('/a', bug), bug);
});
