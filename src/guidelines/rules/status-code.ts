import { renameKey } from '../edit';
import { defineRule } from '../rule';

const isCode = /^(?:[1-5](?:\d\d|XX)|default)$/;

export const statusCode = defineRule({
  id: 'status-code',
  summary: 'Responses stand under status codes, a class such as `4XX`, or `default`.',
  why: 'A client looks for the response by the number that came back. Under another key it never finds one.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Responses Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#responses-object',
  },
  fixable: true,
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `paths:
  /orders:
    get:
      operationId: listOrders
      responses:
        '200': { description: The orders }
        4xx: { description: The query is wrong } # want
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '200': { description: The orders }
        4XX: { description: The query is wrong }
`,
  visit: {
    responses(node, report, spec) {
      for (const child of node.children) {
        const key = child.key ?? '';
        if (isCode.test(key) || key.startsWith('x-') || key === '<<' || key === '$ref') continue;
        const upper = key.toUpperCase();
        const isMeant = isCode.test(upper) && !node.has(upper);
        report({
          at: child,
          message: `\`${key}\` is no status code: write three digits, a class such as \`4XX\`, or \`default\`.`,
          fix: isMeant
            ? { title: `Rename to ${upper}`, safe: true, edits: () => renameKey(spec, child, upper) }
            : undefined,
        });
      }
    },
  },
});
