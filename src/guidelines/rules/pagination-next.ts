import { lyst } from '../guides';
import { listAnswer, membersOf } from '../lists';
import { remembered } from '../remembered';
import { responsesOf } from '../openapi';
import { defineRule } from '../rule';
import { isClass } from '../http';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';
import { wordsOf } from '../words';

const telling: ReadonlySet<string> = new Set(
  'next links more cursor cursors paging pagination meta metadata continue last page pages total'.split(' '),
);

/** `next`, `next_page_token`, `hasMore`, `_links`, `total_pages`. */
const leadsOn = remembered((name: string): boolean => wordsOf(name).some((word) => telling.has(word)));

function hasLinkHeader(operation: TreeNode, spec: Spec): boolean {
  return responsesOf(operation).some(
    ({ code, node }) =>
      isClass(code, 2) &&
      spec
        .deref(node)
        ?.childrenOf('headers')
        .some((header) => /^(?:link|next-range|content-range)$/i.test(header.key ?? '')) === true,
  );
}

export const paginationNext = defineRule({
  id: 'pagination-next',
  summary: 'A page of a list says how to get the next one.',
  why: 'A client that gets `next` follows it until there is none. Without it each client counts for itself, and none can tell the last page from one that happens to be full.',
  severity: 'info',
  source: lyst('Pagination'),
  presets: ['lyst', 'zalando', 'google'],
  bad: `paths:
  /orders:
    get:
      operationId: listOrders
      responses:
        '200':
          description: Orders
          content:
            application/json:
              schema: # want
                type: object
                properties:
                  data: { type: array, items: { type: string } }
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '200':
          description: Orders
          content:
            application/json:
              schema:
                type: object
                properties:
                  data: { type: array, items: { type: string } }
                  next: { type: string, format: uri }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec) {
      const found = listAnswer(node, spec);
      if (found?.page === undefined || spec.deref(found.list)?.has('maxItems') === true) return;
      if (membersOf(found.page, spec).some(({ name }) => leadsOn(name)) || hasLinkHeader(node, spec)) return;
      const isHere =
        found.page.unit === node.unit && found.page.start >= node.start && found.page.end <= node.end;
      report({
        at: isHere ? found.page : node,
        message:
          'This answer holds a list and says not how to get more of it: put a `next` beside it, empty on the last page.',
      });
    },
  },
});
