import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commitOfImage, imageOfCommit, parseImage, isMoving } from '../../../src/deploy/image';
import { imageFor } from '../../../src/deploy/prepare';
import { checkImage } from '../../../src/deploy/providers/empire/image';

const digest = `sha256:${'1'.repeat(64)}`;

test('references are read as docker reads them', () => {
  const cases: Readonly<Record<string, unknown>> = {
    orders: { repository: 'orders' },
    'acme/orders:v1': { repository: 'acme/orders', tag: 'v1' },
    'ghcr.io/acme/orders:1.0': { registry: 'ghcr.io', repository: 'acme/orders', tag: '1.0' },
    'localhost:5000/a/b': { registry: 'localhost:5000', repository: 'a/b' },
    [`quay.io/a/b@${digest}`]: { registry: 'quay.io', repository: 'a/b', digest },
    [`a/b:t@${digest}`]: { repository: 'a/b', tag: 't', digest },
    'a__b/c.d/e-f': { repository: 'a__b/c.d/e-f' },
  };
  for (const [text, expected] of Object.entries(cases)) assert.deepEqual(parseImage(text), expected, text);
});

test('what is no reference is refused before anything is sent', () => {
  const bad = [
    '',
    ':v1',
    'A/b',
    'a/b:',
    'a//b',
    '/a',
    'a/',
    'a b',
    'a/b:v 1',
    'a/b@sha256:12',
    'a@b@c',
    'https://ghcr.io/a/b',
    '-a/b',
    `a/b:${'x'.repeat(129)}`,
    'a/b;rm',
    'a/$(x)',
  ];
  for (const text of bad) assert.equal(parseImage(text), undefined, text);
});

test('Empire misreads a registry before a single part', () => {
  const target = { environment: { name: 's', platform: 'empire', protected: false, config: {} } } as const;
  assert.throws(
    () => checkImage('localhost:5000/orders:v1', target),
    /write localhost:5000\/<folder>\/<name>/,
  );
  assert.throws(() => checkImage('ghcr.io/orders', target), { code: 'deploy/bad-image' });
  assert.throws(() => checkImage(undefined, target), { code: 'deploy/no-image' });
  assert.equal(checkImage('localhost:5000/acme/orders:v1', target), 'localhost:5000/acme/orders:v1');
  assert.deepEqual(['a/b', 'a/b:latest', 'a/b:v1', `a/b@${digest}`].map(isMoving), [
    true,
    true,
    false,
    false,
  ]);
});

test('the image of a commit is named by its registry, its service and itself', () => {
  assert.equal(imageOfCommit('ghcr.io/acme', 'orders', 'abc'), 'ghcr.io/acme/orders:abc');
  assert.equal(imageOfCommit('https://ghcr.io/acme/orders/', 'orders', 'abc'), 'ghcr.io/acme/orders:abc');
  assert.deepEqual(['a/b:1a2b3c4', 'a/b:v1', 'a/b'].map(commitOfImage), ['1a2b3c4', undefined, undefined]);
  const environment = {
    name: 's',
    platform: 'empire',
    registry: 'ghcr.io/acme',
    protected: false,
    config: {},
  } as const;
  const facts = { commit: 'abc1234', dirty: ['x'], isPushed: true };
  const now = new Date('2026-11-24T10:20:30.5Z');
  const target = { environment, app: 'orders-live', service: 'orders' };
  assert.equal(imageFor(target, {}, facts, now), 'ghcr.io/acme/orders:abc1234');
  assert.equal(
    imageFor(target, { build: true }, facts, now),
    'ghcr.io/acme/orders:abc1234-dirty-20261124T102030',
  );
  assert.equal(imageFor(target, { image: 'x/y:z' }, facts, now), 'x/y:z');
  assert.equal(imageFor(target, {}, { dirty: [], isPushed: false }, now), undefined);
});
