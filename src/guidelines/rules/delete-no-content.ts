import { renameKey } from '../edit';
import { lyst } from '../guides';
import { methodOf, responsesOf } from '../openapi';
import { isServed } from '../responses';
import { defineRule } from '../rule';

export const deleteNoContent = defineRule({
  id: 'delete-no-content',
  summary: 'A DELETE that has nothing to say answers 204.',
  why: 'A 204 tells the client that there is no body, so that it does not try to read one. After a 200 without a body many JSON clients fail at the empty text.',
  severity: 'info',
  source: lyst('Response Statuses'),
  presets: ['strict', 'lyst', 'zalando'],
  fixable: true,
  bad: `paths:
  /orders/{orderId}:
    delete:
      operationId: deleteOrder
      responses:
        '200': { description: The order is gone } # want
`,
  good: `paths:
  /orders/{orderId}:
    parameters:
      - { name: orderId, in: path, required: true, schema: { type: string, format: uuid } }
    delete:
      operationId: deleteOrder
      summary: Delete an order
      responses:
        '204': { description: The order is gone }
        '404': { description: There is no such order }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec) {
      if (methodOf(node) !== 'delete' || !isServed(node)) return;
      const responses = responsesOf(node);
      const plain = responses.find(({ code }) => code === '200');
      if (plain === undefined || responses.some(({ code }) => code === '204')) return;
      const response = spec.deref(plain.node);
      if (response === undefined || response.has('content') || response.has('schema')) return;
      report({
        at: plain.node,
        message:
          'There is no body here, and 204 says so: a client that reads the body of a 200 fails at the empty text.',
        fix: { title: 'Answer 204', safe: false, edits: () => renameKey(spec, plain.node, '204') },
      });
    },
  },
});
