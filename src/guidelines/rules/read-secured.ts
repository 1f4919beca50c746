import { owasp } from '../guides';
import { methodOf } from '../openapi';
import { isServed } from '../responses';
import { defineRule } from '../rule';
import { isOpenTo } from '../security';

export const readSecured = defineRule({
  id: 'read-secured',
  summary: 'Operations that read need credentials, in an API that has them.',
  why: 'In an API with logins, the one call without is more often forgotten than meant. Where it is meant, switch the rule off there and say why.',
  severity: 'info',
  source: owasp(2),
  presets: ['owasp', 'zalando'],
  bad: `security: [{ token: [] }]
paths:
  /orders:
    get:
      operationId: listOrders
      security: [] # want
      responses: {}
`,
  good: `security: [{ token: [] }]
paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '204': { description: There are none }
        '401': { description: The token is missing }
components:
  securitySchemes:
    token: { type: http, scheme: bearer }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec) {
      const method = methodOf(node);
      if ((method !== 'get' && method !== 'head') || !isServed(node) || !isOpenTo(node, spec)) return;
      report({
        at: node.get('security') ?? node,
        message: 'Anyone can read this, while other calls of this API need credentials: is that meant?',
      });
    },
  },
});
