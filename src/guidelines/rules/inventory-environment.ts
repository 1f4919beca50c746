import { owasp } from '../guides';
import { defineRule } from '../rule';

const environments =
  /\b(?:local|dev|develop|development|test|testing|qa|uat|sandbox|staging|stage|preview|demo|mock|pre-?prod|prod|production|live|sit)\b/i;

export const inventoryEnvironment = defineRule({
  id: 'inventory-environment',
  summary: 'Each server says which environment it is.',
  why: 'Whoever mistakes production for a test loses real data. And a forgotten test server with a copy of it is found by others first.',
  severity: 'hint',
  source: owasp(9),
  presets: ['owasp'],
  bad: `servers:
  - url: https://api.example.com # want
`,
  good: `servers:
  - url: https://api.example.com
    description: Production
`,
  visit: {
    server(node, report) {
      if (environments.test(node.stringAt('description') ?? '')) return;
      report({
        at: node.get('url') ?? node,
        message: 'Say in the description which environment this is: production, staging, local.',
      });
    },
  },
});
