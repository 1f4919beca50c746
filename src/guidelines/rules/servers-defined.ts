import { defineRule } from '../rule';

export const serversDefined = defineRule({
  id: 'servers-defined',
  summary: '`servers` says where the API is reached.',
  why: 'Without it, `/` of the place where the description was found is meant. Somebody who has the file on his disk can’t call anything.',
  severity: 'info',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'OpenAPI Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#openapi-object',
  },
  presets: ['strict', 'spectral-oas', 'redocly-recommended'],
  bad: `openapi: 3.1.0 # want
`,
  good: `openapi: 3.1.0
servers:
  - url: https://api.example.com
`,
  visit: {
    document(root, report, spec) {
      if (spec.version === '2.0' || root.childrenOf('servers').length > 0) return;
      report({
        at: root.get('servers') ?? root.get('openapi') ?? root,
        message: 'Name under `servers` an address where this API is reached.',
      });
    },
  },
});
