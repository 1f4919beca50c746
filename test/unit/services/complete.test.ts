import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completeManifest } from '../../../src/services/complete';

const labels = (before: string): readonly string[] => completeManifest(before).map((one) => one.label);

test('below environments an entry, then its keys, then its platforms', () => {
  assert.deepEqual(labels('name: orders\nenvironments:\n  '), ['environment']);
  const inside = 'environments:\n  staging:\n    platform: empire\n    ';
  assert.deepEqual(labels(inside), ['url', 'app', 'registry', 'protected', 'config']);
  assert.deepEqual(labels('environments:\n  staging:\n    platform: e'), [
    'embedded',
    'empire',
    'heroku',
    'kubernetes',
  ]);
  assert.deepEqual(labels('environments:\n  staging:\n    platform: kubernetes\n    context: eu\n    '), [
    'app',
    'registry',
    'namespace',
    'ingress',
    'protected',
    'config',
  ]);
  assert.deepEqual(labels(`${inside}url: http://e\n  `), ['environment']);
});

test('elsewhere nothing', () => {
  assert.deepEqual(labels(''), []);
  assert.deepEqual(labels('name: orders\ntemplate:\n  '), []);
  assert.deepEqual(labels('environments:\n  a:\n    url: https://x'), []);
});
