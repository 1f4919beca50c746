import type { Report } from '../rule';
import { defineRule } from '../rule';
import type { TreeNode } from '../tree';

function check(node: TreeNode, [limit, exclusive]: readonly [string, string], report: Report): void {
  const at = node.get(exclusive);
  if (typeof at?.value === 'number' && typeof node.get(limit)?.value === 'number')
    report({
      at,
      message: `\`${limit}\` is a limit already, and only the narrower of the two holds; keep one.`,
    });
}

export const numberRange = defineRule({
  id: 'number-range',
  summary: 'A number has one upper and one lower limit.',
  why: 'With `maximum` and `exclusiveMaximum` together the narrower one holds, so the other misleads whoever reads it.',
  severity: 'warning',
  source: {
    guideline: 'Redocly',
    ref: 'no-mixed-number-range-constraints',
    url: 'https://redocly.com/docs/cli/rules/common/no-mixed-number-range-constraints',
  },
  presets: ['recommended', 'strict', 'redocly-recommended'],
  bad: `components:
  schemas:
    Rate:
      type: number
      maximum: 1
      exclusiveMaximum: 2 # want
`,
  good: `components:
  schemas:
    Rate:
      type: number
      exclusiveMaximum: 2
`,
  visit: {
    'schema.exclusiveMaximum': (node, report) => check(node, ['maximum', 'exclusiveMaximum'], report),
    'schema.exclusiveMinimum': (node, report) => check(node, ['minimum', 'exclusiveMinimum'], report),
  },
});
