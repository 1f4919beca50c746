import { fact } from '../fact';
import { defineRule } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';

const firstWith = fact((spec: Spec): ReadonlyMap<string, TreeNode> => {
  const first = new Map<string, TreeNode>();
  for (const operation of spec.nodes('operation')) {
    const id = operation.stringAt('operationId');
    if (id !== undefined && !first.has(id)) first.set(id, operation);
  }
  return first;
});

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
      const first = firstWith(spec).get(id);
      if (first === undefined || first === node) return;
      const line = spec.source.lines.lineOf(first.start) + 1;
      report({
        at,
        on: 'value',
        message: `\`${id}\` is the name of another operation already (line ${line}).`,
      });
    },
  },
});
