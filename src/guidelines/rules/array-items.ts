import type { Report } from '../rule';
import { defineRule } from '../rule';
import type { TreeNode } from '../tree';

const said = ['items', 'prefixItems', 'contains', 'allOf', '$ref', 'enum', 'const'];

function check(node: TreeNode, report: Report): void {
  if (said.some((key) => node.has(key))) return;
  report({ at: node.get('type') ?? node, message: 'Say in `items` what this list holds.' });
}

export const arrayItems = defineRule({
  id: 'array-items',
  summary: 'Each array says what its items are.',
  why: 'Without `items` a client gets a list of anything: no type, no check, no documentation of what is in it. Before OpenAPI 3.1 it is not valid at all.',
  severity: 'warning',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Schema Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#schema-object',
  },
  presets: ['recommended', 'strict', 'spectral-oas'],
  bad: `components:
  schemas:
    Orders:
      type: array # want
`,
  good: `components:
  schemas:
    Orders:
      type: array
      items: { type: object }
`,
  visit: {
    arraySchema: check,
    items(node, report) {
      if (node.stringAt('type') === 'array') check(node, report);
    },
  },
});
