import { errorSchemas } from '../error-schemas';
import { lyst } from '../guides';
import { defineRule } from '../rule';

const texts =
  /(?:message|msg|title|description|detail|details|text|reason|error|errors|summary|hint|explanation)$/;

export const errorMessage = defineRule({
  id: 'error-message',
  summary: 'An error says in words what went wrong.',
  why: 'The first to meet an error is a developer at a console. A sentence there saves a look into the documentation, or a question to you.',
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
                  code: { type: string }
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
`,
  wholeDocument: true,
  visit: {
    document(_root, report, spec) {
      for (const { schema, names } of errorSchemas(spec))
        if (!names.some((name) => texts.test(name)))
          report({
            at: schema,
            message:
              'Errors are told in this object: give it a text for people, such as `title` or `message`.',
          });
    },
  },
});
