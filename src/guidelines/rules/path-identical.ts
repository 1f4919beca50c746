import { pathItems } from '../openapi';
import { defineRule } from '../rule';

export const pathIdentical = defineRule({
  id: 'path-identical',
  summary: 'No two paths are the same but for the names of their parameters.',
  why: 'No request can tell `/orders/{id}` from `/orders/{orderId}`; which of them answers is left to chance.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Paths Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#paths-object',
  },
  presets: ['recommended', 'strict', 'redocly-recommended'],
  bad: `paths:
  /orders/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
  /orders/{orderId}: # want
    parameters:
      - { name: orderId, in: path, required: true, schema: { type: string } }
`,
  good: `paths:
  /orders/{orderId}:
    parameters:
      - { name: orderId, in: path, required: true, schema: { type: string } }
`,
  visit: {
    paths(_node, report, spec) {
      const seen = new Map<string, string>();
      for (const item of pathItems(spec)) {
        const path = item.key ?? '';
        const template = path.replaceAll(/\{[^{}]*\}/g, '{}');
        const other = seen.get(template);
        if (other !== undefined && other !== path)
          report({
            at: item,
            message: `No request can tell this path from \`${other}\`: only the names of the parameters differ.`,
          });
        seen.set(template, other ?? path);
      }
    },
  },
});
