import { fact, listed } from '../fact';
import { lyst } from '../guides';
import { listAnswer } from '../lists';
import { pathOf } from '../openapi';
import { defineRule } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';

const ownName = 'under the name of the collection';
const bare = 'bare';

/** How an operation gives its list; undefined when it gives none. */
function wayOf(operation: TreeNode, spec: Spec): string | undefined {
  const found = listAnswer(operation, spec);
  if (found === undefined) return undefined;
  if (found.page === undefined) return bare;
  const path = pathOf(operation) ?? '';
  const name = found.list.key ?? '';
  return path.slice(path.lastIndexOf('/') + 1) === name ? ownName : name;
}

const ways = listed((view, spec) =>
  view.nodes('operation').flatMap((operation) => wayOf(operation, spec) ?? []),
);
const fewest = 4;

/** How most lists are given; undefined when no way has two thirds of them. */
const usualWay = fact((spec: Spec): string | undefined => {
  const all = ways(spec);
  const counts = new Map<string, number>();
  for (const way of all) counts.set(way, (counts.get(way) ?? 0) + 1);
  const [best] = [...counts].toSorted(([, a], [, b]) => b - a);
  return best !== undefined && all.length >= fewest && best[1] * 3 >= all.length * 2 ? best[0] : undefined;
});

const told = (way: string): string => (way === ownName || way === bare ? way : `in \`${way}\``);

export const listEnvelopeConsistent = defineRule({
  id: 'list-envelope-consistent',
  summary: 'All lists of an API are given in one way.',
  why: 'A client has one piece of code that goes through lists and their pages. Each list that comes in another wrapping needs a case of its own there.',
  severity: 'info',
  source: lyst('Structured response formats'),
  presets: ['strict', 'lyst', 'heroku', 'google'],
  bad: `paths:
  /a: { get: { operationId: listA, responses: { '200': { $ref: '#/components/responses/Page' } } } }
  /b: { get: { operationId: listB, responses: { '200': { $ref: '#/components/responses/Page' } } } }
  /c: { get: { operationId: listC, responses: { '200': { $ref: '#/components/responses/Page' } } } }
  /d:
    get: # want
      operationId: listD
      responses:
        '200': { content: { application/json: { schema: { type: array, items: { type: string } } } } }
components:
  responses:
    Page:
      content:
        application/json:
          schema: { type: object, properties: { data: { type: array, items: { type: string } } } }
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '200':
          description: One page of orders
          content:
            application/json:
              schema:
                type: object
                properties:
                  next: { type: string, format: uri }
                  data: { type: array, items: { type: object } }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec) {
      const way = wayOf(node, spec);
      const usual = way === undefined ? undefined : usualWay(spec);
      if (way === undefined || usual === undefined || way === usual) return;
      report({
        at: node,
        message: `Other lists of this API come ${told(usual)}, this one ${told(way)}: one way needs one piece of code.`,
      });
    },
  },
});
