import { defineRule } from '../rule';

export const schemesDefined = defineRule({
  id: 'schemes-defined',
  summary: 'Swagger 2.0: `schemes` says how the API is reached.',
  why: 'Without it, a client takes the scheme by which it got the description; from a file there is none.',
  severity: 'info',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Swagger Object',
    url: 'https://spec.openapis.org/oas/v2.0.html#swagger-object',
  },
  presets: ['strict', 'spectral-oas'],
  bad: `swagger: '2.0' # want
`,
  good: `swagger: '2.0'
schemes: [https]
`,
  visit: {
    document(root, report, spec) {
      if (spec.version !== '2.0' || root.childrenOf('schemes').length > 0) return;
      report({
        at: root.get('schemes') ?? root.get('swagger') ?? root,
        message: 'Say under `schemes` how this API is reached; mostly `[https]`.',
      });
    },
  },
});
