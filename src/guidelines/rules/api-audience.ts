import { zalando } from '../guides';
import { defineRule } from '../rule';

const audiences = [
  'component-internal',
  'business-unit-internal',
  'company-internal',
  'external-partner',
  'external-public',
];

export const apiAudience = defineRule({
  id: 'api-audience',
  summary: 'An API says for whom it is, by `x-audience`.',
  why: 'What may be changed without notice, who has to review it and how it is documented hang on who calls it. One word settles that.',
  severity: 'info',
  source: zalando(219),
  presets: ['zalando'],
  bad: `info: # want
  title: Orders
  version: 1.0.0
  description: Orders of the shop.
`,
  good: `info:
  title: Orders
  version: 1.0.0
  description: Orders of the shop.
  contact: { name: Shop team }
  x-audience: company-internal
`,
  visit: {
    info(node, report) {
      const audience = node.get('x-audience');
      if (audience === undefined)
        report({
          at: node,
          message: `Say under \`x-audience\` who is to call this: ${audiences.join(', ')}.`,
        });
      else if (!audiences.includes(audience.string ?? ''))
        report({
          at: audience,
          on: 'value',
          message: `This is none of the audiences: ${audiences.join(', ')}.`,
        });
    },
  },
});
