import { spanWithin } from '../edit';
import { defineRule } from '../rule';

export const pathNoQuery = defineRule({
  id: 'path-no-query',
  summary: 'Paths hold no query string and no fragment.',
  why: 'A path is matched without its query, so this one is never met. What stands behind the `?` are parameters, and belongs under `parameters`.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Paths Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#paths-object',
  },
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended', 'lyst'],
  bad: `paths:
  /orders?state=open: # want
    get:
      operationId: listOpenOrders
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      parameters:
        - { name: state, in: query, schema: { type: string } }
      responses:
        '200': { description: The orders }
        '400': { description: The query is wrong }
`,
  visit: {
    path(item, report, spec) {
      const path = item.key ?? '';
      const at = path.search(/[?#]/);
      if (at < 0 || item.keySpan === undefined) return;
      report({
        at: item,
        on: spanWithin(spec, item.keySpan, path, [at, path.length]),
        message:
          path[at] === '?'
            ? 'A path holds no query: describe what stands here as parameters with `in: query`.'
            : 'What stands behind `#` is never sent, so no request can tell this path from the one without it.',
      });
    },
  },
});
