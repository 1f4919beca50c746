import { responsesOf } from '../openapi';
import { defineRule } from '../rule';

/** RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5. */
const bodiless: ReadonlySet<string> = new Set(['204', '205', '304']);

export const noContentNoBody = defineRule({
  id: 'no-content-no-body',
  summary: 'Responses 204, 205 and 304 have no content.',
  why: 'HTTP ends these responses after their headers. A client that waits for the described body fails, and servers drop it.',
  severity: 'error',
  source: {
    guideline: 'RFC 9110',
    ref: '15.3.5',
    url: 'https://www.rfc-editor.org/rfc/rfc9110.html#section-15.3.5',
  },
  presets: ['recommended', 'strict', 'lyst', 'heroku'],
  bad: `paths:
  /order:
    delete:
      operationId: deleteOrder
      responses:
        '204':
          description: The order is gone
          content: # want
            application/json:
              schema: { type: object }
`,
  good: `paths:
  /order:
    delete:
      operationId: deleteOrder
      summary: Delete the order
      responses:
        '204': { description: The order is gone }
`,
  visit: {
    operation(node, report) {
      for (const { code, node: response } of responsesOf(node)) {
        if (!bodiless.has(code)) continue;
        const content = response.get('content');
        const body =
          content !== undefined && content.actual.children.length > 0 ? content : response.get('schema');
        if (body !== undefined)
          report({ at: body, message: `A ${code} response ends after its headers and has no content.` });
      }
    },
  },
});
