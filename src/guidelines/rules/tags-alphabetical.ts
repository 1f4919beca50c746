import { inAlphabet } from '../alphabet';
import { defineRule } from '../rule';

export const tagsAlphabetical = defineRule({
  id: 'tags-alphabetical',
  summary: 'The declared tags stand in alphabetical order.',
  why: 'Documentation shows the groups in this order. In a long list, a reader finds a name only when he knows where to look.',
  severity: 'hint',
  source: {
    guideline: 'Redocly',
    ref: 'tags-alphabetical',
    url: 'https://redocly.com/docs/cli/rules/oas/tags-alphabetical',
  },
  presets: ['strict'],
  bad: `tags:
  - name: orders
    description: Orders.
  - name: customers # want
    description: Customers.
`,
  good: `tags:
  - name: customers
    description: Customers.
  - name: orders
    description: Orders.
`,
  visit: {
    document(root, report) {
      let before = '';
      for (const tag of root.childrenOf('tags')) {
        const name = tag.stringAt('name');
        if (name === undefined) continue;
        if (inAlphabet(before, name) > 0)
          report({
            at: tag.get('name') ?? tag,
            message: `\`${name}\` comes before \`${before}\` in the alphabet.`,
          });
        before = name;
      }
    },
  },
});
