import { aip } from '../guides';
import { hasAny } from '../layout';
import { defineRule } from '../rule';

/** What is merged in may tell it. */
const isTold = hasAny(['description', 'title', '$ref', 'allOf', 'oneOf', 'anyOf', 'const']);

export const propertyDescribed = defineRule({
  id: 'property-described',
  summary: 'Each property says what it is.',
  why: 'What is clear to whoever wrote it is not to others: is `amount` with tax, in cents, per item? A sentence saves each of them the question.',
  severity: 'hint',
  source: aip(192),
  presets: ['google'],
  bad: `components:
  schemas:
    Order:
      type: object
      properties:
        amount: { type: string } # want
`,
  good: `components:
  schemas:
    Order:
      type: object
      properties:
        amount: { type: string, description: What is to be paid, with tax. }
`,
  visit: {
    properties(node, report) {
      for (const property of node.children)
        if (property.kind === 'map' && property.key !== 'id' && !isTold(property))
          report({
            at: property,
            message:
              'Say in a sentence what this is: with what it is counted, in which unit, when it is empty.',
          });
    },
  },
});
