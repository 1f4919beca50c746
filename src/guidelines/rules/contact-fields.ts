import { defineRule } from '../rule';

export const contactFields = defineRule({
  id: 'contact-fields',
  summary: 'The contact has a name, an address and a mail address.',
  why: 'Who needs help looks for a page first and a person second; with all three, nobody has to search.',
  severity: 'info',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Contact Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#contact-object',
  },
  presets: ['strict'],
  bad: `info:
  title: Orders
  version: 1.0.0
  description: Orders of the shop.
  contact: # want
    name: Shop team
`,
  good: `info:
  title: Orders
  version: 1.0.0
  description: Orders of the shop.
  contact:
    name: Shop team
    url: https://example.com/team
    email: shop@example.com
`,
  visit: {
    contact(node, report) {
      const missing = ['name', 'url', 'email'].filter((field) => !node.stringAt(field)?.trim());
      if (missing.length > 0)
        report({
          at: node,
          message: `The contact has no ${missing.map((field) => `\`${field}\``).join(' and no ')}.`,
        });
    },
  },
});
