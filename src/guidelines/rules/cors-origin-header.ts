import { owasp } from '../guides';
import { defineRule } from '../rule';
import type { TreeNode } from '../tree';

const isCode = (node: TreeNode): boolean => /^[1-5](?:\d\d|XX)$/i.test(node.key ?? '');

export const corsOriginHeader = defineRule({
  id: 'cors-origin-header',
  summary: 'Each response says which sites may read it, by `Access-Control-Allow-Origin`.',
  why: 'When the header is left to the framework, it is often `*`, which lets any page read an answer. That it is told here makes somebody decide.',
  severity: 'hint',
  source: owasp(8),
  presets: ['owasp'],
  bad: `paths:
  /orders:
    get:
      operationId: listOrders
      responses:
        '204': { description: There are none } # want
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '204':
          description: There are none
          headers:
            Access-Control-Allow-Origin: { description: The site, schema: { type: string } }
`,
  visit: {
    response(node, report) {
      if (!isCode(node)) return;
      if (node.childrenOf('headers').some(({ key }) => key?.toLowerCase() === 'access-control-allow-origin'))
        return;
      report({ at: node, message: 'Say in `Access-Control-Allow-Origin` which sites’ pages may read this.' });
    },
  },
});
