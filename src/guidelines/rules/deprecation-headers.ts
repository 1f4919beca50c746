import { zalando } from '../guides';
import { responsesOf } from '../openapi';
import { isClass } from '../http';
import { hasHeader, isServed } from '../responses';
import { defineRule } from '../rule';

const headers: ReadonlySet<string> = new Set(['deprecation', 'sunset']);

export const deprecationHeaders = defineRule({
  id: 'deprecation-headers',
  summary: 'Answers of a deprecated operation say so, in `Deprecation` and `Sunset`.',
  why: 'A program that has run for years reads no documentation. A header in each answer can be logged and counted, so that its keepers hear of it in time.',
  severity: 'hint',
  source: zalando(189),
  presets: ['zalando'],
  bad: `paths:
  /orders:
    get:
      operationId: listOrders
      deprecated: true # want
      responses:
        '204': { description: There are none }
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      description: Use GET /purchases instead.
      deprecated: true
      responses:
        '204': { description: There are none, headers: { Sunset: { schema: { type: string } } } }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec) {
      const deprecated = node.get('deprecated');
      if (deprecated?.value !== true || !isServed(node)) return;
      const responses = responsesOf(node).flatMap(({ code, node: one }) =>
        isClass(code, 2) ? [spec.deref(one)] : [],
      );
      if (responses.some((one) => one === undefined || hasHeader(one, headers))) return;
      report({
        at: deprecated,
        message:
          'Say it in the answers too, with `Deprecation` and `Sunset` headers: running programs read no documentation.',
      });
    },
  },
});
