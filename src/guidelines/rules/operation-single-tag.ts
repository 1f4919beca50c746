import { defineRule } from '../rule';

export const operationSingleTag = defineRule({
  id: 'operation-single-tag',
  summary: 'Each operation has at most one tag.',
  why: 'With two tags, it appears twice in the documentation, and generators put its function into two classes.',
  severity: 'hint',
  source: {
    guideline: 'Redocly',
    ref: 'operation-singular-tag',
    url: 'https://redocly.com/docs/cli/rules/oas/operation-singular-tag',
  },
  presets: ['strict'],
  bad: `paths:
  /orders:
    get:
      tags: [orders, customers] # want
`,
  good: `tags:
  - name: orders
    description: Orders and their lines.
paths:
  /orders:
    get:
      tags: [orders]
      operationId: listOrders
      summary: List orders
      responses:
        '200': { description: The orders }
        '400': { description: The query is wrong }
`,
  visit: {
    operation(node, report) {
      const [, second] = node.childrenOf('tags');
      if (second !== undefined)
        report({
          at: second,
          message:
            'An operation with two tags is documented twice; keep the one under which readers look for it.',
        });
    },
  },
});
