import { errorSchemas } from '../error-schemas';
import { aip } from '../guides';
import { defineRule } from '../rule';

const wanted = ['error', 'code', 'message', 'status'];

export const errorShape = defineRule({
  id: 'error-shape',
  summary: 'Errors are an `error` object with `code`, `message`, `status` and `details`.',
  why: 'Client libraries of all APIs read errors in this one form, retry by its status and show its message. Another form they can only pass on as text.',
  severity: 'info',
  source: aip(193),
  // Guides disagree: Zalando 176 asks for problems (RFC 9457).
  presets: ['google'],
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
                properties: { title: { type: string } }
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
                  error:
                    type: object
                    properties:
                      code: { type: integer }
                      message: { type: string }
                      status: { type: string }
                      details: { type: array, items: { type: object } }
`,
  wholeDocument: true,
  visit: {
    document(_root, report, spec) {
      for (const { schema, names } of errorSchemas(spec)) {
        const missing = wanted.filter((name) => !names.includes(name));
        if (missing.length > 0)
          report({
            at: schema,
            message: `Tell errors as all APIs do, in an \`error\` with \`code\`, \`message\` and \`status\`; missing here: ${missing.join(', ')}.`,
          });
      }
    },
  },
});
