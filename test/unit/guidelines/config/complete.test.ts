import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { suggestions } from '../../../../src/guidelines/config/complete';

/** What is offered at `|`. */
function at(text: string): readonly string[] {
  const [before = '', after = ''] = text.split('|');
  return suggestions(before, after).map(({ label }) => label);
}

describe('what can be written in a guidelines.yaml', () => {
  const cases: readonly (readonly [text: string, has: readonly string[], not: readonly string[]])[] = [
    ['|', ['extends', 'rules', 'ignores', 'overrides', 'custom'], ['severity']],
    ['extends: recommended\nru|\nignores: []\n', ['rules'], ['extends', 'ignores']],
    ['extends: |', ['recommended', 'zalando'], ['rules']],
    ['extends: [strict, |', ['lyst'], []],
    ['extends:\n  - |', ['owasp'], []],
    ['rules:\n  |', ['info-contact', 'property-casing'], ['rules']],
    ['rules:\n  info-contact: error\n  |', ['property-casing'], ['info-contact']],
    ['rules:\n  info-contact: |', ['off', 'error'], ['info-contact']],
    ['rules:\n  property-casing:\n    |', ['severity', 'casing'], []],
    ['rules:\n  property-casing:\n    severity: |', ['warning'], []],
    ['rules:\n  property-casing:\n    casing: |', ['camelCase', 'usual'], ['warning']],
    ['overrides:\n  - |', ['files', 'rules'], ['extends']],
    ['overrides:\n  - files: a\n    |', ['rules'], ['files']],
    ['overrides:\n  - files: a\n    rules:\n      |', ['info-contact'], ['files']],
    ['ignores:\n  - rule: |', ['info-contact'], ['off']],
    ['ignores:\n  - rule: info-contact\n    |', ['path', 'at', 'reason'], ['rule']],
    ['ignores:\n- rule: a\n  reason: b\n- |', ['rule', 'reason'], ['rules']],
    ['custom:\n  my-rule:\n    |', ['given', 'then', 'message'], []],
    ['custom:\n  my-rule:\n    given: $\n    then:\n      |', ['function', 'field'], ['given']],
    ['custom:\n  my-rule:\n    then:\n      function: |', ['truthy', 'pattern'], []],
    ['refs:\n  |', ['urls', 'privateHosts'], ['rules']],
    ['refs:\n  urls:\n    - |', [], ['urls', 'rules']],
    ['# a comment |', [], ['rules']],
  ];
  for (const [text, has, not] of cases)
    test(JSON.stringify(text), () => {
      const found = at(text);
      assert.deepEqual(
        has.filter((one) => !found.includes(one)),
        [],
        found.join(),
      );
      assert.deepEqual(
        not.filter((one) => found.includes(one)),
        [],
      );
    });
});
