import { lyst } from '../guides';
import { responsesOf } from '../openapi';
import { defineRule } from '../rule';

export const putNoCreate = defineRule({
  id: 'put-no-create',
  summary: 'PUT changes what is there and makes nothing new.',
  why: 'When PUT can also create, a slip in an id makes a new thing in place of an error. POST to the collection creates, and the service gives the id.',
  severity: 'hint',
  source: lyst('HTTP Methods'),
  presets: ['lyst'],
  bad: `paths:
  /orders/{orderId}:
    put:
      operationId: putOrder
      responses:
        '200': { description: The order is changed }
        '201': { description: The order is made } # want
`,
  good: `paths:
  /orders/{orderId}:
    parameters:
      - { name: orderId, in: path, required: true, schema: { type: string, format: uuid } }
    put:
      operationId: putOrder
      summary: Change an order
      responses:
        '200': { description: The order is changed }
        '404': { description: There is no such order }
`,
  visit: {
    path(item, report) {
      const put = item.get('put');
      const created = put && responsesOf(put).find(({ code }) => code === '201');
      if (created === undefined) return;
      report({
        at: created.node,
        message:
          'PUT should make nothing new, so that a slip in an id is an error: create with POST on the collection.',
      });
    },
  },
});
