import type { Report } from '../rule';
import type { TreeNode } from '../tree';
import { defineRule } from '../rule';

const check = (node: TreeNode, report: Report): void => {
  const at = node.get('enum');
  if (at?.actual.kind === 'list' && at.actual.children.length === 0)
    report({ at, message: 'No value is allowed here: list some, or leave `enum` out.' });
};

export const enumNotEmpty = defineRule({
  id: 'enum-not-empty',
  summary: 'An `enum` lists at least one value.',
  why: 'Of no values none can be chosen: whatever is sent is wrong.',
  severity: 'error',
  source: {
    guideline: 'JSON Schema Validation',
    ref: '6.1.2',
    url: 'https://json-schema.org/draft/2020-12/json-schema-validation#section-6.1.2',
  },
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `components:
  schemas:
    Status:
      type: string
      enum: [] # want
`,
  good: `components:
  schemas:
    Status:
      type: string
      enum: [open, paid]
`,
  visit: {
    'schema.enum': check,
    parameter: check,
  },
});
