import { isClass } from '../http';
import { responsesOf } from '../openapi';
import { defineRule } from '../rule';

const isSuccess = (code: string): boolean =>
  code === 'default' || isClass(code, 1) || isClass(code, 2) || isClass(code, 3);

export const successResponse = defineRule({
  id: 'success-response',
  summary: 'Each operation says what it answers when all goes well.',
  why: 'A caller reads first what comes back. Without a 2xx or 3xx response, a generated client returns nothing, and a contract test has nothing to hold on to.',
  severity: 'warning',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Responses Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#responses-object',
  },
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended', 'lyst'],
  bad: `paths:
  /orders:
    get:
      operationId: listOrders
      responses: # want
        '400': { description: The query is wrong }
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
      const responses = node.get('responses');
      // In 2.0 and 3.0 `required-field` tells when there are no responses at all.
      if (responses === undefined && (spec.version === '2.0' || spec.version === '3.0')) return;
      if (responses?.has('$ref') === true || responsesOf(node).some(({ code }) => isSuccess(code))) return;
      report({
        at: responses ?? node,
        message: 'Say what this operation answers when all goes well: it has no 2xx or 3xx response.',
      });
    },
  },
});
