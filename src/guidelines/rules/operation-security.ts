import { fact } from '../fact';
import { isCallback } from '../openapi';
import type { Spec } from '../spec';
import { defineRule } from '../rule';

const isSaidForAll = fact((spec: Spec): boolean => spec.root.has('security'));

export const operationSecurity = defineRule({
  id: 'operation-security',
  summary: 'Each operation says who may call it, or the root says it for all.',
  why: 'Where nothing is said, the specification means that everybody may. `security: []` says that it is meant so.',
  severity: 'warning',
  source: {
    guideline: 'Redocly',
    ref: 'security-defined',
    url: 'https://redocly.com/docs/cli/rules/oas/security-defined',
  },
  presets: ['strict', 'redocly-recommended'],
  bad: `paths:
  /orders:
    get: # want
      operationId: listOrders
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      security: [] # everybody may read
      responses:
        '200': { description: The orders }
        '400': { description: The query is wrong }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec) {
      if (node.has('security') || isCallback(node) || isSaidForAll(spec)) return;
      report({
        at: node,
        message:
          'Nothing says who may call this. Name a scheme under `security`, or write `security: []` when it is open to all.',
      });
    },
  },
});
