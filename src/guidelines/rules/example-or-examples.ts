import type { Report } from '../rule';
import type { TreeNode } from '../tree';
import { defineRule } from '../rule';

const check = (node: TreeNode, report: Report): void => {
  const at = node.get('examples');
  if (at !== undefined && node.has('example'))
    report({ at, message: '`example` stands here already, and tools show only one of the two; keep one.' });
};

export const exampleOrExamples = defineRule({
  id: 'example-or-examples',
  summary: '`example` and `examples` don’t stand side by side.',
  why: 'The specification allows one of them; tools show one and pass over the other, and not all the same one.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Media Type Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#media-type-object',
  },
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `components:
  parameters:
    limit:
      name: limit
      in: query
      schema: { type: integer }
      example: 10
      examples: # want
        few: { value: 3 }
`,
  good: `components:
  parameters:
    limit:
      name: limit
      in: query
      schema: { type: integer }
      examples:
        few: { value: 3 }
`,
  visit: {
    parameter: check,
    header: check,
    mediaType: check,
  },
});
