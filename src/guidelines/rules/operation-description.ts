import { defineRule } from '../rule';

export const operationDescription = defineRule({
  id: 'operation-description',
  summary: 'Each operation has a description.',
  why: 'A summary names an operation; a description says what happens, what it asks for, and what may go wrong.',
  severity: 'info',
  source: {
    guideline: 'Spectral',
    ref: 'operation-description',
    url: 'https://github.com/stoplightio/spectral/blob/develop/docs/reference/openapi-rules.md#operation-description',
  },
  presets: ['strict', 'spectral-oas'],
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
      description: The orders of one customer, the newest first.
      responses:
        '200': { description: The orders }
        '400': { description: The query is wrong }
`,
  visit: {
    operation(node, report) {
      if (!node.stringAt('description')?.trim())
        report({ at: node, message: 'Say in a `description` what this operation does and when it is used.' });
    },
  },
});
