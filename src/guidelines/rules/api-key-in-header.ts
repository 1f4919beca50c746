import { owasp } from '../guides';
import { defineRule } from '../rule';

export const apiKeyInHeader = defineRule({
  id: 'api-key-in-header',
  summary: 'API keys are sent in a header, never in the address.',
  why: 'Addresses are written down everywhere: in logs of servers and proxies, in the browser’s history, in the `Referer` that goes to others. A key in one is known to all of them.',
  severity: 'warning',
  source: owasp(2),
  presets: ['strict', 'owasp', 'lyst'],
  bad: `components:
  securitySchemes:
    key:
      type: apiKey
      name: api_key
      in: query # want
`,
  good: `components:
  securitySchemes:
    key:
      type: apiKey
      name: X-API-Key
      in: header
`,
  visit: {
    securityScheme(node, report) {
      if (node.stringAt('type') !== 'apiKey') return;
      const place = node.get('in');
      if (place?.string !== 'query' && place?.string !== 'path') return;
      report({
        at: place,
        on: 'value',
        message: 'A key in the address ends up in logs and histories: take it in a header.',
      });
    },
  },
});
