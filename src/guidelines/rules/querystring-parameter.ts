import { parametersOf } from '../openapi';
import { defineRule } from '../rule';

export const querystringParameter = defineRule({
  id: 'querystring-parameter',
  summary: 'A parameter `in: querystring` stands alone: once, and beside no query parameter.',
  why: 'It describes the query as a whole. A second one, or a query parameter beside it, would describe the same characters twice.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Parameter Object',
    url: 'https://spec.openapis.org/oas/v3.2.0.html#parameter-object',
  },
  presets: ['recommended', 'strict', 'redocly-recommended'],
  bad: `openapi: 3.2.0
paths:
  /orders:
    get:
      operationId: listOrders
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
        - name: filter
          in: querystring # want
          content: { application/json: { schema: { type: object } } }
`,
  good: `openapi: 3.2.0
paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      parameters:
        - name: filter
          in: querystring
          content: { application/json: { schema: { type: object } } }
      responses:
        '200': { description: The orders }
        '400': { description: The query is wrong }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec) {
      if (spec.version !== '3.2' || !node.has('parameters')) return;
      const own = node.childrenOf('parameters').map((one) => spec.deref(one));
      const whole = own.filter((one) => one?.stringAt('in') === 'querystring');
      if (whole.length === 0) return;
      const all = parametersOf(node, spec).filter((one) => one?.stringAt('in')?.startsWith('query') === true);
      if (all.length === 1) return;
      const at = whole.at(-1)?.get('in') ?? node;
      report({
        at,
        on: 'value',
        message: 'This parameter is the whole query, so no other one can describe a part of it.',
      });
    },
  },
});
