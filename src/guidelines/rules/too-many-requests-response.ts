import { owasp } from '../guides';
import { answers, isServed } from '../responses';
import { defineRule } from '../rule';

export const tooManyRequestsResponse = defineRule({
  id: 'too-many-requests-response',
  summary: 'Each operation tells its 429.',
  why: 'An API without a limit is one script away from being down. One with a limit that nobody told is down for its honest clients too.',
  severity: 'info',
  source: owasp(4),
  presets: ['owasp', 'heroku'],
  bad: `paths:
  /orders:
    get:
      operationId: listOrders
      responses: # want
        '200': { description: The orders }
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '204': { description: There are none }
        '429': { description: You called too often }
`,
  visit: {
    operation(node, report) {
      const responses = node.get('responses');
      if (responses === undefined || !isServed(node) || answers(node, '429')) return;
      report({
        at: responses,
        message: 'Limit how often this can be called, and say under 429 what comes then.',
      });
    },
  },
});
