import { insertAfter } from '../edit';
import { lyst } from '../guides';
import { responsesOf } from '../openapi';
import { answers, isSecured, isServed } from '../responses';
import { defineRule } from '../rule';

export const unauthorizedResponse = defineRule({
  id: 'unauthorized-response',
  summary: 'An operation that needs credentials tells its 401.',
  why: 'Tokens run out while a program runs. A client that knows the 401 gets a new one and goes on; one that doesn’t shows its user an error.',
  severity: 'info',
  source: lyst('Authentication'),
  presets: ['strict', 'lyst', 'heroku', 'owasp'],
  fixable: true,
  bad: `paths:
  /orders:
    get:
      operationId: listOrders
      security: [{ token: [] }]
      responses: # want
        '200': { description: The orders }
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      security: [{ token: [] }]
      responses:
        '200': { description: The orders }
        '401': { description: The token is missing or has run out }
components:
  securitySchemes:
    token: { type: http, scheme: bearer }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec) {
      const responses = node.get('responses');
      if (responses === undefined || !isServed(node) || answers(node, '401') || !isSecured(node, spec))
        return;
      const last = responsesOf(node)
        .filter(({ code }) => code < '401')
        .at(-1)?.node;
      report({
        at: responses,
        message:
          'This call needs credentials: say under 401 what comes when they are missing or have run out.',
        fix:
          last === undefined
            ? undefined
            : {
                title: 'Add a 401 response',
                safe: false,
                edits: () =>
                  insertAfter(spec, last, [
                    '401',
                    { description: 'The credentials are missing or not valid.' },
                  ]),
              },
      });
    },
  },
});
