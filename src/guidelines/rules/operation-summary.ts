import { canInsert, insertInto } from '../edit';
import { isCallback } from '../openapi';
import { proposeSummary } from '../operation-names';
import type { Fix } from '../rule';
import { defineRule } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';

function fixOf(operation: TreeNode, spec: Spec): Fix | undefined {
  const summary = operation.has('summary') ? undefined : proposeSummary(operation);
  if (summary === undefined || !canInsert(operation)) return undefined;
  return {
    title: `Add summary: ${summary}`,
    safe: false,
    edits: () => insertInto(spec, operation, ['summary', summary], ['tags']),
  };
}

export const operationSummary = defineRule({
  id: 'operation-summary',
  summary: 'Each operation says in one line what it does.',
  why: 'The summary is the operation’s line in every list: in documentation, in a gateway, in the comment of a generated function. Without it, readers have the path and guess.',
  severity: 'warning',
  source: {
    guideline: 'Redocly',
    ref: 'operation-summary',
    url: 'https://redocly.com/docs/cli/rules/oas/operation-summary',
  },
  fixable: true,
  presets: ['recommended', 'strict', 'redocly-recommended', 'lyst', 'google'],
  bad: `paths:
  /orders:
    get: # want
      operationId: listOrders
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
      if (isCallback(node) || node.stringAt('summary')?.trim()) return;
      report({
        at: node,
        message: 'Say in one line, in `summary`, what this operation does for its caller.',
        fix: fixOf(node, spec),
      });
    },
  },
});
