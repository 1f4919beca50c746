import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Plan } from '../../../../src/guidelines/config/plan';
import { Check } from '../../../../src/guidelines/engine';
import { Spec } from '../../../../src/guidelines/spec';
import { finish } from '../../../../src/guidelines/steps';
import { findingOf } from '../../../../src/guidelines/told';
import { loaded } from '../config/helpers';

const config = `extends: [recommended]
custom:
  no-underscore:
    given: $.paths[*][*].parameters[*].name
    then: { function: pattern, functionOptions: { notMatch: _ } }
    message: '{{value}}'
ignores:
  - { rule: operation-summary, path: openapi.yaml, at: /paths/~1a/get, reason: Soon. }
`;
const start = `openapi: 3.1.0
info: { title: Orders, version: 1.0.0, description: Takes orders., contact: { name: Shop team } }
paths:
  /a:
    get:
      operationId: listA
      parameters: [{ $ref: '#/components/parameters/Limit' }]
  # servicewright-disable-next-line path-kebab-case -- old
  /bC: {}
components:
  parameters:
    Limit: { name: lim_it, in: query }
`;

/** Each replaces the first place of a text. */
const edits: readonly (readonly [part: string, by: string])[] = [
  ['lim_it', 'limit'],
  ['limit', 'limi_t'],
  ['parameters/Limit', 'parameters/Gone'],
  ['parameters/Gone', 'parameters/Limit'],
  ['/bC', '/bc'],
  ['-next-line', '-line'],
  ['-line', '-next-line'],
  ['/bc', '/bC'],
  ['  /a:\n', '  /a:\n    summary: x\n'],
  ['/a:', '/aB:'],
  ['-- old', ''],
  ['openapi', '# a\nopenapi'],
];

test('after each edit, findings of declared rules, comments and ignores are those of a fresh check', async () => {
  const plan = new Plan(await loaded({ '/w/.servicewright/guidelines.yaml': config }, '/w'));
  const options = plan.optionsFor('/w/openapi.yaml');
  const found = (spec: Spec, check: Check): readonly object[] => {
    finish(spec.updateSteps());
    return finish(check.steps()).all.map((one) => {
      const { fix: _fix, ...rest } = findingOf(one, spec);
      return rest;
    });
  };
  const spec = new Spec(start);
  const check = new Check(spec, options);
  found(spec, check);
  const seen = new Set<string>();
  for (const [part, by] of edits) {
    const at = spec.text.indexOf(part);
    assert.ok(at >= 0, part);
    spec.edit({ start: at, end: at + part.length, text: by });
    const fresh = new Spec(spec.text);
    const now = found(spec, check);
    assert.deepEqual(now, found(fresh, new Check(fresh, options)), `${part} → ${by}`);
    for (const one of now) if ('rule' in one) seen.add(String(one.rule));
  }
  for (const rule of ['no-underscore', 'suppression', 'path-kebab-case', 'operation-summary'])
    assert.ok(seen.has(rule), rule);
});
