import { defineRule } from '../rule';

const order: readonly string[] = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'trace'];

export const pathMethodOrder = defineRule({
  id: 'path-method-order',
  summary: 'The operations of a path stand in one order: get, head, post, put, patch, delete.',
  why: 'Who reads many paths finds an operation by its place, and changes of one path look like those of another.',
  severity: 'hint',
  source: {
    guideline: 'Redocly',
    ref: 'path-http-verbs-order',
    url: 'https://redocly.com/docs/cli/rules/oas/path-http-verbs-order',
  },
  presets: ['strict'],
  bad: `paths:
  /orders:
    post:
      operationId: createOrder
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
    post:
      operationId: createOrder
      summary: Create an order
      responses:
        '200': { description: The orders }
        '400': { description: The query is wrong }
`,
  visit: {
    pathItem(node, report) {
      let before = -1;
      for (const child of node.children) {
        const place = order.indexOf(child.key ?? '');
        if (place < 0) continue;
        if (place < before)
          report({
            at: child,
            message: `\`${child.key}\` stands before \`${order[before]}\` in the usual order.`,
          });
        before = place;
      }
    },
  },
});
