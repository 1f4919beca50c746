import { defineRule } from '../rule';

export const openapiVersion = defineRule({
  id: 'openapi-version',
  summary: 'The version of OpenAPI has three numbers.',
  why: 'Some tools compare it letter by letter, and `3.1` without quotes is a number, which `3.10` would be too.',
  severity: 'warning',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'OpenAPI Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#openapi-object',
  },
  fixable: true,
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `openapi: 3.1 # want
`,
  good: `openapi: 3.1.0
`,
  visit: {
    document(root, report) {
      const at = root.get('openapi');
      const text = at?.string ?? at?.source;
      if (at === undefined || text === undefined || /^3\.\d+\.\d/.test(text)) return;
      const full = `${text}.0`;
      report({
        at,
        on: 'value',
        message: `Write the whole version, \`${full}\`: the specification asks for three numbers.`,
        fix: {
          title: `Change to ${full}`,
          safe: true,
          edits: () => [{ start: at.start, end: at.end, text: at.source.replace(text, full) }],
        },
      });
    },
  },
});
