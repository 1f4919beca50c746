import { zalando } from '../guides';
import { defineRule } from '../rule';
import { isNullable } from '../schemas';

export const arrayNotNull = defineRule({
  id: 'array-not-null',
  summary: 'An empty list is empty, never null.',
  why: 'Over an empty list every loop runs, zero times. Over null it crashes, so each client has to ask first, and one forgets.',
  severity: 'info',
  source: zalando(124),
  presets: ['strict', 'zalando', 'heroku'],
  bad: `components:
  schemas:
    Tags:
      type: [array, 'null'] # want
      items: { type: string }
`,
  good: `components:
  schemas:
    Tags:
      type: array
      items: { type: string }
`,
  visit: {
    arraySchema(node, report) {
      if (!isNullable(node)) return;
      report({
        at: node.get('nullable') ?? node.get('type') ?? node,
        message: 'Give an empty list as `[]`: over null a loop crashes.',
      });
    },
  },
});
