import type { ErrorSchema } from '../error-schemas';
import { errorSchemas } from '../error-schemas';
import { lyst } from '../guides';
import { defineRule } from '../rule';

const haveCommon = (a: readonly string[], b: readonly string[]): boolean =>
  a.some((name) => b.includes(name));

/** The names of the form that most error responses share; undefined when there is none. */
function usualOf(all: readonly ErrorSchema[]): readonly string[] | undefined {
  const total = all.reduce((sum, { uses }) => sum + uses, 0);
  const shared = (one: ErrorSchema): number =>
    all.reduce((sum, { names, uses }) => sum + (haveCommon(names, one.names) ? uses : 0), 0);
  return all.find((one) => shared(one) * 2 > total)?.names;
}

export const errorFormatConsistent = defineRule({
  id: 'error-format-consistent',
  summary: 'All errors of an API are told in one form.',
  why: 'A client handles errors in one place. When each endpoint has its own form, that place needs to know them all, and the one nobody thought of shows as “unknown error”.',
  severity: 'info',
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
            application/json: { schema: { $ref: '#/components/schemas/Error' } }
        '401':
          description: The token is missing
          content:
            application/json: { schema: { $ref: '#/components/schemas/Error' } }
        '404':
          description: There is none
          content:
            application/json:
              schema: # want
                type: object
                properties: { reason: { type: string } }
components:
  schemas:
    Error:
      type: object
      properties: { code: { type: string }, title: { type: string } }
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '204': { description: There are none }
        '400': { $ref: '#/components/responses/Error' }
        '404': { $ref: '#/components/responses/Error' }
components:
  responses:
    Error:
      description: Something was wrong with the request
      content:
        application/problem+json:
          schema:
            type: object
            properties: { type: { type: string, format: uri }, title: { type: string } }
`,
  wholeDocument: true,
  visit: {
    document(_root, report, spec) {
      const all = errorSchemas(spec);
      const usual = usualOf(all);
      if (usual === undefined) return;
      for (const { schema, names } of all) {
        if (haveCommon(names, usual)) continue;
        report({
          at: schema,
          message: `Other errors of this API are told with \`${usual.slice(0, 3).join('`, `')}\`; this one has nothing in common with them, so clients need code of its own for it.`,
        });
      }
    },
  },
});
