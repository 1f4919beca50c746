import { textsOption } from '../option';
import { defineRule } from '../rule';

const order = textsOption(
  'order',
  ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'trace'],
  'The methods in the order in which they are to stand.',
);

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
  options: [order],
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
    pathItem(node, report, _spec, options) {
      const methods = options.get(order);
      let before = -1;
      for (const child of node.children) {
        const place = methods.indexOf(child.key ?? '');
        if (place < 0) continue;
        if (place < before)
          report({
            at: child,
            message: `\`${child.key}\` stands before \`${methods[before]}\` in the usual order.`,
          });
        before = place;
      }
    },
  },
});
