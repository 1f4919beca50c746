import { lyst } from '../guides';
import { pathOf } from '../openapi';
import { answers, isServed } from '../responses';
import { defineRule } from '../rule';

export const notFoundResponse = defineRule({
  id: 'not-found-response',
  summary: 'An operation on a thing with an id tells its 404.',
  why: 'Ids go stale: the thing was deleted, or was never there. Whoever calls has to tell that from a failure of the service.',
  severity: 'info',
  source: lyst('Response Statuses'),
  presets: ['strict', 'lyst', 'heroku'],
  bad: `paths:
  /orders/{orderId}:
    get:
      operationId: getOrder
      responses: # want
        '200': { description: The order }
        '401': { description: The token is missing }
`,
  good: `paths:
  /orders/{orderId}:
    parameters:
      - { name: orderId, in: path, required: true, schema: { type: string, format: uuid } }
    get:
      operationId: getOrder
      summary: Get an order
      responses:
        '200': { description: The order }
        '404': { description: There is no such order }
`,
  visit: {
    operation(node, report) {
      const responses = node.get('responses');
      if (responses === undefined || !isServed(node) || pathOf(node)?.includes('{') !== true) return;
      if (answers(node, '404') || answers(node, '410') || responses.has('default')) return;
      report({
        at: responses,
        message: 'There may be no such thing: say under 404 what comes then.',
      });
    },
  },
});
