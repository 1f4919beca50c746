import { lyst } from '../guides';
import { isItem } from '../resources';
import { defineRule } from '../rule';

export const updateByPatch = defineRule({
  id: 'update-by-patch',
  summary: 'A thing that can be replaced with PUT can be changed with PATCH.',
  why: 'With PUT a client sends the whole thing, and what it does not know it deletes: the field you add tomorrow is lost with the first old client. PATCH changes what it names.',
  severity: 'hint',
  source: lyst('Supporting PATCH'),
  presets: ['lyst', 'google'],
  bad: `paths:
  /orders/{orderId}:
    put: # want
      operationId: replaceOrder
`,
  good: `paths:
  /orders/{orderId}:
    parameters:
      - { name: orderId, in: path, required: true, schema: { type: string, format: uuid } }
    patch:
      operationId: updateOrder
      summary: Change an order
      responses:
        '204': { description: It is changed }
        '404': { description: There is no such order }
`,
  visit: {
    path(item, report) {
      const put = item.get('put');
      if (put === undefined || item.has('patch') || item.has('$ref') || !isItem(item.key ?? '')) return;
      report({
        at: put,
        message: 'Offer PATCH too: with PUT alone, a client that does not know a field deletes it.',
      });
    },
  },
});
