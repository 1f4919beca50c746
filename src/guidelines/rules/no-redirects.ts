import { zalando } from '../guides';
import { defineRule } from '../rule';

export const noRedirects = defineRule({
  id: 'no-redirects',
  summary: 'An API does not redirect.',
  why: 'Many clients don’t follow, others follow with GET where it was POST, or send the token along to the new host. What moved is better told to callers than hidden from them.',
  severity: 'info',
  source: zalando(251),
  presets: ['zalando'],
  bad: `paths:
  /orders:
    get:
      operationId: listOrders
      responses:
        '204': { description: There are none }
        '302': { description: It is elsewhere } # want
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '204': { description: There are none }
        '304': { description: Nothing is new }
`,
  visit: {
    responses(node, report) {
      for (const response of node.children)
        if (/^3\d\d$/.test(response.key ?? '') && response.key !== '304')
          report({
            at: response,
            message:
              'Answer directly: clients follow redirects each in their own way, or not, and some send their token along.',
          });
    },
  },
});
