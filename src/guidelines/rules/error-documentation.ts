import { errorSchemas } from '../error-schemas';
import { lyst } from '../guides';
import { defineRule } from '../rule';

/** `type` of a problem (RFC 9457) is an address too. */
const links = /(?:url|uri|href|link|links|documentation|docs|help|info|moreinfo|instance)$|^type$/;

export const errorDocumentation = defineRule({
  id: 'error-documentation',
  summary: 'An error says where more is to be read of it.',
  why: 'One line can’t say how to mend it. A link can: it leads from the log of a stranger to the paragraph that you wrote for this very error.',
  severity: 'hint',
  source: lyst('Response Statuses'),
  presets: ['lyst', 'heroku'],
  bad: `paths:
  /orders:
    get:
      operationId: listOrders
      responses:
        '400':
          description: The query is wrong
          content:
            application/json:
              schema: # want
                type: object
                properties:
                  code: { type: string }
                  title: { type: string }
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '204': { description: There are none }
        '400':
          description: The query is wrong
          content:
            application/problem+json:
              schema:
                type: object
                properties:
                  code: { type: string }
                  title: { type: string }
                  documentation: { type: string, format: uri }
`,
  wholeDocument: true,
  visit: {
    document(_root, report, spec) {
      for (const { schema, names } of errorSchemas(spec))
        if (!names.some((name) => links.test(name)))
          report({
            at: schema,
            message:
              'Errors are told in this object: a `documentation` link in it would say how to mend them.',
          });
    },
  },
});
