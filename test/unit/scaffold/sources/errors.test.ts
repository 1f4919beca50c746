import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UserError } from '../../../../src/base/errors';
import * as errors from '../../../../src/scaffold/errors/sources';

const source = 'git+https://example.com/t.git#v1';

/** One error of each factory. */
const all: Readonly<Record<keyof typeof errors, unknown>> = {
  badSource: errors.badSource('x y', 'it is no template id'),
  fetchFailed: errors.fetchFailed(source, 'no route to host'),
  fetchTooSlow: errors.fetchTooSlow(source, 30),
  noGit: errors.noGit(source),
  noSuchRef: errors.noSuchRef(source, 'v1'),
  noSuchFolder: errors.noSuchFolder(source, 'api'),
  unsafeRepository: errors.unsafeRepository(source, '"a" is a symbolic link'),
  notTyped: errors.notTyped('git+file:///srv/t.git'),
  relativeFolder: errors.relativeFolder('./api'),
  noTemplateIn: errors.noTemplateIn('/srv'),
  noTemplateHere: errors.noTemplateHere(),
  unreadable: errors.unreadable('/srv', 'EACCES: permission denied'),
};

test('every message names its thing, says what to do and ends with a full stop', () => {
  for (const [name, error] of Object.entries(all)) {
    assert.ok(error instanceof UserError, name);
    assert.match(error.code, /^scaffold\/[a-z-]+$/, name);
    assert.match(error.message, /^\S.*[^.]\.$/, name);
    assert.doesNotMatch(error.message, /please|!|undefined|\[object/i, name);
  }
});
