import { errorSchemas } from '../error-schemas';
import { lyst } from '../guides';
import { defineRule } from '../rule';

const codes =
  /^(?:id|type|reason|status|error|kind|key|(?:\w*error\w*|problem)?(?:code|type|id|key|name)|\w*code)$/;

export const errorCode = defineRule({
  id: 'error-code',
  summary: 'An error has a code that a program can read.',
  why: 'A status says what kind of error it is, a text says it to people and changes. A program that is to react needs a word that stays: `card_declined`.',
  severity: 'warning',
  source: lyst('Response Statuses'),
  presets: ['strict', 'lyst', 'heroku', 'google'],
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
                  message: { type: string }
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
                  type: { type: string, format: uri }
                  title: { type: string }
`,
  wholeDocument: true,
  visit: {
    document(_root, report, spec) {
      for (const { schema, names } of errorSchemas(spec))
        if (!names.some((name) => codes.test(name)))
          report({
            at: schema,
            message:
              'Errors are told in this object: give it a code that a program can read, such as `error_code`.',
          });
    },
  },
});
