import { inAlphabet } from '../alphabet';
import { flagOption } from '../option';
import { defineRule } from '../rule';

const ignoreCase = flagOption(
  'ignoreCase',
  true,
  'Whether capitals stand among the small letters; else before them.',
);

function isBehind(a: string, b: string, isOne: boolean): boolean {
  return isOne ? inAlphabet(a.toLowerCase(), b.toLowerCase()) > 0 : a > b;
}

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
  options: [ignoreCase],
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
    document(root, report, _spec, options) {
      const isOne = options.get(ignoreCase);
      let before = '';
      for (const tag of root.childrenOf('tags')) {
        const name = tag.stringAt('name');
        if (name === undefined) continue;
        if (isBehind(before, name, isOne))
          report({
            at: tag.get('name') ?? tag,
            message: `\`${name}\` comes before \`${before}\` in the alphabet.`,
          });
        before = name;
      }
    },
  },
});
