import { lyst } from '../guides';
import { methodOf, pathOf } from '../openapi';
import { remembered } from '../remembered';
import { defineRule } from '../rule';
import { wordsOf } from '../words';

const reading: ReadonlySet<string> = new Set(
  'get list fetch find read retrieve show search lookup count'.split(' '),
);

const verbOf = remembered(
  (id: string): string => wordsOf(id.slice(Math.max(id.lastIndexOf('/'), id.lastIndexOf('.')) + 1))[0] ?? '',
);

export const postNotForReads = defineRule({
  id: 'post-not-for-reads',
  summary: 'What only reads is a GET, not a POST.',
  why: 'A GET can be kept in caches, tried again after a failure, opened in a browser and put in a link. A POST can do none of that, for it may change something.',
  severity: 'info',
  source: lyst('Using the wrong HTTP method'),
  presets: ['lyst'],
  bad: `paths:
  /orders:
    post:
      operationId: findOrders # want
`,
  good: `paths:
  /orders:
    get:
      operationId: findOrders
      summary: Find orders
      parameters:
        - { name: status, in: query, schema: { type: string } }
      responses:
        '204': { description: There are none }
        '400': { description: There is no such status }
`,
  visit: {
    operation(node, report) {
      if (methodOf(node) !== 'post') return;
      const id = node.get('operationId');
      if (id === undefined || !reading.has(verbOf(id.string ?? '')) || pathOf(node) === undefined) return;
      // A token that is given out is a new one.
      if (/token|session|credential/i.test(id.string ?? '')) return;
      report({
        at: id,
        on: 'value',
        message:
          'This only reads, so GET with the question in the query fits: it can be cached, repeated and linked to.',
      });
    },
  },
});
