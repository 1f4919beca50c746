import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UserError } from '../../../../src/base/errors';
import * as errors from '../../../../src/scaffold/errors/update';

const refusal = (code: string): Error => Object.assign(new Error(code), { code, path: 'Makefile' });

/** One error of each factory. */
const all: Readonly<Record<keyof typeof errors, unknown>> = {
  noRecord: errors.noRecord('/srv/orders/servicewright.yaml'),
  noManifest: errors.noManifest('/srv/orders'),
  olderTemplate: errors.olderTemplate('django-service', '2.0.0', '1.1.0'),
  noVersion: errors.noVersion('django-service', '7', ['1.0.0', '1.1.0']),
  unsettled: errors.unsettled('/srv/orders', ['Makefile']),
  cannotChange: errors.cannotChange('/srv/orders', refusal('ECHANGED')),
  notSaved: errors.notSaved('/srv/orders/Makefile'),
  notTrusted: errors.notTrusted(),
  notTrustedToAsk: errors.notTrustedToAsk(),
  noBase: errors.noBase('Makefile', 'django-service 1.0.0'),
};

function check(name: string, error: unknown): void {
  assert.ok(error instanceof UserError, name);
  assert.match(error.code, /^scaffold\/[a-z-]+$/, name);
  assert.match(error.message, /^\S.*[^.]\.$/, name);
  assert.doesNotMatch(error.message, /please|!|undefined|\[object/i, name);
}

test('every message names its thing, says what to do and ends with a full stop', () => {
  for (const [name, error] of Object.entries(all)) check(name, error);
});

test('each refusal of a change is told in words, with the file that it is about', () => {
  for (const code of ['ECHANGED', 'ELOOP', 'EISDIR', 'ENOTDIR', 'EINVAL', 'EXDEV', 'EACCES']) {
    const error = errors.cannotChange('/srv/orders', refusal(code));
    check(code, error);
    assert.ok(error instanceof UserError && error.message.includes('Makefile'), code);
    assert.match(error.message, /Nothing was changed\.$/);
  }
  for (const code of ['EBUSY', 'ENOSPC', 'EROFS', 'EIO'])
    check(code, errors.cannotChange('/srv/orders', refusal(code)));
  const bug = new TypeError('x');
  assert.equal(errors.cannotChange('/a', bug), bug);
});
