import { zalando } from '../guides';
import { takesParameter } from '../lists';
import { methodOf, operationsOf, responsesOf } from '../openapi';
import { hasHeader } from '../responses';
import { defineRule } from '../rule';

const etag: ReadonlySet<string> = new Set(['etag']);
const changes: ReadonlySet<string | undefined> = new Set(['put', 'patch']);

export const ifMatch = defineRule({
  id: 'if-match',
  summary: 'Where a thing is read with an `ETag`, changes take it back in `If-Match`.',
  why: 'Two people open the same order and save. Without `If-Match` the second overwrites the first and neither knows; with it the second gets a 412 and can look again.',
  severity: 'info',
  source: zalando(182),
  presets: ['zalando', 'heroku', 'google'],
  bad: `paths:
  /orders/{orderId}:
    get:
      operationId: getOrder
      responses:
        '200':
          description: The order
          headers: { ETag: { schema: { type: string } } }
    put: # want
      operationId: replaceOrder
`,
  good: `paths:
  /orders/{orderId}:
    parameters:
      - { name: orderId, in: path, required: true, schema: { type: string, format: uuid } }
    put:
      operationId: replaceOrder
      summary: Change an order
      parameters:
        - { name: If-Match, in: header, schema: { type: string } }
      responses:
        '200': { description: The order is changed, headers: { ETag: { schema: { type: string } } } }
        '412': { description: Somebody else changed it }
`,
  wholeDocument: true,
  visit: {
    path(item, report, spec) {
      if (!item.has('get') || (!item.has('put') && !item.has('patch'))) return;
      const operations = operationsOf(item);
      const hasTag = operations.some(
        (one) =>
          methodOf(one) === 'get' &&
          responsesOf(one).some(({ node }) => hasHeader(spec.deref(node) ?? node, etag)),
      );
      if (!hasTag) return;
      for (const one of operations)
        if (
          changes.has(methodOf(one)) &&
          !takesParameter(one, spec, (name) => name.toLowerCase() === 'if-match')
        )
          report({
            at: one,
            message:
              'Take the `ETag` back in `If-Match`, so that nobody overwrites what another has changed meanwhile.',
          });
    },
  },
});
