import { owasp } from '../guides';
import { answers, isServed } from '../responses';
import { defineRule } from '../rule';

export const serverErrorResponse = defineRule({
  id: 'server-error-response',
  summary: 'Each operation tells what comes when the server fails.',
  why: 'What nobody described, a framework answers: with a stack trace, with versions and paths that help an attacker, and in a form that no client reads.',
  severity: 'hint',
  source: owasp(8),
  presets: ['owasp'],
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
        '500': { description: The service failed }
`,
  visit: {
    operation(node, report) {
      const responses = node.get('responses');
      if (responses === undefined || !isServed(node) || answers(node, '500') || responses.has('default'))
        return;
      report({
        at: responses,
        message:
          'Say under 500, or under `default`, what comes when the server fails, so that it is not a stack trace.',
      });
    },
  },
});
