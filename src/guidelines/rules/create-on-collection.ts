import { aip } from '../guides';
import { methodOf, pathOf } from '../openapi';
import { isItem } from '../resources';
import { defineRule } from '../rule';

export const createOnCollection = defineRule({
  id: 'create-on-collection',
  summary: 'POST goes to a collection or to a custom method, not to a single thing.',
  why: 'On a collection, POST creates. On one thing it may change, replace, act or add, and a caller has to read the documentation each time. PATCH and `:verb` say which.',
  severity: 'info',
  source: aip(133),
  presets: ['google'],
  bad: `paths:
  /orders/{order}:
    post: # want
      operationId: updateOrder
`,
  good: `paths:
  /orders:
    post:
      operationId: createOrder
      summary: Take an order
      responses:
        '201': { description: The order is taken }
`,
  visit: {
    operation(node, report) {
      if (methodOf(node) !== 'post' || !isItem(pathOf(node) ?? '')) return;
      report({
        at: node,
        message:
          'POST on a single thing does not say what it does: change with PATCH, and act with a custom method such as `:cancel`.',
      });
    },
  },
});
