import { heroku } from '../guides';
import { methodOf, responsesOf } from '../openapi';
import { isServed } from '../responses';
import { defineRule } from '../rule';

const methods: ReadonlySet<string | undefined> = new Set(['post', 'put', 'patch']);

export const writeReturnsResource = defineRule({
  id: 'write-returns-resource',
  summary: 'A change answers with the thing as it is now.',
  why: 'The service fills in ids, times and defaults. When the answer holds the whole thing, no client has to ask again, or to guess.',
  severity: 'info',
  source: heroku('responses', 'Provide full resources where available'),
  presets: ['heroku', 'google'],
  bad: `paths:
  /orders/{orderId}:
    patch:
      operationId: updateOrder
      responses:
        '200': { description: The order is changed } # want
`,
  good: `paths:
  /orders/{orderId}:
    parameters:
      - { name: orderId, in: path, required: true, schema: { type: string, format: uuid } }
    patch:
      operationId: updateOrder
      summary: Change an order
      responses:
        '200': { description: The order as it is now, content: { application/json: { schema: { type: object } } } }
        '404': { description: There is no such order }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec) {
      if (!methods.has(methodOf(node)) || !isServed(node)) return;
      const done = responsesOf(node).find(({ code }) => code === '200' || code === '201')?.node;
      const response = spec.deref(done);
      if (done === undefined || response === undefined || response.has('content') || response.has('schema'))
        return;
      report({
        at: done,
        message:
          'Answer with the whole thing as it is now, so that no client has to ask again for what the service filled in.',
      });
    },
  },
});
