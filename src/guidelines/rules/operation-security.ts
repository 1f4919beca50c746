import { fact } from '../fact';
import { isCallback, methodOf, pathOf } from '../openapi';
import { textsOption } from '../option';
import type { Spec } from '../spec';
import { defineRule } from '../rule';

const except = textsOption(
  'except',
  [],
  'Operations of which it is not asked: a path, or a method and a path, as in `get /health`.',
);

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
  options: [except],
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
    operation(node, report, spec, options) {
      if (node.has('security') || isCallback(node) || isSaidForAll(spec)) return;
      const path = pathOf(node);
      const [all, one] = [path ?? '', `${methodOf(node) ?? ''} ${path ?? ''}`];
      if (options.get(except).some((said) => said === all || said === one)) return;
      report({
        at: node,
        message:
          'Nothing says who may call this. Name a scheme under `security`, or write `security: []` when it is open to all.',
      });
    },
  },
});
