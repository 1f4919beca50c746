import { examplesOf, tellMisfits } from '../examples';
import type { Report } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';
import { defineRule } from '../rule';

function check(node: TreeNode, report: Report, spec: Spec): void {
  const schema = node.get('schema');
  if (schema === undefined) return;
  for (const example of examplesOf(node, spec))
    tellMisfits(example, schema, { report, spec, what: 'example' });
}

export const parameterExample = defineRule({
  id: 'parameter-example',
  summary: 'The examples of parameters and headers fit their schemas.',
  why: 'A reader tries the call with the example first. When the schema forbids it, the first thing he sees is an error.',
  severity: 'warning',
  source: {
    guideline: 'Redocly',
    ref: 'no-invalid-parameter-examples',
    url: 'https://redocly.com/docs/cli/rules/oas/no-invalid-parameter-examples',
  },
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `components:
  parameters:
    limit:
      name: limit
      in: query
      schema: { type: integer, maximum: 100 }
      example: 500 # want
`,
  good: `components:
  parameters:
    limit:
      name: limit
      in: query
      schema: { type: integer, maximum: 100 }
      example: 50
`,
  visit: {
    parameter: check,
    header: check,
  },
});
