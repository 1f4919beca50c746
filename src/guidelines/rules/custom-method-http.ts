import { aip } from '../guides';
import { operationsOf } from '../openapi';
import { defineRule } from '../rule';

export const customMethodHttp = defineRule({
  id: 'custom-method-http',
  summary: 'A custom method, `orders/1:cancel`, is called with POST, or with GET when it only reads.',
  why: 'The other methods have a meaning of their own, on the thing that the path names. What `DELETE …:cancel` means nobody can tell.',
  severity: 'warning',
  source: aip(136),
  presets: ['google'],
  bad: `paths:
  '/orders/{order}:cancel':
    put: { operationId: cancelOrder } # want
`,
  good: `paths:
  '/orders/{order}:cancel':
    parameters:
      - { name: order, in: path, required: true, schema: { type: string } }
    post:
      operationId: cancelOrder
      summary: Cancel an order
      responses:
        '204': { description: It is cancelled }
        '404': { description: There is no such order }
`,
  visit: {
    path(item, report) {
      const last = (item.key ?? '').slice((item.key ?? '').lastIndexOf('/'));
      if (!/[\w}]:[a-z]\w*$/i.test(last)) return;
      for (const one of operationsOf(item))
        if (!['get', 'post', 'options', 'head'].includes(one.key ?? ''))
          report({
            at: one,
            message:
              'Call a custom method with POST, or with GET when it only reads: what this method means here nobody can tell.',
          });
    },
  },
});
