import { owasp } from '../guides';
import { defineRule } from '../rule';

export const arrayLimit = defineRule({
  id: 'array-limit',
  summary: 'Each list has a greatest length.',
  why: 'Without `maxItems` a request may hold a list of millions, and each item costs time and memory before anything says no.',
  severity: 'info',
  source: owasp(4),
  presets: ['owasp'],
  bad: `components:
  schemas:
    Tags:
      type: array # want
      items: { type: boolean }
`,
  good: `components:
  schemas:
    Tags:
      type: array
      maxItems: 20
      items: { type: boolean }
`,
  visit: {
    arraySchema(node, report) {
      if (node.has('maxItems')) return;
      report({
        at: node.get('type') ?? node,
        message: 'Say in `maxItems` how long this list can be, so that an endless one is refused.',
      });
    },
  },
});
