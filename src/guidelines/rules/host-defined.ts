import { defineRule } from '../rule';

export const hostDefined = defineRule({
  id: 'host-defined',
  summary: 'Swagger 2.0: `host` says where the API is reached.',
  why: 'Without it, the host that serves the description is meant, and who has only the file can’t call anything.',
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
host: api.example.com
`,
  visit: {
    document(root, report, spec) {
      if (spec.version !== '2.0' || root.stringAt('host')?.trim()) return;
      report({
        at: root.get('host') ?? root.get('swagger') ?? root,
        message: 'Name the `host` that answers, so that this API can be called.',
      });
    },
  },
});
