import { zalando } from '../guides';
import { defineRule } from '../rule';

export const enumStrings = defineRule({
  id: 'enum-strings',
  summary: 'Values of an enum are words, not numbers.',
  why: 'What does `status: 3` mean? A word says it in every log and every test, and nobody has to keep the order of a list for ever.',
  severity: 'info',
  source: zalando(125),
  presets: ['zalando', 'google'],
  bad: `components:
  schemas:
    State:
      type: integer
      enum: [1, 2, 3] # want
`,
  good: `components:
  schemas:
    State:
      type: string
      enum: [OPEN, PAID, SENT]
`,
  visit: {
    integerSchema(node, report) {
      const values = node.get('enum');
      if (values === undefined || values.actual.children.length < 2) return;
      report({
        at: values,
        message:
          'Give the values names: a number says nothing in a log, and its meaning hangs on a list that nobody may reorder.',
      });
    },
  },
});
