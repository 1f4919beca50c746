import { aip } from '../guides';
import { listAnswer, membersOf } from '../lists';
import { defineRule } from '../rule';

export const nextPageToken = defineRule({
  id: 'next-page-token',
  summary: 'A page of a list carries `next_page_token`, empty on the last one.',
  why: 'A client goes on as long as there is a token, and need not know how pages are cut. The service can change that any day.',
  severity: 'info',
  source: aip(158),
  presets: ['google'],
  bad: `paths:
  /orders:
    get: # want
      operationId: listOrders
      responses:
        '200':
          description: Orders
          content:
            application/json:
              schema: { type: object, properties: { orders: { type: array, items: { type: object } } } }
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '200':
          description: Orders
          content:
            application/json:
              schema:
                type: object
                properties:
                  orders: { type: array, items: { type: object } }
                  next_page_token: { type: string }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec) {
      const found = listAnswer(node, spec);
      if (found === undefined) return;
      if (membersOf(found.page, spec).some(({ name }) => /^next_?page_?token$/i.test(name))) return;
      report({
        at: node,
        message: 'Give `next_page_token` beside the list, empty on the last page: by it a client goes on.',
      });
    },
  },
});
