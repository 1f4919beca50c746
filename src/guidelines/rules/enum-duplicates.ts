import { removeItem } from '../edit';
import { defineRule } from '../rule';
import type { Report } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';

function check(node: TreeNode, report: Report, spec: Spec): void {
  const seen = new Set<unknown>();
  for (const item of node.childrenOf('enum')) {
    if (item.kind !== 'scalar') continue;
    if (seen.has(item.value))
      report({
        at: item,
        message: `\`${String(item.value)}\` stands in this list already.`,
        fix: { title: 'Remove the repeated value', safe: true, edits: () => removeItem(spec, item) },
      });
    seen.add(item.value);
  }
}

export const enumDuplicates = defineRule({
  id: 'enum-duplicates',
  summary: 'An `enum` lists each value once.',
  why: 'JSON Schema wants them unique, and generators make two constants of one name.',
  severity: 'warning',
  source: {
    guideline: 'JSON Schema Validation',
    ref: '6.1.2',
    url: 'https://json-schema.org/draft/2020-12/json-schema-validation#section-6.1.2',
  },
  fixable: true,
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `components:
  schemas:
    State:
      type: string
      enum:
        - open
        - closed
        - open # want
`,
  good: `components:
  schemas:
    State:
      type: string
      enum:
        - open
        - closed
`,
  visit: {
    'schema.enum': check,
    parameter(node, report, spec) {
      if (spec.version === '2.0') check(node, report, spec);
    },
    header(node, report, spec) {
      if (spec.version === '2.0') check(node, report, spec);
    },
    items: check,
  },
});
