import { heroku } from '../guides';
import { methodOf, responsesOf } from '../openapi';
import { isServed } from '../responses';
import { defineRule } from '../rule';

/** A POST that answers 200 may be an action; one that answers 201 has made something. */
const codes: Readonly<Record<string, readonly string[]>> = {
  post: ['201'],
  put: ['200', '201'],
  patch: ['200', '201'],
};

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
      const telling = codes[methodOf(node) ?? ''];
      if (telling === undefined || !isServed(node)) return;
      const done = responsesOf(node).find(({ code }) => telling.includes(code))?.node;
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
