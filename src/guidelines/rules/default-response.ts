import { zalando } from '../guides';
import { isServed } from '../responses';
import { defineRule } from '../rule';

export const defaultResponse = defineRule({
  id: 'default-response',
  summary: 'Each operation says under `default` how all other errors are told.',
  why: 'Gateways and frameworks answer with codes that nobody listed. With `default` a client knows the form of those too, and generated code has a place for them.',
  severity: 'hint',
  source: zalando(151),
  presets: ['zalando'],
  bad: `paths:
  /orders:
    get:
      operationId: listOrders
      responses: # want
        '204': { description: There are none }
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '204': { description: There are none }
        default: { description: A problem }
`,
  visit: {
    operation(node, report) {
      const responses = node.get('responses');
      if (responses === undefined || !isServed(node) || responses.has('default')) return;
      report({
        at: responses,
        message: 'Say under `default` how all other errors are told, so that a client can read those too.',
      });
    },
  },
});
