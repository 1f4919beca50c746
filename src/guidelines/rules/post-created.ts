import { lyst } from '../guides';
import { methodOf, pathOf, responsesOf } from '../openapi';
import { isServed } from '../responses';
import { isCollection, isPlural } from '../resources';
import { defineRule } from '../rule';

export const postCreated = defineRule({
  id: 'post-created',
  summary: 'A POST to a collection answers 201, or 202 when the work is only queued.',
  why: 'A plain 200 does not say whether something new is there now. 201 says so, and HTTP tools look for its `Location`.',
  severity: 'info',
  source: lyst('Response Statuses'),
  presets: ['strict', 'lyst', 'heroku', 'zalando'],
  bad: `paths:
  /orders:
    post:
      operationId: createOrder
      responses:
        '200': { description: The order is taken } # want
  /orders/{orderId}:
    get: { operationId: getOrder }
`,
  good: `paths:
  /orders:
    post:
      operationId: createOrder
      summary: Take an order
      responses:
        '201': { description: The order is taken }
  /orders/{orderId}:
    parameters:
      - { name: orderId, in: path, required: true, schema: { type: string, format: uuid } }
    get:
      operationId: getOrder
      summary: Get an order
      responses:
        '204': { description: It is empty }
        '404': { description: There is no such order }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec) {
      if (methodOf(node) !== 'post' || !isServed(node)) return;
      const path = pathOf(node) ?? '';
      if (!isCollection(path, spec) || !isPlural(path.slice(path.lastIndexOf('/') + 1))) return;
      const responses = responsesOf(node);
      const plain = responses.find(({ code }) => code === '200');
      if (plain === undefined || responses.some(({ code }) => /^(?:20[1-9]|2XX|3\d\d)$/i.test(code))) return;
      report({
        at: plain.node,
        message: 'Who posts to a collection makes something new: answer 201, or 202 when it is only queued.',
      });
    },
  },
});
