import { owasp } from '../guides';
import { isOpenTo } from '../security';
import { isServed, isWrite } from '../responses';
import { defineRule } from '../rule';

export const writeSecured = defineRule({
  id: 'write-secured',
  summary: 'Operations that change something need credentials.',
  why: 'What anyone can write, anyone will fill, change or delete, by script and at night.',
  severity: 'warning',
  source: owasp(2),
  presets: ['strict', 'owasp', 'zalando', 'lyst'],
  bad: `security: [{ token: [] }]
paths:
  /orders:
    post:
      operationId: createOrder
      security: [] # want
      responses: {}
`,
  good: `security: [{ token: [] }]
paths:
  /orders:
    post:
      operationId: createOrder
      summary: Take an order
      responses:
        '201': { description: The order is taken }
        '401': { description: The token is missing }
components:
  securitySchemes:
    token: { type: http, scheme: bearer }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec) {
      if (!isWrite(node) || !isServed(node) || !isOpenTo(node, spec)) return;
      report({
        at: node.get('security') ?? node,
        message: 'Anyone can call this, and it changes something: name a scheme under `security`.',
      });
    },
  },
});
