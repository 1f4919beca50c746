import { zalando } from '../guides';
import { defineRule } from '../rule';

export const extensibleEnum = defineRule({
  id: 'extensible-enum',
  summary: 'A list of values that may grow is told with `examples`, not with `enum`.',
  why: 'Clients take an `enum` at its word, and fail at the first value that is not in it. In an answer, each value added later is then a breaking change.',
  severity: 'hint',
  source: zalando(112),
  presets: ['zalando'],
  bad: `components:
  schemas:
    DeliveryMethod:
      type: string
      enum: [PARCEL, LETTER] # want
`,
  good: `components:
  schemas:
    DeliveryMethod:
      type: string
      examples: [PARCEL, LETTER]
`,
  visit: {
    stringSchema(node, report) {
      const values = node.get('enum');
      if (values === undefined || values.children.length < 2 || node.has('x-extensible-enum')) return;
      // What a caller may send is the API’s to decide.
      if (node.parent?.has('in') === true || node.has('in')) return;
      report({
        at: values,
        message:
          'If values may be added one day, list these under `examples`: clients fail at what is not in an `enum`.',
      });
    },
  },
});
