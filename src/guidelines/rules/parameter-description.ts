import { defineRule } from '../rule';

export const parameterDescription = defineRule({
  id: 'parameter-description',
  summary: 'Each parameter has a description.',
  why: 'A name says what a parameter is called, not what it does, which values it takes and what happens without it.',
  severity: 'info',
  source: {
    guideline: 'Redocly',
    ref: 'parameter-description',
    url: 'https://redocly.com/docs/cli/rules/oas/parameter-description',
  },
  presets: ['strict'],
  bad: `components:
  parameters:
    limit:
      name: limit # want
      in: query
      schema: { type: integer }
`,
  good: `components:
  parameters:
    limit:
      name: limit
      in: query
      description: How many orders a page has.
      schema: { type: integer }
`,
  visit: {
    parameter(node, report) {
      if (node.has('in') && !node.stringAt('description')?.trim())
        report({
          at: node.get('name') ?? node,
          on: 'value',
          message: 'Say in a `description` what this parameter does.',
        });
    },
  },
});
