import { lyst } from '../guides';
import { methodOf, responsesOf } from '../openapi';
import { isServed } from '../responses';
import { defineRule } from '../rule';

export const getResponseBody = defineRule({
  id: 'get-response-body',
  summary: 'A GET that answers 200 says what it answers with.',
  why: 'The body is what one calls a GET for. Without its schema a client is generated that gives back nothing, and readers have to try.',
  severity: 'warning',
  source: lyst('Response Formats'),
  presets: ['strict', 'lyst', 'heroku', 'google'],
  bad: `paths:
  /orders:
    get:
      operationId: listOrders
      responses:
        '200': { description: The orders } # want
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '200':
          description: The orders
          content:
            application/json:
              schema: { type: object }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec) {
      if (methodOf(node) !== 'get' || !isServed(node)) return;
      const plain = responsesOf(node).find(({ code }) => code === '200')?.node;
      const response = spec.deref(plain);
      if (plain === undefined || response === undefined || response.has('content') || response.has('schema'))
        return;
      report({
        at: plain,
        message:
          'Say what comes in the body, with its schema: it is what one calls a GET for. When there is none, answer 204.',
      });
    },
  },
});
