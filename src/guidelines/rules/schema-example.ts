import { tellMisfits } from '../examples';
import { defineRule } from '../rule';

export const schemaExample = defineRule({
  id: 'schema-example',
  summary: 'The examples of a schema fit the schema.',
  why: 'Readers copy examples, and mock servers answer with them. One that the schema forbids is refused by the real server.',
  severity: 'warning',
  source: {
    guideline: 'Redocly',
    ref: 'no-invalid-schema-examples',
    url: 'https://redocly.com/docs/cli/rules/oas/no-invalid-schema-examples',
  },
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `components:
  schemas:
    Order:
      type: object
      properties:
        count:
          type: integer
          examples: [many] # want
`,
  good: `components:
  schemas:
    Order:
      type: object
      properties:
        count:
          type: integer
          examples: [3]
`,
  visit: {
    'schema.example'(node, report, spec) {
      const value = node.get('example');
      if (value !== undefined) tellMisfits({ value }, node, { report, spec, what: 'example' });
    },
    'schema.examples'(node, report, spec) {
      const more = node.get('examples')?.actual;
      if (more?.kind !== 'list') return;
      for (const value of more.children) tellMisfits({ value }, node, { report, spec, what: 'example' });
    },
  },
});
