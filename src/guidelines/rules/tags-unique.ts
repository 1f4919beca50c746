import { flagOption } from '../option';
import { defineRule } from '../rule';

const ignoreCase = flagOption('ignoreCase', false, 'Whether `Orders` and `orders` count as one name.');

export const tagsUnique = defineRule({
  id: 'tags-unique',
  summary: 'Each tag is declared once.',
  why: 'The specification forbids two tags of one name, and tools show the description of only one of them.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'OpenAPI Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#openapi-object',
  },
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  options: [ignoreCase],
  bad: `tags:
  - name: orders
    description: Orders.
  - name: orders # want
    description: Orders and their lines.
`,
  good: `tags:
  - name: orders
    description: Orders and their lines.
`,
  visit: {
    document(root, report, _spec, options) {
      const isOne = options.get(ignoreCase);
      const seen = new Set<string>();
      for (const tag of root.childrenOf('tags')) {
        const name = tag.get('name');
        const text = name?.string;
        if (name === undefined || text === undefined) continue;
        const key = isOne ? text.toLowerCase() : text;
        if (seen.has(key))
          report({
            at: name,
            on: 'value',
            message: `The tag \`${text}\` is declared already; keep one of the two.`,
          });
        seen.add(key);
      }
    },
  },
});
