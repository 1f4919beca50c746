import { canInsert, insertInto } from '../edit';
import { isCallback } from '../openapi';
import { proposeOperationId } from '../operation-names';
import type { Fix } from '../rule';
import { defineRule } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';

function fixOf(operation: TreeNode, spec: Spec): Fix | undefined {
  const id = operation.has('operationId') ? undefined : proposeOperationId(operation, spec);
  if (id === undefined || !canInsert(operation)) return undefined;
  return {
    title: `Add operationId: ${id}`,
    safe: true,
    edits: () => insertInto(spec, operation, ['operationId', id], ['tags', 'summary', 'description']),
  };
}

export const operationId = defineRule({
  id: 'operation-id',
  summary: 'Each operation has an `operationId`.',
  why: 'It is the operation’s name: generated clients call their function by it, links and logs name it. Without one, a generator makes a name from the path, and it changes when the path does.',
  severity: 'warning',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Operation Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#operation-object',
  },
  fixable: true,
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `paths:
  /orders:
    get: # want
      summary: List orders
`,
  good: `paths:
  /orders:
    get:
      summary: List orders
      operationId: listOrders
      responses:
        '200': { description: The orders }
        '400': { description: The query is wrong }
`,
  visit: {
    operation(node, report, spec) {
      // A callback is called by its expression; nobody calls it by a name.
      if (isCallback(node) || node.stringAt('operationId')?.trim()) return;
      report({
        at: node,
        message: 'This operation has no `operationId`: clients and logs have no name for it.',
        fix: fixOf(node, spec),
      });
    },
  },
});
