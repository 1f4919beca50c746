import { aip } from '../guides';
import { listAnswer, takesParameter } from '../lists';
import { defineRule } from '../rule';

export const listPageParams = defineRule({
  id: 'list-page-params',
  summary: 'A list is asked for by `page_size` and `page_token`.',
  why: 'Libraries that turn pages by themselves look for these two. With them, a list of ten and one of ten million are read by the same loop.',
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
      parameters:
        - { name: page_size, in: query, schema: { type: integer } }
        - { name: page_token, in: query, schema: { type: string } }
      responses:
        '200':
          description: Orders
          content:
            application/json:
              schema: { type: object, properties: { orders: { type: array, items: { type: object } } } }
        '400': { description: The token is wrong }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec) {
      if (listAnswer(node, spec) === undefined) return;
      const missing = [
        ['page_size', 'pageSize'],
        ['page_token', 'pageToken'],
      ].filter((names) => !takesParameter(node, spec, (name) => names.includes(name)));
      if (missing.length === 0) return;
      report({
        at: node,
        message: `This answers with a list, so it takes ${missing.map(([name]) => `\`${name ?? ''}\``).join(' and ')}: libraries turn pages by them.`,
      });
    },
  },
});
