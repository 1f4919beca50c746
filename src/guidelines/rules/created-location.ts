import { responsesOf } from '../openapi';
import { hasHeader, isServed } from '../responses';
import { defineRule } from '../rule';

const location: ReadonlySet<string> = new Set(['location', 'content-location']);

export const createdLocation = defineRule({
  id: 'created-location',
  summary: 'A 201 says where the new thing is, or shows it.',
  why: 'The service has given the new thing its id. With neither a `Location` nor a body, the caller has made something that it can’t find again.',
  severity: 'info',
  source: {
    guideline: 'RFC 9110',
    ref: '15.3.2',
    url: 'https://www.rfc-editor.org/rfc/rfc9110.html#section-15.3.2',
  },
  presets: ['strict', 'zalando', 'lyst', 'heroku'],
  bad: `paths:
  /orders:
    post:
      operationId: createOrder
      responses:
        '201': { description: The order is taken } # want
`,
  good: `paths:
  /orders:
    post:
      operationId: createOrder
      summary: Take an order
      responses:
        '201':
          description: The order is taken
          headers:
            Location: { description: Where the order is, schema: { type: string, format: uri } }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec) {
      if (node.key !== 'post' || !isServed(node)) return;
      const created = responsesOf(node).find(({ code }) => code === '201')?.node;
      const response = spec.deref(created);
      if (
        created === undefined ||
        response === undefined ||
        response.has('content') ||
        response.has('schema')
      )
        return;
      if (response.has('links') || hasHeader(response, location)) return;
      report({
        at: created,
        message:
          'Say in a `Location` header where the new thing is, or answer with it: only the service knows its id.',
      });
    },
  },
});
