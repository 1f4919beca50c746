import { fact, listed } from '../fact';
import { defineRule } from '../rule';
import type { Spec } from '../spec';

const templateOf = (path: string): string => path.replaceAll(/\{[^{}]*\}/g, '{}');

const paths = listed((view) => view.nodes('path').map((item) => item.key ?? ''));

/** The first path of each template that several paths have. */
const firstOf = fact((spec: Spec): ReadonlyMap<string, string> => {
  const first = new Map<string, string>();
  const shared = new Map<string, string>();
  for (const path of paths(spec)) {
    const template = templateOf(path);
    const other = first.get(template);
    if (other === undefined) first.set(template, path);
    else if (other !== path) shared.set(template, other);
  }
  return shared;
});

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
    path(item, report, spec) {
      const path = item.key ?? '';
      const other = firstOf(spec).get(templateOf(path));
      if (other !== undefined && other !== path)
        report({
          at: item,
          message: `No request can tell this path from \`${other}\`: only the names of the parameters differ.`,
        });
    },
  },
});
