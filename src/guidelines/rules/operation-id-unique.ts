import { fact, listed } from '../fact';
import { methodOf, pathOf } from '../openapi';
import { operationIds } from '../operation-names';
import { defineRule } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';

const operations = listed((view) => view.nodes('operation'));

const firstWith = fact((spec: Spec): ReadonlyMap<string, TreeNode> => {
  const first = new Map<string, TreeNode>();
  for (const operation of operations(spec)) {
    const id = operation.stringAt('operationId');
    if (id !== undefined && !first.has(id)) first.set(id, operation);
  }
  return first;
});

/** `GET /orders`, or the name of the webhook or callback in place of the path. */
function placeOf(operation: TreeNode): string {
  const method = methodOf(operation)?.toUpperCase() ?? operation.key ?? '';
  return `${method} ${pathOf(operation) ?? operation.parent?.key ?? ''}`.trim();
}

export const operationIdUnique = defineRule({
  id: 'operation-id-unique',
  summary: 'No two operations have the same `operationId`.',
  why: 'Generated clients have one function for each name: of two operations with one name, one can’t be called.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Operation Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#operation-object',
  },
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `paths:
  /orders:
    get:
      operationId: listOrders
  /baskets:
    get:
      operationId: listOrders # want
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '200': { description: The orders }
        '400': { description: The query is wrong }
`,
  visit: {
    operation(node, report, spec) {
      const at = node.get('operationId');
      const id = at?.string;
      if (at === undefined || id === undefined) return;
      if (operationIds(spec).get(id) === 1) return;
      const first = firstWith(spec).get(id);
      if (first === undefined || first === node) return;
      report({
        at,
        on: 'value',
        message: `\`${id}\` is the name of another operation already: \`${placeOf(first)}\`.`,
      });
    },
  },
});
