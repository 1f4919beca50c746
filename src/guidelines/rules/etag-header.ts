import { heroku } from '../guides';
import { methodOf, pathOf, responsesOf } from '../openapi';
import { isItem } from '../resources';
import { hasHeader, isServed } from '../responses';
import { defineRule } from '../rule';

const etag: ReadonlySet<string> = new Set(['etag', 'last-modified']);

export const etagHeader = defineRule({
  id: 'etag-header',
  summary: 'A thing is read with its `ETag`.',
  why: 'With the tag, a client asks “has it changed?” and mostly gets an empty 304. And it can say at a change which version it has read, so that nobody’s work is overwritten.',
  severity: 'hint',
  source: heroku('foundations', 'Support ETags for Caching'),
  presets: ['heroku'],
  bad: `paths:
  /orders/{orderId}:
    get:
      operationId: getOrder
      responses:
        '200': { description: The order } # want
`,
  good: `paths:
  /orders/{orderId}:
    parameters:
      - { name: orderId, in: path, required: true, schema: { type: string, format: uuid } }
    get:
      operationId: getOrder
      summary: Get an order
      responses:
        '200':
          description: The order
          headers:
            ETag: { description: The version that this is, schema: { type: string } }
        '404': { description: There is no such order }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec) {
      if (methodOf(node) !== 'get' || !isServed(node) || !isItem(pathOf(node) ?? '')) return;
      const plain = responsesOf(node).find(({ code }) => code === '200')?.node;
      const response = spec.deref(plain);
      if (plain === undefined || response === undefined || hasHeader(response, etag)) return;
      report({
        at: plain,
        message:
          'Give an `ETag` with it: who has it already then gets an empty 304, and changes can name the version they are made on.',
      });
    },
  },
});
