import { zalando } from '../guides';
import { defineRule } from '../rule';
import { isNullable } from '../schemas';

export const booleanNotNull = defineRule({
  id: 'boolean-not-null',
  summary: 'A yes or no is never null.',
  why: 'Languages take null for false, for true or for an error, each as it likes. Where there are three answers, an enum gives each a name.',
  severity: 'warning',
  source: zalando(122),
  presets: ['strict', 'zalando', 'heroku'],
  bad: `components:
  schemas:
    Paid:
      type: [boolean, 'null'] # want
`,
  good: `components:
  schemas:
    Paid:
      type: boolean
`,
  visit: {
    booleanSchema(node, report) {
      if (!isNullable(node)) return;
      report({
        at: node.get('nullable') ?? node.get('type') ?? node,
        message:
          'Null is neither yes nor no, and each language reads it in another way: name the third answer, in an enum.',
      });
    },
  },
});
