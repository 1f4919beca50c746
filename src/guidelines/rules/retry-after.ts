import { owasp } from '../guides';
import { defineRule } from '../rule';
import type { TreeNode } from '../tree';

const told = /^(?:retry-after|(?:x-)?rate-?limit.*)$/i;

/** A response under 429, or a shared one that is called so. */
function isRefusal({ key = '', parent }: TreeNode): boolean {
  return key === '429' || (parent?.key === 'responses' && /429|too-?_?many|rate-?_?limit/i.test(key));
}

export const retryAfter = defineRule({
  id: 'retry-after',
  summary: 'A 429 says when to try again.',
  why: 'Without `Retry-After` each client guesses, most guess “at once”, and the load that caused the 429 stays.',
  severity: 'warning',
  source: owasp(4),
  presets: ['strict', 'owasp', 'zalando'],
  bad: `paths:
  /orders:
    get:
      operationId: listOrders
      responses:
        '204': { description: There are none }
        '429': { description: You called too often } # want
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '204': { description: There are none }
        '429':
          description: You called too often
          headers:
            Retry-After: { description: Seconds to wait, schema: { type: integer } }
`,
  visit: {
    response(node, report) {
      if (!isRefusal(node) || node.childrenOf('headers').some(({ key }) => told.test(key ?? ''))) return;
      report({
        at: node,
        message: 'Say in a `Retry-After` header when to try again: clients that have to guess try at once.',
      });
    },
  },
});
