import { defineRule } from '../rule';

export const tagDescription = defineRule({
  id: 'tag-description',
  summary: 'Each declared tag says what it groups.',
  why: 'The description of a tag is the introduction to its group in the documentation: the place for what its operations have in common.',
  severity: 'info',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Tag Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#tag-object',
  },
  presets: ['recommended', 'strict', 'redocly-recommended'],
  bad: `tags:
  - name: orders # want
`,
  good: `tags:
  - name: orders
    description: Orders and their lines.
`,
  visit: {
    tag(node, report) {
      if (!node.stringAt('description')?.trim())
        report({
          at: node,
          message: `Say in a \`description\` what the tag \`${node.stringAt('name') ?? ''}\` groups.`,
        });
    },
  },
});
