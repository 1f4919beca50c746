import { isClass } from '../http';
import { isWebhook, responsesOf } from '../openapi';
import { flagOption } from '../option';
import { defineRule } from '../rule';

const webhooks = flagOption('webhooks', true, 'Whether webhooks are looked at as well.');
const byDefault = flagOption('default', true, 'Whether the `default` response counts as a success.');
const otherwise = flagOption('otherwise', true, 'Whether responses of 1xx and 3xx count as a success.');

interface Counted {
  readonly byDefault: boolean;
  readonly otherwise: boolean;
}

const isSuccess = (code: string, counted: Counted): boolean =>
  isClass(code, 2) ||
  (counted.byDefault && code === 'default') ||
  (counted.otherwise && (isClass(code, 1) || isClass(code, 3)));

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
  options: [webhooks, byDefault, otherwise],
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
    operation(node, report, spec, options) {
      if (!options.get(webhooks) && isWebhook(node)) return;
      const counted = { byDefault: options.get(byDefault), otherwise: options.get(otherwise) };
      const responses = node.get('responses');
      // In 2.0 and 3.0 `required-field` tells when there are no responses at all.
      if (responses === undefined && (spec.version === '2.0' || spec.version === '3.0')) return;
      if (responses?.has('$ref') === true || responsesOf(node).some(({ code }) => isSuccess(code, counted)))
        return;
      report({
        at: responses ?? node,
        message: 'Say what this operation answers when all goes well: it has no 2xx or 3xx response.',
      });
    },
  },
});
