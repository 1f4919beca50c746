import { tellMisfits } from '../examples';
import type { Report } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';
import { defineRule } from '../rule';

function check(node: TreeNode, report: Report, spec: Spec): void {
  const value = node.get('default');
  // `null` is how many say that there is no default.
  if (value !== undefined && !(value.kind === 'scalar' && value.value === null))
    tellMisfits({ value }, node, { report, spec, what: 'default' });
}

export const schemaDefault = defineRule({
  id: 'schema-default',
  summary: 'The `default` of a schema fits the schema.',
  why: 'It is what the server takes when nothing is sent. One that the schema forbids can’t be what happens.',
  severity: 'warning',
  source: {
    guideline: 'JSON Schema Validation',
    ref: '9.2',
    url: 'https://json-schema.org/draft/2020-12/json-schema-validation#section-9.2',
  },
  presets: ['recommended', 'strict', 'spectral-oas'],
  bad: `components:
  schemas:
    Sort:
      type: string
      enum: [newest, oldest]
      default: latest # want
`,
  good: `components:
  schemas:
    Sort:
      type: string
      enum: [newest, oldest]
      default: newest
`,
  visit: {
    'schema.default': check,
    parameter(node, report, spec) {
      if (spec.version === '2.0') check(node, report, spec);
    },
    header(node, report, spec) {
      if (spec.version === '2.0') check(node, report, spec);
    },
    items: check,
  },
});
