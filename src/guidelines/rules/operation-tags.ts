import { defineRule } from '../rule';

export const operationTags = defineRule({
  id: 'operation-tags',
  summary: 'Each operation has a tag.',
  why: 'Documentation and clients group operations by their tags; those without one end up under “default” or nowhere.',
  severity: 'info',
  source: {
    guideline: 'Spectral',
    ref: 'operation-tags',
    url: 'https://github.com/stoplightio/spectral/blob/develop/docs/reference/openapi-rules.md#operation-tags',
  },
  presets: ['strict', 'spectral-oas'],
  bad: `paths:
  /orders:
    get: # want
      operationId: listOrders
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
      if (node.childrenOf('tags').length === 0)
        report({ at: node.get('tags') ?? node, message: 'Put this operation into a group: give it a tag.' });
    },
  },
});
