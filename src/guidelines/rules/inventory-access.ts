import { owasp } from '../guides';
import { defineRule } from '../rule';

export const inventoryAccess = defineRule({
  id: 'inventory-access',
  summary: 'Each server says whether it is internal, by `x-internal`.',
  why: 'Old and internal servers that nobody remembers are where attackers get in. A list that says of each who is to reach it lets somebody check that.',
  severity: 'hint',
  source: owasp(9),
  presets: ['owasp'],
  bad: `servers:
  - url: https://api.example.com # want
`,
  good: `servers:
  - url: https://api.example.com
    x-internal: false
`,
  visit: {
    server(node, report) {
      if (typeof node.get('x-internal')?.value === 'boolean') return;
      report({
        at: node.get('url') ?? node,
        message: 'Say with `x-internal: true` or `false` who is to reach this server.',
      });
    },
  },
});
