import { lyst } from '../guides';
import { answers, isServed } from '../responses';
import { defineRule } from '../rule';

export const forbiddenResponse = defineRule({
  id: 'forbidden-response',
  summary: 'An operation that asks for a scope tells its 403.',
  why: 'A token can be good and still not be for this. 401 asks for another login, which would not help; 403 says that this caller may not.',
  severity: 'info',
  source: lyst('Response Statuses'),
  presets: ['strict', 'lyst', 'heroku', 'zalando'],
  bad: `paths:
  /orders:
    get:
      operationId: listOrders
      security: [{ login: [orders.read] }]
      responses: # want
        '200': { description: The orders }
        '401': { description: The token is missing }
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      security: [{ login: [orders.read] }]
      responses:
        '200': { description: The orders }
        '401': { description: The token is missing }
        '403': { description: The token is not for reading orders }
components:
  securitySchemes:
    login:
      type: oauth2
      flows:
        clientCredentials: { tokenUrl: 'https://login.example.com/token', scopes: { orders.read: Read orders } }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec) {
      const responses = node.get('responses');
      if (responses === undefined || !isServed(node) || answers(node, '403')) return;
      const security = (node.get('security') ?? spec.root.get('security'))?.actual;
      const asksScope = security?.children.some((one) =>
        one.children.some((scheme) => scheme.children.length > 0),
      );
      if (asksScope !== true) return;
      report({
        at: responses,
        message:
          'This call asks for a scope: say under 403 what a caller gets whose token is good and has it not.',
      });
    },
  },
});
