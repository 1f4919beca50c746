import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkSpec } from '../../../src/guidelines';
import { ruleOf } from './helpers';

test('150,000 findings about places elsewhere are told like a few', () => {
  const keys = ',"a":1'.repeat(150_000);
  const text = `{"openapi":"3.1.0","info":{},"paths":{}${keys}}`;
  assert.equal(checkSpec(text, { rules: [ruleOf('duplicate-key')] }).length, 149_999);
});
