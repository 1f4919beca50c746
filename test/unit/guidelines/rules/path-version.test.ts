import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from '../helpers';

const id = 'path-version';
const served = (variable: string): string =>
  `servers:\n  - url: https://example.com/api/{version}\n    variables:\n      version: ${variable}\npaths:\n  /orders: {}\n`;

test('a variable of the server stands for its usual value', () => {
  assert.equal(check(id, served('{ default: v1 }')).length, 0);
  assert.equal(check(id, served('{ default: latest }')).length, 1);
  assert.equal(check(id, served('{}')).length, 1);
});

test('the usual value may be a number', () => {
  const text = served('{ default: 2 }').replace('/{version}', '/v{version}');
  assert.equal(check(id, text).length, 0);
});
