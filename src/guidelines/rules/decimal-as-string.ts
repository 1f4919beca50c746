import { lyst } from '../guides';
import { defineRule } from '../rule';

export const decimalAsString = defineRule({
  id: 'decimal-as-string',
  summary: 'Numbers with a fraction are sent as strings.',
  why: 'JSON numbers are read as binary floats nearly everywhere: 0.1 + 0.2 is not 0.3, and a price that went through two services is no longer the same. A string arrives as it was sent.',
  severity: 'info',
  source: lyst('Data types'),
  presets: ['lyst'],
  bad: `components:
  schemas:
    Order:
      type: object
      properties:
        total:
          type: number # want
`,
  good: `components:
  schemas:
    Order:
      type: object
      properties:
        total:
          type: string
          pattern: '^[0-9]+[.][0-9]{2}$'
`,
  visit: {
    numberSchema(node, report) {
      if (node.parent?.key !== 'properties') return;
      report({
        at: node.get('type') ?? node,
        on: 'value',
        message:
          'A number with a fraction is rounded by whoever reads it: send it as a string, such as `"12.50"`.',
      });
    },
  },
});
